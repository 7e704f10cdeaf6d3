using System.Collections.Immutable;

namespace Farspan.Render;

/// <summary>Makes the values that no literal of C# stands for.</summary>
public static class Hcl
{
    /// <summary>An expression that stands as it is: <c>aws_vpc.main.id</c>.</summary>
    public static HclValue Reference(string expression) => new HclValue.Reference(expression);

    /// <summary>A quoted text whose <c>${…}</c> Terraform evaluates.</summary>
    public static HclValue Template(string content) => new HclValue.Template(content);

    public static HclValue Heredoc(string content) => new HclValue.Heredoc(content);

    public static HclValue List(params IEnumerable<HclValue> items) => new HclValue.Sequence([.. items]);

    public static HclValue List(IEnumerable<string> items) =>
        new HclValue.Sequence([.. items.Select(i => (HclValue)i)]);

    public static HclValue Map(params IEnumerable<(string Key, HclValue Value)> entries) =>
        new HclValue.Map([.. entries.Select(e => KeyValuePair.Create(e.Key, e.Value))]);

    public static HclValue Call(string function, params ImmutableArray<HclValue> arguments) =>
        new HclValue.Call(function, arguments);

    /// <summary>A JSON document that Terraform writes, so that references in it are resolved.</summary>
    public static HclValue Json(HclValue document) => Call("jsonencode", document);

    /// <summary>A name as Terraform takes it: letters, digits, underscores, no digit first.</summary>
    public static string Identifier(string name)
    {
        var folded = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_'));
        return folded.Length == 0 || char.IsAsciiDigit(folded[0]) ? "_" + folded : folded;
    }
}
