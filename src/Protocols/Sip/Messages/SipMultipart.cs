using System.Diagnostics.CodeAnalysis;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Sip;

/// <summary>Takes bodies of the type multipart/mixed apart and puts them together (RFC 2046 §5.1, RFC 5621).</summary>
public static class SipMultipart
{
    /// <summary>The type of the whole.</summary>
    public const string Type = "multipart/mixed";

    /// <summary>Parts in one body; more are not looked at.</summary>
    public const int PartsMax = 8;

    private const int BoundaryCharactersMax = 70;

    private static ReadOnlySpan<byte> LineEnd => "\r\n"u8;

    private static ReadOnlySpan<byte> HeadEnd => "\r\n\r\n"u8;

    /// <summary>
    /// The parts of a message's body; a body that is not multipart is its own only part. Empty if there is none, or
    /// none that can be read.
    /// </summary>
    public static IReadOnlyList<SipBodyPart> Read(SipMessage message)
    {
        var type = message.ContentType ?? "";
        if (message.Body.Length == 0)
        {
            return [];
        }

        if (!SipBodyPart.IsType(type, Type))
        {
            return [new SipBodyPart(type, message.Body)];
        }

        return Boundary(type) is { Length: > 0 and <= BoundaryCharactersMax } boundary
            ? Split(message.Body, Encoding.ASCII.GetBytes("--" + boundary))
            : [];
    }

    /// <summary>The first part of a type.</summary>
    public static bool TryFind(SipMessage message, string type, [NotNullWhen(true)] out SipBodyPart? part)
    {
        part = Read(message).FirstOrDefault(p => p.IsOfType(type));
        return part is not null;
    }

    /// <summary>Puts parts together; a single one stays what it is.</summary>
    public static SipBodyPart Write(params IReadOnlyList<SipBodyPart> parts)
    {
        Invariant.Require(parts.Count is > 0 and <= PartsMax);
        if (parts.Count == 1)
        {
            return parts[0];
        }

        var boundary = FindBoundary(parts);
        using var body = new MemoryStream();
        foreach (var part in parts)
        {
            body.Write(Encoding.ASCII.GetBytes($"--{boundary}\r\nContent-Type: {part.ContentType}\r\n\r\n"));
            body.Write(part.Content.Span);
            body.Write(LineEnd);
        }

        body.Write(Encoding.ASCII.GetBytes($"--{boundary}--\r\n"));
        return new SipBodyPart($"{Type};boundary={boundary}", body.ToArray());
    }

    private static string FindBoundary(IReadOnlyList<SipBodyPart> parts)
    {
        // The same body has the same boundary in every run; what contains it gets another one.
        var seed = parts.Aggregate(0UL, (hash, part) => (hash * 31) + StableHash.Of(part.Content.Span));
        var boundary = $"farspan-{seed:x16}";
        while (parts.Any(p => p.Content.Span.IndexOf(Encoding.ASCII.GetBytes("--" + boundary)) >= 0))
        {
            boundary = $"farspan-{++seed:x16}";
        }

        return boundary;
    }

    // RFC 2046 §5.1.1: the delimiter begins a line; the line end before it belongs to it, not to the part.
    private static List<SipBodyPart> Split(ReadOnlyMemory<byte> body, byte[] delimiter)
    {
        var parts = new List<SipBodyPart>();
        var position = FindDelimiter(body.Span, delimiter, 0);
        while (position >= 0 && parts.Count < PartsMax)
        {
            var start = position + delimiter.Length;
            if (body.Span[start..].StartsWith("--"u8))
            {
                break;
            }

            position = FindDelimiter(body.Span, delimiter, start);
            var end = position < 0 ? body.Length : position;
            if (ReadPart(body[start..end]) is { } part)
            {
                parts.Add(part);
            }
        }

        return parts;
    }

    private static int FindDelimiter(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter, int from)
    {
        while (body[from..].IndexOf(delimiter) is var offset and >= 0)
        {
            var found = from + offset;
            if (found == 0 || body[found - 1] == (byte)'\n')
            {
                return found;
            }

            from = found + delimiter.Length;
        }

        return -1;
    }

    // From behind the delimiter to the next one: the rest of its line, headers, an empty line, the content.
    private static SipBodyPart? ReadPart(ReadOnlyMemory<byte> text)
    {
        var blank = text.Span.IndexOf(HeadEnd);
        if (blank < 0)
        {
            return null;
        }

        var content = text[(blank + HeadEnd.Length)..];
        content = content.Span.EndsWith(LineEnd) ? content[..^LineEnd.Length] : content;
        return new SipBodyPart(ReadType(text[..blank].Span), content);
    }

    private static string ReadType(ReadOnlySpan<byte> head)
    {
        const string Name = "Content-Type:";
        foreach (var line in Encoding.ASCII.GetString(head).Split("\r\n"))
        {
            if (line.StartsWith(Name, StringComparison.OrdinalIgnoreCase))
            {
                return line[Name.Length..].Trim();
            }
        }

        return "";
    }

    private static string? Boundary(string contentType)
    {
        const string Name = "boundary=";
        var index = contentType.IndexOf(Name, StringComparison.OrdinalIgnoreCase);
        return index < 0 ? null : contentType[(index + Name.Length)..].Split(';')[0].Trim().Trim('"');
    }
}
