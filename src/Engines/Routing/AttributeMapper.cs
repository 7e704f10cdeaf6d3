using System.Collections.Immutable;
using System.Text;

namespace Farspan.Routing;

/// <summary>
/// Makes the attributes of a contact out of a call: names are cleaned to letters, digits, '-' and '_', values
/// to text without control characters, and all together fit into what Amazon Connect takes.
/// </summary>
/// <remarks>
/// Connect refuses a contact whose attributes exceed 32,768 UTF-8 bytes, keys and values together. What does
/// not fit is left out in a fixed order, the least important first: mapped headers from the last rule to the first,
/// then
/// the route's own attributes from the last to the first, then Call-ID, trunk, calling and called number.
/// </remarks>
public static class AttributeMapper
{
    /// <summary>Keys and values of one contact, in UTF-8 bytes (Amazon Connect API Reference,
    /// StartWebRTCContact).</summary>
    public const int TotalBytesMax = 32_768;

    private const int FactLengthMax = 1_024;

    /// <summary>Attributes in order of importance, and the names of those that were left out.</summary>
    public static MappedAttributes Map(CallAttempt attempt, RouteTarget target, AttributeRules rules)
    {
        var kept = new List<KeyValuePair<string, string>>();
        var dropped = ImmutableArray.CreateBuilder<string>();
        var bytesLeft = TotalBytesMax;
        foreach (var (key, value) in Candidates(attempt, target, rules))
        {
            var name = CleanKey(key);
            var size = Encoding.UTF8.GetByteCount(name) + Encoding.UTF8.GetByteCount(value);
            if (kept.Exists(item => item.Key == name))
            {
                continue;
            }

            if (size > bytesLeft)
            {
                dropped.Add(name);
                bytesLeft = 0; // What is less important than something left out is left out too.
                continue;
            }

            kept.Add(new(name, value));
            bytesLeft -= size;
        }

        return new MappedAttributes([.. kept], dropped.ToImmutable());
    }

    /// <summary>
    /// What a later request in the dialog changes: the headers that it carries and whose rules say so.
    /// </summary>
    /// <param name="header">Gives the value of a header of that request; null if it has none.</param>
    /// <param name="rules">The rules of the call.</param>
    public static IEnumerable<KeyValuePair<string, string>> MapChanges(
        Func<string, string?> header, AttributeRules rules)
    {
        foreach (var rule in rules.Headers)
        {
            if (rule.Updates && header(rule.Header) is { } value)
            {
                yield return new(CleanKey(rule.Key), CleanValue(value, rule.LengthMax));
            }
        }
    }

    /// <summary>Fills in <c>{calling}</c>, <c>{called}</c>, <c>{trunk}</c>, <c>{callId}</c> and
    /// <c>{header:Name}</c>.</summary>
    public static string Expand(string template, CallAttempt attempt)
    {
        var text = new StringBuilder(template.Length);
        var position = 0;
        while (position < template.Length)
        {
            var open = template.IndexOf('{', position);
            var close = open < 0 ? -1 : template.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            text.Append(template, position, open - position);
            text.Append(Fact(template[(open + 1)..close], attempt) ?? template[open..(close + 1)]);
            position = close + 1;
        }

        return text.Append(template, position, template.Length - position).ToString();
    }

    /// <summary>A name that Connect accepts: what is not a letter, a digit, '-' or '_' becomes '_'.</summary>
    public static string CleanKey(string key)
    {
        var cleaned = string.Create(key.Length, key, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsAsciiLetterOrDigit(source[i]) || source[i] is '-' or '_' ? source[i] : '_';
            }
        });
        return cleaned.Length == 0 ? "_" : cleaned;
    }

    /// <summary>Text without control characters and lone surrogates, cut between characters, never inside
    /// one.</summary>
    public static string CleanValue(string value, int lengthMax)
    {
        var text = new StringBuilder(Math.Min(value.Length, lengthMax));
        foreach (var rune in value.EnumerateRunes())
        {
            if (text.Length + rune.Utf16SequenceLength > lengthMax)
            {
                break;
            }

            if (!Rune.IsControl(rune) && rune != Rune.ReplacementChar)
            {
                text.Append(rune.ToString());
            }
        }

        return text.ToString().Trim();
    }

    private static IEnumerable<KeyValuePair<string, string>> Candidates(
        CallAttempt attempt, RouteTarget target, AttributeRules rules)
    {
        foreach (var (key, value) in new[]
        {
            (rules.Called, attempt.Called),
            (rules.Calling, attempt.Calling),
            (rules.Trunk, attempt.Trunk),
            (rules.SipCallId, attempt.SipCallId),
        })
        {
            if (key is not null && value.Length > 0)
            {
                yield return new(key, CleanValue(value, FactLengthMax));
            }
        }

        foreach (var (key, template) in target.Attributes)
        {
            yield return new(key, CleanValue(Expand(template, attempt), TotalBytesMax));
        }

        foreach (var rule in rules.Headers)
        {
            if (attempt.Header(rule.Header) is { } value)
            {
                yield return new(rule.Key, CleanValue(value, rule.LengthMax));
            }
        }
    }

    private static string? Fact(string name, CallAttempt attempt) => name switch
    {
        "calling" => attempt.Calling,
        "called" => attempt.Called,
        "trunk" => attempt.Trunk,
        "callId" => attempt.SipCallId,
        _ when name.StartsWith("header:", StringComparison.Ordinal) => attempt.Header(name["header:".Length..]) ?? "",
        _ => null,
    };
}

/// <summary>The attributes of one contact.</summary>
/// <param name="Items">In order of importance; keys are unique.</param>
/// <param name="Dropped">Names of what did not fit, the most important first.</param>
public sealed record MappedAttributes(
    ImmutableArray<KeyValuePair<string, string>> Items,
    ImmutableArray<string> Dropped);
