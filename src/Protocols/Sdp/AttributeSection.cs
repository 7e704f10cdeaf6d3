using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>Collects the a= lines of the session or of one media description while it is read.</summary>
internal sealed class AttributeSection
{
    private static readonly TimeSpan LongestPacketTime = TimeSpan.FromSeconds(1);

    private readonly List<RtpMap> _rtpMaps = [];
    private readonly List<Fmtp> _formatParameters = [];
    private readonly List<IceCandidateAttribute> _candidates = [];
    private readonly List<CryptoAttribute> _cryptos = [];
    private readonly List<SsrcAttribute> _ssrcs = [];
    private readonly List<Fingerprint> _fingerprints = [];
    private readonly List<MediaGroup> _groups = [];
    private readonly List<SdpAttribute> _others = [];

    private TransportAttributes _transport = TransportAttributes.Empty;
    private Direction? _direction;
    private TimeSpan? _packetTime;
    private TimeSpan? _maxPacketTime;
    private int? _rtcpPort;
    private ConnectionData? _rtcpConnection;
    private string? _mid;
    private string? _msid;
    private bool _rtcpMux;
    private bool _endOfCandidates;
    private bool _iceLite;

    public SdpParseFault Take(string line)
    {
        var colon = line.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? line : line[..colon];
        var value = colon < 0 ? null : line[(colon + 1)..];
        var isUnderstood = value is null ? TakeFlag(name) : TakeValue(name, value) || TakeListed(name, value);
        if (!isUnderstood)
        {
            _others.Add(new SdpAttribute(name, value));
        }

        return IsWithinLimits ? SdpParseFault.None : SdpParseFault.TooLarge;
    }

    public SessionDescription Complete(SessionDescription session) => session with
    {
        Direction = _direction,
        Groups = [.. _groups],
        IceLite = _iceLite,
        Transport = CompleteTransport(),
        OtherAttributes = [.. _others],
    };

    public MediaDescription Complete(MediaDescription media) => media with
    {
        RtpMaps = [.. _rtpMaps],
        FormatParameters = [.. _formatParameters],
        Direction = _direction,
        PacketTime = _packetTime,
        MaxPacketTime = _maxPacketTime,
        RtcpPort = _rtcpPort,
        RtcpConnection = _rtcpConnection,
        RtcpMux = _rtcpMux,
        Mid = _mid,
        Transport = CompleteTransport(),
        Candidates = [.. _candidates],
        EndOfCandidates = _endOfCandidates,
        Cryptos = [.. _cryptos],
        Msid = _msid,
        Ssrcs = [.. _ssrcs],
        OtherAttributes = [.. _others],
    };

    private bool IsWithinLimits =>
        _rtpMaps.Count <= SdpLimits.MaxAttributesOfOneKind
        && _formatParameters.Count <= SdpLimits.MaxAttributesOfOneKind
        && _candidates.Count <= SdpLimits.MaxAttributesOfOneKind
        && _cryptos.Count <= SdpLimits.MaxAttributesOfOneKind
        && _ssrcs.Count <= SdpLimits.MaxAttributesOfOneKind
        && _fingerprints.Count <= SdpLimits.MaxAttributesOfOneKind
        && _groups.Count <= SdpLimits.MaxAttributesOfOneKind
        && _others.Count <= SdpLimits.MaxAttributesOfOneKind;

    private TransportAttributes CompleteTransport() => _transport with { Fingerprints = [.. _fingerprints] };

    private bool TakeFlag(string name)
    {
        switch (name)
        {
            case "sendrecv" or "sendonly" or "recvonly" or "inactive":
                _direction = ParseDirection(name);
                return true;
            case "rtcp-mux":
                return _rtcpMux = true;
            case "end-of-candidates":
                return _endOfCandidates = true;
            case "ice-lite":
                return _iceLite = true;
            default:
                return false;
        }
    }

    private bool TakeValue(string name, string value)
    {
        switch (name)
        {
            case "ptime":
                return TryParsePacketTime(value, ref _packetTime);
            case "maxptime":
                return TryParsePacketTime(value, ref _maxPacketTime);
            case "rtcp":
                return TryTakeRtcp(value);
            case "mid":
                _mid = value.Trim();
                return true;
            case "msid":
                _msid = value;
                return true;
            case "ice-ufrag":
                _transport = _transport with { IceUfrag = value.Trim() };
                return true;
            case "ice-pwd":
                _transport = _transport with { IcePassword = new Redacted<string>(value.Trim()) };
                return true;
            case "ice-options":
                _transport = _transport with { IceOptions = value.Trim() };
                return true;
            case "setup":
                return TryTakeSetup(value.AsSpan().Trim());
            default:
                return false;
        }
    }

