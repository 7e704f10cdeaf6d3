using System.Collections.Immutable;
using System.Globalization;

namespace Farspan.Sdp;

/// <summary>
/// One m= line with what belongs to it (RFC 8866 §5.14). Every m= line of a description is kept, rejected and
/// unknown ones too: an answer must have as many, in the same order (RFC 3264 §6).
/// </summary>
public sealed record MediaDescription
{
    /// <summary>audio, video, image, application, ...</summary>
    public required string Media { get; init; }

    /// <summary>0 means offered as disabled, or rejected.</summary>
    public required int Port { get; init; }

    /// <summary>Number of consecutive port pairs; 1 unless stated.</summary>
    public int PortCount { get; init; } = 1;

    /// <summary>One of <see cref="MediaProtocol"/>, or a protocol unknown here.</summary>
    public required string Protocol { get; init; }

    /// <summary>Payload types, as text, most preferred first.</summary>
    public required ImmutableArray<string> Formats { get; init; }

    /// <summary>Null: that of the session.</summary>
    public ConnectionData? Connection { get; init; }

    public ImmutableArray<Bandwidth> Bandwidths { get; init; } = [];

    public ImmutableArray<RtpMap> RtpMaps { get; init; } = [];

    public ImmutableArray<Fmtp> FormatParameters { get; init; } = [];

    /// <summary>Null: that of the session.</summary>
    public Direction? Direction { get; init; }

    /// <summary>How much audio the writer likes to get in a packet (RFC 8866 §6.4).</summary>
    public TimeSpan? PacketTime { get; init; }

    public TimeSpan? MaxPacketTime { get; init; }

    /// <summary>The a=rtcp port (RFC 3605); null: one above <see cref="Port"/>.</summary>
    public int? RtcpPort { get; init; }

    /// <summary>The a=rtcp address; null: that of the media.</summary>
    public ConnectionData? RtcpConnection { get; init; }

    /// <summary>RTP and RTCP on one port (RFC 5761).</summary>
    public bool RtcpMux { get; init; }

    public string? Mid { get; init; }

    public TransportAttributes Transport { get; init; } = TransportAttributes.Empty;

    public ImmutableArray<IceCandidateAttribute> Candidates { get; init; } = [];

    public bool EndOfCandidates { get; init; }

    public ImmutableArray<CryptoAttribute> Cryptos { get; init; } = [];

    /// <summary>The a=msid value (RFC 8830): stream and track.</summary>
    public string? Msid { get; init; }

    public ImmutableArray<SsrcAttribute> Ssrcs { get; init; } = [];

    public ImmutableArray<SdpAttribute> OtherAttributes { get; init; } = [];

    public bool IsAudio => Media == "audio";

    public bool IsRejected => Port == 0;

    /// <summary>What a format of the m= line stands for; null if that is not known.</summary>
    public RtpMap? FindRtpMap(string format)
    {
        if (!int.TryParse(format, NumberStyles.None, CultureInfo.InvariantCulture, out var payloadType)
            || payloadType > 127)
        {
            return null;
        }

        foreach (var map in RtpMaps)
        {
            if (map.PayloadType == payloadType)
            {
                return map;
            }
        }

        return RtpMap.FindStatic(payloadType);
    }

    /// <summary>The formats that are known, most preferred first.</summary>
    public IEnumerable<RtpMap> KnownFormats() => Formats.Select(FindRtpMap).OfType<RtpMap>();

    /// <summary>Null if the format has no parameters.</summary>
    public Fmtp? FindParameters(int payloadType)
    {
        var format = payloadType.ToString(CultureInfo.InvariantCulture);
        return FormatParameters.FirstOrDefault(parameters => parameters.Format == format);
    }

    /// <summary>This m= line as an answer that refuses it: port 0 and nothing else (RFC 3264 §6).</summary>
    public MediaDescription Reject() => new()
    {
        Media = Media,
        Port = 0,
        Protocol = Protocol,
        Formats = Formats,
        Mid = Mid,
    };
}
