using System.Globalization;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>
/// Writes a session description in the order that RFC 8866 §9 demands. Keys appear in the clear.
/// </summary>
public static class SdpWriter
{
    public static byte[] WriteBytes(SessionDescription session) => Encoding.UTF8.GetBytes(Write(session));

    public static string Write(SessionDescription session)
    {
        var text = new StringBuilder(capacity: 1024);
        var origin = session.Origin;
        text.Append("v=0\r\n");
        var identity = $"{origin.UserName} {origin.SessionId} {origin.SessionVersion}";
        WriteLine(text, 'o', $"{identity} {origin.Address}");
        WriteLine(text, 's', session.Name);
        WriteConnection(text, session.Connection);
        WriteBandwidths(text, session.Bandwidths);
        WriteLine(text, 't', "0 0");
        WriteSessionAttributes(text, session);
        foreach (var media in session.Media)
        {
            WriteMedia(text, media);
        }

        return text.ToString();
    }

    private static void WriteSessionAttributes(StringBuilder text, SessionDescription session)
    {
        foreach (var group in session.Groups)
        {
            WriteAttribute(text, "group", string.Join(' ', group.Mids.Prepend(group.Semantics)));
        }

        WriteFlag(text, session.IceLite, "ice-lite");
        WriteTransport(text, session.Transport);
        WriteDirection(text, session.Direction);
        WriteOthers(text, session.OtherAttributes);
    }

    private static void WriteMedia(StringBuilder text, MediaDescription media)
    {
        var port = media.PortCount == 1 ? $"{media.Port}" : $"{media.Port}/{media.PortCount}";
        WriteLine(text, 'm', $"{media.Media} {port} {media.Protocol} {string.Join(' ', media.Formats)}");
        WriteConnection(text, media.Connection);
        WriteBandwidths(text, media.Bandwidths);
        WriteAttribute(text, "mid", media.Mid);
        WriteFormats(text, media);
        WriteMilliseconds(text, "ptime", media.PacketTime);
        WriteMilliseconds(text, "maxptime", media.MaxPacketTime);
        WriteDirection(text, media.Direction);
        WriteRtcp(text, media);
        foreach (var crypto in media.Cryptos)
        {
            WriteAttribute(text, "crypto", crypto.ToWire());
        }

        WriteTransport(text, media.Transport);
        WriteCandidates(text, media);
        WriteSources(text, media);
        WriteOthers(text, media.OtherAttributes);
    }

    private static void WriteFormats(StringBuilder text, MediaDescription media)
    {
        foreach (var map in media.RtpMaps)
        {
            var channels = map.Channels == 1 ? "" : $"/{map.Channels}";
            WriteAttribute(text, "rtpmap", $"{map.PayloadType} {map.Encoding}/{map.ClockRateHz}{channels}");
        }

        foreach (var parameters in media.FormatParameters)
        {
            WriteAttribute(text, "fmtp", $"{parameters.Format} {parameters.Parameters}");
        }
    }

    private static void WriteRtcp(StringBuilder text, MediaDescription media)
    {
        if (media.RtcpPort is { } port)
        {
            var address = media.RtcpConnection is null ? "" : $" {media.RtcpConnection}";
            WriteAttribute(text, "rtcp", $"{port}{address}");
        }

        WriteFlag(text, media.RtcpMux, "rtcp-mux");
    }

    private static void WriteTransport(StringBuilder text, TransportAttributes transport)
    {
        WriteAttribute(text, "ice-ufrag", transport.IceUfrag);
        WriteAttribute(text, "ice-pwd", transport.IcePassword?.Reveal());
        WriteAttribute(text, "ice-options", transport.IceOptions);
        foreach (var fingerprint in transport.Fingerprints)
        {
            WriteAttribute(text, "fingerprint", fingerprint.ToString());
        }

        WriteAttribute(text, "setup", transport.Setup switch
        {
            null => null,
            SetupRole.ActivePassive => "actpass",
            SetupRole.Active => "active",
            SetupRole.Passive => "passive",
            SetupRole.HoldConnection => "holdconn",
            _ => throw Invariant.Unreachable(transport.Setup),
        });
    }

    private static void WriteCandidates(StringBuilder text, MediaDescription media)
    {
        foreach (var candidate in media.Candidates)
        {
            WriteAttribute(text, "candidate", candidate.ToString());
        }

        WriteFlag(text, media.EndOfCandidates, "end-of-candidates");
    }

    private static void WriteSources(StringBuilder text, MediaDescription media)
    {
        WriteAttribute(text, "msid", media.Msid);
        foreach (var ssrc in media.Ssrcs)
        {
            var value = ssrc.Value is null ? "" : $":{ssrc.Value}";
            WriteAttribute(text, "ssrc", $"{ssrc.Ssrc} {ssrc.Attribute}{value}");
        }
    }

    private static void WriteOthers(StringBuilder text, IEnumerable<SdpAttribute> attributes)
    {
        foreach (var attribute in attributes)
        {
            WriteLine(text, 'a', attribute.Value is null
                ? attribute.Name
                : $"{attribute.Name}:{attribute.Value}");
        }
    }

    private static void WriteDirection(StringBuilder text, Direction? direction)
    {
        if (direction is { } value)
        {
            WriteLine(text, 'a', value.ToAttributeName());
        }
    }

    private static void WriteConnection(StringBuilder text, ConnectionData? connection)
    {
        if (connection is not null)
        {
            WriteLine(text, 'c', connection.ToString());
        }
    }

    private static void WriteBandwidths(StringBuilder text, IEnumerable<Bandwidth> bandwidths)
    {
        foreach (var bandwidth in bandwidths)
        {
            WriteLine(text, 'b', $"{bandwidth.Type}:{bandwidth.Value}");
        }
    }

    private static void WriteMilliseconds(StringBuilder text, string name, TimeSpan? duration) =>
        WriteAttribute(text, name, duration?.TotalMilliseconds.ToString(CultureInfo.InvariantCulture));

    private static void WriteFlag(StringBuilder text, bool isSet, string name)
    {
        if (isSet)
        {
            WriteLine(text, 'a', name);
        }
    }

    private static void WriteAttribute(StringBuilder text, string name, string? value)
    {
        if (value is not null)
        {
            WriteLine(text, 'a', $"{name}:{value}");
        }
    }

    private static void WriteLine(StringBuilder text, char type, string value) =>
        text.Append(type).Append('=').Append(value).Append("\r\n");
}