    private bool TakeListed(string name, string value)
    {
        switch (name)
        {
            case "rtpmap":
                return AddIf(_rtpMaps, TryParseRtpMap(value, out var map), map);
            case "fmtp":
                return AddIf(_formatParameters, TryParseFmtp(value, out var parameters), parameters);
            case "candidate":
                var isCandidate = IceCandidateAttribute.TryParse(value, out var candidate);
                return AddIf(_candidates, isCandidate, candidate);
            case "crypto":
                return AddIf(_cryptos, CryptoAttribute.TryParse(value, out var crypto), crypto);
            case "fingerprint":
                return AddIf(_fingerprints, Fingerprint.TryParse(value, out var fingerprint), fingerprint);
            case "ssrc":
                return AddIf(_ssrcs, TryParseSsrc(value, out var ssrc), ssrc);
            case "group":
                var tokens = value.Split(' ', StringSplitOptions.RemoveEmptyEntries);
                var group = new MediaGroup(tokens.FirstOrDefault(""), [.. tokens.Skip(1)]);
                return AddIf(_groups, tokens.Length > 0, group);
            default:
                return false;
        }
    }

    private static bool AddIf<T>(List<T> list, bool isUnderstood, T? item)
        where T : class
    {
        if (isUnderstood && item is not null)
        {
            list.Add(item);
        }

        return isUnderstood;
    }

    private static Direction ParseDirection(string name) => name switch
    {
        "sendrecv" => Direction.SendReceive,
        "sendonly" => Direction.SendOnly,
        "recvonly" => Direction.ReceiveOnly,
        _ => Direction.Inactive,
    };

    private static bool TryParsePacketTime(string value, ref TimeSpan? packetTime)
    {
        var isNumber = double.TryParse(
            value.AsSpan().Trim(),
            NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out var milliseconds);
        if (!isNumber || !(milliseconds > 0 && milliseconds <= LongestPacketTime.TotalMilliseconds))
        {
            return false;
        }

        packetTime = TimeSpan.FromMilliseconds(milliseconds);
        return true;
    }

    private bool TryTakeRtcp(string value)
    {
        var fields = new FieldReader(value);
        if (!fields.TryReadNumber(IPEndPoint.MaxPort, out var port))
        {
            return false;
        }

        _rtcpPort = (int)port;
        _rtcpConnection = SdpParser.TryReadAddress(ref fields, out var address) ? address : null;
        return true;
    }

    private bool TryTakeSetup(ReadOnlySpan<char> value)
    {
        SetupRole? role = value switch
        {
            "actpass" => SetupRole.ActivePassive,
            "active" => SetupRole.Active,
            "passive" => SetupRole.Passive,
            "holdconn" => SetupRole.HoldConnection,
            _ => null,
        };
        _transport = _transport with { Setup = role ?? _transport.Setup };
        return role is not null;
    }

    // <payload type> <encoding>/<clock rate>[/<channels>]
    private static bool TryParseRtpMap(string value, out RtpMap? map)
    {
        map = null;
        var fields = new FieldReader(value);
        if (!fields.TryReadNumber(127, out var payloadType))
        {
            return false;
        }

        var parts = fields.Rest.ToString().Split('/');
        if (parts.Length is not (2 or 3) || parts[0].Length == 0
            || !FieldReader.TryParseNumber(parts[1].AsSpan().Trim(), int.MaxValue, out var clockRateHz)
            || clockRateHz == 0)
        {
            return false;
        }

        var channels = 1L;
        var areChannelsRight = parts.Length == 2
            || (FieldReader.TryParseNumber(parts[2].AsSpan().Trim(), byte.MaxValue, out channels)
                && channels > 0);
        map = new RtpMap((int)payloadType, parts[0], (int)clockRateHz, (int)channels);
        return areChannelsRight;
    }

    private static bool TryParseFmtp(string value, out Fmtp? parameters)
    {
        var fields = new FieldReader(value);
        parameters = fields.TryRead(out var format)
            ? new Fmtp(format.ToString(), fields.Rest.ToString())
            : null;
        return parameters is not null;
    }

    private static bool TryParseSsrc(string value, out SsrcAttribute? ssrc)
    {
        ssrc = null;
        var fields = new FieldReader(value);
        if (!fields.TryReadNumber(uint.MaxValue, out var number) || fields.Rest.IsEmpty)
        {
            return false;
        }

        var text = fields.Rest.ToString();
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        ssrc = colon < 0
            ? new SsrcAttribute((uint)number, text, null)
            : new SsrcAttribute((uint)number, text[..colon], text[(colon + 1)..]);
        return true;
    }
}
