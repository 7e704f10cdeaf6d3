using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Farspan.Sdp;

/// <summary>
/// Reads a session description (RFC 8866 §9), however hostile it is. The skeleton must be right; an attribute
/// whose value cannot be understood is kept among the others and has no effect. The s= and t= lines, which
/// some devices leave out, are not insisted on.
/// </summary>
public static class SdpParser
{
    /// <summary>Line ends may be CRLF or LF.</summary>
    public static bool TryParse(
        ReadOnlySpan<byte> source,
        [NotNullWhen(true)] out SessionDescription? session,
        out SdpParseError error)
    {
        session = null;
        if (source.Length > SdpLimits.MaxDescriptionBytes)
        {
            error = new SdpParseError(SdpParseFault.TooLarge, 0);
            return false;
        }

        var reading = new Reading();
        var number = 0;
        foreach (var range in source.Split((byte)'\n'))
        {
            number++;
            var fault = number > SdpLimits.MaxLines
                ? SdpParseFault.TooLarge
                : reading.TakeLine(source[range]);
            if (fault != SdpParseFault.None)
            {
                error = new SdpParseError(fault, number);
                return false;
            }
        }

        session = reading.Finish();
        error = new SdpParseError(session is null ? SdpParseFault.MissingOrigin : SdpParseFault.None, 0);
        return session is not null;
    }

    /// <summary>For text that is already decoded, such as the body of a signalling frame.</summary>
    public static bool TryParse(
        string source, [NotNullWhen(true)] out SessionDescription? session, out SdpParseError error) =>
        TryParse(Encoding.UTF8.GetBytes(source), out session, out error);

    // NUL and the other controls below TAB; a CR inside a line would be a line end to others.
    private static readonly SearchValues<byte> ForbiddenBytes =
        SearchValues.Create([0, 1, 2, 3, 4, 5, 6, 7, 8, (byte)'\r']);

    private sealed class Reading
    {
        private readonly AttributeSection _sessionAttributes = new();
        private readonly ImmutableArray<Bandwidth>.Builder _bandwidths =
            ImmutableArray.CreateBuilder<Bandwidth>();
        private readonly ImmutableArray<MediaDescription>.Builder _media =
            ImmutableArray.CreateBuilder<MediaDescription>();

        private bool _hasVersion;
        private Origin? _origin;
        private string _name = "-";
        private ConnectionData? _connection;
        private MediaDescription? _openMedia;
        private AttributeSection _attributes;

        public Reading() => _attributes = _sessionAttributes;

        public SdpParseFault TakeLine(ReadOnlySpan<byte> line)
        {
            line = line.EndsWith("\r"u8) ? line[..^1] : line;
            if (line.IsEmpty)
            {
                return SdpParseFault.None;
            }

            if (line.Length > SdpLimits.MaxLineBytes)
            {
                return SdpParseFault.TooLarge;
            }

            if (line.Length < 2 || line[1] != '=' || line.ContainsAny(ForbiddenBytes))
            {
                return SdpParseFault.MalformedLine;
            }

            if (!_hasVersion)
            {
                _hasVersion = line.SequenceEqual("v=0"u8);
                return _hasVersion ? SdpParseFault.None : SdpParseFault.UnsupportedVersion;
            }

            return Dispatch((char)line[0], Encoding.UTF8.GetString(line[2..]));
        }

        public SessionDescription? Finish()
        {
            CloseMedia();
            return _origin is null ? null : _sessionAttributes.Complete(new SessionDescription
            {
                Origin = _origin,
                Name = _name,
                Connection = _connection,
                Bandwidths = _bandwidths.DrainToImmutable(),
                Media = _media.DrainToImmutable(),
            });
        }

        private SdpParseFault Dispatch(char type, string value) => type switch
        {
            'o' => TakeOrigin(value),
            's' => TakeName(value),
            'c' => TakeConnection(value),
            'b' => TakeBandwidth(value),
            'm' => TakeMedia(value),
            'a' => _attributes.Take(value),
            'i' or 'u' or 'e' or 'p' or 't' or 'r' or 'z' or 'k' => SdpParseFault.None,
            _ => SdpParseFault.UnknownLineType,
        };

        private SdpParseFault TakeOrigin(string value)
        {
            var fields = new FieldReader(value);
            if (!fields.TryRead(out var userName)
                || !fields.TryRead(out var sessionId)
                || !fields.TryRead(out var version)
                || !ulong.TryParse(version, NumberStyles.None, null, out var sessionVersion)
                || !TryReadAddress(ref fields, out var address))
            {
                return SdpParseFault.MalformedOrigin;
            }

            _origin = new Origin(userName.ToString(), sessionId.ToString(), sessionVersion, address);
            return SdpParseFault.None;
        }

        private SdpParseFault TakeName(string value)
        {
            _name = value;
            return SdpParseFault.None;
        }

        private SdpParseFault TakeConnection(string value)
        {
            var fields = new FieldReader(value);
            if (!TryReadAddress(ref fields, out var address))
            {
                return SdpParseFault.MalformedConnection;
            }

            // Of several c= lines of one media description (RFC 8866 §5.7, multicast) the first counts.
            if (_openMedia is null)
            {
                _connection ??= address;
            }
            else
            {
                _openMedia = _openMedia with { Connection = _openMedia.Connection ?? address };
            }

            return SdpParseFault.None;
        }

        private SdpParseFault TakeBandwidth(string value)
        {
            var colon = value.IndexOf(':', StringComparison.Ordinal);
            var number = value.AsSpan(colon + 1).Trim();
            if (colon <= 0 || !FieldReader.TryParseNumber(number, long.MaxValue, out var amount))
            {
                return SdpParseFault.MalformedBandwidth;
            }

            var bandwidth = new Bandwidth(value[..colon], amount);
            if (_openMedia is null)
            {
                _bandwidths.Add(bandwidth);
            }
            else
            {
                _openMedia = _openMedia with { Bandwidths = _openMedia.Bandwidths.Add(bandwidth) };
            }

            return SdpParseFault.None;
        }

        private SdpParseFault TakeMedia(string value)
        {
            CloseMedia();
            if (_media.Count == SdpLimits.MaxMediaDescriptions)
            {
                return SdpParseFault.TooLarge;
            }

            _attributes = new AttributeSection();
            return MediaLine.TryParse(value, out _openMedia)
                ? SdpParseFault.None
                : SdpParseFault.MalformedMedia;
        }

        private void CloseMedia()
        {
            if (_openMedia is not null)
            {
                _media.Add(_attributes.Complete(_openMedia));
                _openMedia = null;
            }
        }
    }

    internal static bool TryReadAddress(
        ref FieldReader fields, [NotNullWhen(true)] out ConnectionData? address)
    {
        address = null;
        if (!fields.TryRead(out var network)
            || network is not "IN"
            || !fields.TryRead(out var type)
            || type is not ("IP4" or "IP6")
            || !fields.TryRead(out var host))
        {
            return false;
        }

        address = new ConnectionData(host.ToString(), type is "IP6");
        return true;
    }
}
