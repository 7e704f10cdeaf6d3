using System.Buffers;
using System.Text;

namespace Farspan.Sip;

/// <summary>Text of messages: decoding, quoting and escaping (RFC 3261 §7.3.1, §19.1.2, §25.1).</summary>
internal static class SipText
{
    public static string Decode(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>Contents of a quoted-string, without the backslashes of its quoted-pairs.</summary>
    public static string DecodeQuoted(ReadOnlySpan<byte> contents) => RemoveBackslashes(Decode(contents));

    /// <summary>The text of a value that may be a quoted string.</summary>
    public static string Unquote(string value) =>
        value.Length >= 2 && value[0] == '"' && value[^1] == '"' ? RemoveBackslashes(value[1..^1]) : value;

    public static string Quote(string text)
    {
        var escaped = text
            .Replace("\\", "\\\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal);
        return $"\"{escaped}\"";
    }

    /// <summary>A parameter value: as it is where the grammar allows, else quoted.</summary>
    public static string QuoteUnlessToken(string value) =>
        SipCharacters.IsToken(value) || IsHostLike(value) ? value : Quote(value);

    /// <summary>
    /// Decodes the escapes of unreserved characters and writes all others in upper case (RFC 3986
    /// §6.2.2).
    /// </summary>
    public static string NormalizeEscapes(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'%'))
        {
            return Decode(text);
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] != '%' || !TryReadEscape(text[i..], out var value))
            {
                result.Append((char)text[i]);
                continue;
            }

            AppendEscapedUnless(SipCharacters.Unreserved, value, result);
            i += 2;
        }

        return result.ToString();
    }

    /// <summary>Escapes every byte of the text that is not in the set.</summary>
    public static string Escape(string text, SearchValues<byte> allowed)
    {
        var result = new StringBuilder(text.Length);
        foreach (var value in Encoding.UTF8.GetBytes(text))
        {
            AppendEscapedUnless(allowed, value, result);
        }

        return result.ToString();
    }

    /// <summary>Decodes all escapes.</summary>
    public static string Unescape(string text)
    {
        if (!text.Contains('%'))
        {
            return text;
        }

        var source = Encoding.UTF8.GetBytes(text);
        var length = 0;
        for (var i = 0; i < source.Length; i++, length++)
        {
            if (TryReadEscape(source.AsSpan(i), out var value))
            {
                source[length] = value;
                i += 2;
            }
            else
            {
                source[length] = source[i];
            }
        }

        return Encoding.UTF8.GetString(source, 0, length);
    }

    private static bool IsHostLike(string value)
    {
        foreach (var character in value)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('.' or '-' or ':' or '[' or ']'))
            {
                return false;
            }
        }

        return value.Length > 0;
    }

    private static string RemoveBackslashes(string text)
    {
        if (!text.Contains('\\'))
        {
            return text;
        }

        var result = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            i += text[i] == '\\' && i + 1 < text.Length ? 1 : 0;
            result.Append(text[i]);
        }

        return result.ToString();
    }

    private static bool TryReadEscape(ReadOnlySpan<byte> text, out byte value)
    {
        value = 0;
        if (text.Length < 3 || text[0] != '%')
        {
            return false;
        }

        var status = Convert.FromHexString(text.Slice(1, 2), new Span<byte>(ref value), out _, out _);
        return status == OperationStatus.Done;
    }

    private static void AppendEscapedUnless(SearchValues<byte> allowed, byte value, StringBuilder result)
    {
        if (allowed.Contains(value))
        {
            result.Append((char)value);
        }
        else
        {
            result.Append('%').Append(value.ToString("X2"));
        }
    }
}
