using System.Globalization;
using System.Text;

namespace Farspan.Render;

/// <summary>Quoting (HCL native syntax specification, "Template Expressions").</summary>
public static class HclText
{
    /// <summary>A quoted text in which everything means itself.</summary>
    public static string Quote(string text) =>
        $"\"{EscapeTemplate(Escape(text))}\"";

    /// <summary>A quoted text in which <c>${…}</c> is evaluated.</summary>
    public static string QuoteTemplate(string template) => $"\"{EscapeLiterals(template)}\"";

    /// <summary>Text for a file that <c>templatefile</c> reads: it comes out as it is here.</summary>
    public static string EscapeTemplate(string text) =>
        text.Replace("${", "$${", StringComparison.Ordinal).Replace("%{", "%%{", StringComparison.Ordinal);

    /// <summary>Whether a key of an object needs no quotes.</summary>
    public static bool IsIdentifier(string text) =>
        text.Length > 0 && (char.IsAsciiLetter(text[0]) || text[0] == '_')
        && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');

    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            escaped.Append(c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\n' => "\\n",
                '\r' => "\\r",
                '\t' => "\\t",
                < ' ' => "\\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
                _ => c.ToString(),
            });
        }

        return escaped.ToString();
    }

    /// <summary>Escapes what stands outside of <c>${…}</c>.</summary>
    private static string EscapeLiterals(string template)
    {
        var escaped = new StringBuilder(template.Length);
        var rest = template.AsSpan();
        while (rest.IndexOf("${") is var open and >= 0)
        {
            var close = rest[open..].IndexOf('}');
            var end = close < 0 ? rest.Length : open + close + 1;
            escaped.Append(Escape(rest[..open].ToString())).Append(rest[open..end]);
            rest = rest[end..];
        }

        return escaped.Append(Escape(rest.ToString())).ToString();
    }
}
