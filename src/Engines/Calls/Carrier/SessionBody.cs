using System.Text;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// What the body of a request or response says about the session (RFC 3261 §8.2.3, RFC 5621).
/// </summary>
/// <param name="Session">The description; null if there is none.</param>
/// <param name="StatusCode">The status that refuses the body; null if nothing is wrong with it.</param>
/// <param name="Detail">What is wrong.</param>
public readonly record struct SessionBody(SessionDescription? Session, int? StatusCode, string Detail)
{
    private const string SdpType = "application/sdp";

    /// <summary>There is no body, or none that we must understand.</summary>
    public bool IsAbsent => Session is null && StatusCode is null;

    /// <summary>Reads the session description of a message, also out of a multipart body.</summary>
    public static SessionBody Read(SipMessage message)
    {
        if (message.Body.Length == 0)
        {
            return default;
        }

        if (message.ContentEncodings.Any(e => !e.Equals("identity", StringComparison.OrdinalIgnoreCase)))
        {
            return new SessionBody(null, 415, "content encoding is not supported");
        }

        var type = message.ContentType ?? "";
        if (IsType(type, SdpType))
        {
            return Parse(message.Body.Span);
        }

        return IsType(type, "multipart/mixed") && FindPart(type, message.Body) is { } part
            ? Parse(part.Span)
            : ReadForeign(message);
    }

    private static SessionBody Parse(ReadOnlySpan<byte> body) =>
        SdpParser.TryParse(body, out var session, out var error)
            ? new SessionBody(session, null, "")
            : new SessionBody(null, 400, $"session description: {error}");

    // RFC 3261 §8.2.3: only a body that must be handled is a reason to refuse.
    private static SessionBody ReadForeign(SipMessage message) =>
        message.TryGetHeader("Content-Disposition", out var disposition)
            && disposition.Contains("handling=optional", StringComparison.OrdinalIgnoreCase)
                ? default
                : new SessionBody(null, 415, $"content type {message.ContentType} is not supported");

    private static bool IsType(string contentType, string expected) =>
        contentType.Split(';', 2)[0].Trim().Equals(expected, StringComparison.OrdinalIgnoreCase);

    // RFC 2046 §5.1.1: parts are separated by CRLF "--" boundary; each has headers, an empty line, a body.
    private static ReadOnlyMemory<byte>? FindPart(string contentType, ReadOnlyMemory<byte> body)
    {
        if (Boundary(contentType) is not { Length: > 0 and <= 70 } boundary)
        {
            return null;
        }

        var delimiter = Encoding.ASCII.GetBytes("--" + boundary);
        var rest = body;
        while (rest.Span.IndexOf(delimiter) is var start and >= 0)
        {
            rest = rest[(start + delimiter.Length)..];
            var end = rest.Span.IndexOf(delimiter);
            var part = end < 0 ? rest : rest[..end];
            if (part.Span.IndexOf("\r\n\r\n"u8) is var blank and >= 0 && HasSdpType(part[..blank]))
            {
                return part[(blank + 4)..];
            }
        }

        return null;
    }

    private static bool HasSdpType(ReadOnlyMemory<byte> headers) =>
        Encoding.ASCII.GetString(headers.Span).Split("\r\n").Any(line =>
            line.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase)
            && line.Contains(SdpType, StringComparison.OrdinalIgnoreCase));

    private static string? Boundary(string contentType)
    {
        var index = contentType.IndexOf("boundary=", StringComparison.OrdinalIgnoreCase);
        return index < 0 ? null : contentType[(index + "boundary=".Length)..].Split(';')[0].Trim().Trim('"');
    }
}
