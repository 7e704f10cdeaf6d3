using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace Farspan.Sdp;

/// <summary>The m= line itself (RFC 8866 §5.14).</summary>
internal static class MediaLine
{
    public static bool TryParse(string value, [NotNullWhen(true)] out MediaDescription? media)
    {
        media = null;
        var fields = new FieldReader(value);
        if (!fields.TryRead(out var kind)
            || !fields.TryRead(out var ports)
            || !TryParsePorts(ports, out var port, out var portCount)
            || !fields.TryRead(out var protocol)
            || !TryReadFormats(ref fields, out var formats))
        {
            return false;
        }

        media = new MediaDescription
        {
            Media = kind.ToString(),
            Port = port,
            PortCount = portCount,
            Protocol = protocol.ToString(),
            Formats = formats,
        };
        return true;
    }

    private static bool TryParsePorts(ReadOnlySpan<char> text, out int port, out int count)
    {
        var slash = text.IndexOf('/');
        var isPort = FieldReader.TryParseNumber(slash < 0
            ? text
            : text[..slash], IPEndPoint.MaxPort, out var first);
        var pairs = 1L;
        var isCount = slash < 0
            || FieldReader.TryParseNumber(text[(slash + 1)..], IPEndPoint.MaxPort, out pairs);
        (port, count) = ((int)first, (int)pairs);
        return isPort && isCount;
    }

    private static bool TryReadFormats(ref FieldReader fields, out ImmutableArray<string> formats)
    {
        var builder = ImmutableArray.CreateBuilder<string>();
        while (builder.Count < SdpLimits.MaxFormats && fields.TryRead(out var format))
        {
            builder.Add(format.ToString());
        }

        formats = builder.DrainToImmutable();
        return fields.Rest.IsEmpty && !formats.IsEmpty;
    }
}
