using System.Text.RegularExpressions;

namespace Farspan.Topology;

/// <summary>The kinds of values of the dial plan and of attributes.</summary>
internal static class RoutingKinds
{
    private const int PatternLengthMax = 1_024;
    private const int KeyLengthMax = 128;
    private const string TokenSigns = "-.!%*_+`'~";

    /// <summary>The token of RFC 3261 §25.1.</summary>
    public static ScalarKind<string> HeaderName { get; } =
        ValueKinds.Identifier("the name of a SIP header", "X-Account-Id", TokenSigns, KeyLengthMax);

    public static ScalarKind<string> AttributeName { get; } = ValueKinds.Identifier(
        "the name of a contact attribute: letters, digits, '-' and '_'", "accountId", "-_", KeyLengthMax);

    public static ScalarKind<string> Pattern { get; } = new(
        "a pattern: `+18005550100` (exactly), `+1800*` (a prefix) "
            + "or `/^\\+1(800|888)/` (a regular expression)",
        "\"+1800*\"",
        ParsePattern,
        text => text);

    public static ScalarKind<string> Template { get; } = new(
        "a text in which `{calling}`, `{called}`, `{trunk}`, `{callId}` and `{header:Name}` are replaced",
        "\"{calling}\"",
        ParseTemplate,
        text => text);

    /// <summary>An identifier, or the ARN that ends in it.</summary>
    /// <param name="what">With its article: "a contact flow".</param>
    /// <param name="resource">The type in the ARN: <c>contact-flow</c>.</param>
    public static ScalarKind<string> Resource(string what, string resource) => new(
        $"the id of {what}, or its ARN",
        "12345678-1234-1234-1234-123456789012",
        text => ParseResource(text, what, resource),
        text => text);

    private static Parsed<string> ParsePattern(string text)
    {
        if (text.Length is 0 or > PatternLengthMax)
        {
            return Parsed<string>.Bad($"is not a pattern of 1 to {PatternLengthMax} characters");
        }

        if (text.Length < 2 || text[0] != '/' || text[^1] != '/')
        {
            return text;
        }

        try
        {
            _ = new Regex(text[1..^1], RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return text;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return Parsed<string>.Bad($"is not a regular expression: {error.Message.TrimEnd('.')}");
        }
    }

    private static Parsed<string> ParseTemplate(string text)
    {
        for (var open = text.IndexOf('{'); open >= 0; open = text.IndexOf('{', open + 1))
        {
            var close = text.IndexOf('}', open);
            if (close < 0)
            {
                return Parsed<string>.Bad("has a '{' without a '}'");
            }

            var name = text[(open + 1)..close];
            var isHeader = name.StartsWith("header:", StringComparison.Ordinal)
                && name.Length > "header:".Length;
            if (!isHeader && name is not ("calling" or "called" or "trunk" or "callId"))
            {
                return Parsed<string>.Bad($"has an unknown placeholder {Reading.Quote(name)}");
            }
        }

        return text.Any(char.IsControl) ? Parsed<string>.Bad("has control characters") : text;
    }

    private static Parsed<string> ParseResource(string text, string what, string resource)
    {
        var marker = text.LastIndexOf($"{resource}/", StringComparison.Ordinal);
        var isArn = text.StartsWith("arn:", StringComparison.Ordinal) && marker > 0;
        var id = isArn ? text[(marker + resource.Length + 1)..] : text;
        return id.Length is > 0 and <= KeyLengthMax
            && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
                ? id
                : Parsed<string>.Bad($"is not the id of {what}");
    }
}
