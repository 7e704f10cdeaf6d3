using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;

namespace Farspan.Routing;

/// <summary>
/// A condition on a text, as operators write it: <c>+18005550100</c> (exactly), <c>+1800*</c> (a prefix),
/// <c>/^\+1(800|888)/</c> (a regular expression).
/// </summary>
public sealed class TextPattern
{
    private readonly string _prefixOrText;
    private readonly bool _isPrefix;
    private readonly Regex? _expression;

    private TextPattern(string source, string prefixOrText, bool isPrefix, Regex? expression)
    {
        Source = source;
        _prefixOrText = prefixOrText;
        _isPrefix = isPrefix;
        _expression = expression;
    }

    /// <summary>As it was written.</summary>
    public string Source { get; }

    /// <summary>Reads a pattern; false, with the reason, for an expression that is none.</summary>
    public static bool TryParse(
        string source, [NotNullWhen(true)] out TextPattern? pattern, [NotNullWhen(false)] out string? fault)
    {
        pattern = null;
        fault = null;
        if (source.Length >= 2 && source[0] == '/' && source[^1] == '/')
        {
            return TryParseExpression(source, out pattern, out fault);
        }

        var isPrefix = source.EndsWith('*') && source.Length > 1;
        pattern = new TextPattern(source, isPrefix ? source[..^1] : source, isPrefix, null);
        return true;
    }

    public bool Matches(string text) =>
        _expression?.IsMatch(text)
        ?? (_isPrefix
            ? text.StartsWith(_prefixOrText, StringComparison.Ordinal)
            : text == _prefixOrText || _prefixOrText == "*");

    public override string ToString() => Source;

    // NonBacktracking: the time is linear in the text, whatever a caller puts into a header.
    private static bool TryParseExpression(
        string source, [NotNullWhen(true)] out TextPattern? pattern, [NotNullWhen(false)] out string? fault)
    {
        try
        {
            var expression = new Regex(source[1..^1], RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            pattern = new TextPattern(source, "", false, expression);
            fault = null;
            return true;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            pattern = null;
            fault = error.Message;
            return false;
        }
    }
}
