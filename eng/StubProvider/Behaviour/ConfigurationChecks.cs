using System.Globalization;
using System.Text.RegularExpressions;

namespace Farspan.StubProvider;

/// <summary>
/// Applies <see cref="ResourceRules"/> to a configuration; what is known only after apply is passed over.
/// </summary>
public sealed class ConfigurationChecks(ResourceRules rules, Value.Map configuration)
{
    private readonly List<Diagnostic> _found = [];

    public IReadOnlyList<Diagnostic> Run()
    {
        foreach (var (path, allowed) in rules.Enumerations)
        {
            Check(path, value => Text(value) is not { } text || allowed.Contains(text)
                ? null : $"expected one of {string.Join(", ", allowed)}, got {text}");
        }

        foreach (var (path, (min, max)) in rules.Ranges)
        {
            Check(path, value => Number(value) is not { } number || (number >= min && number <= max)
                ? null : $"expected {min} to {max}, got {number}");
        }

        foreach (var (path, pattern) in rules.Patterns)
        {
            Check(path, value => Text(value) is not { } text || pattern.IsMatch(text)
                ? null : $"{text} does not look like {pattern}");
        }

        CheckPresence();
        return _found;
    }

    private void CheckPresence()
    {
        foreach (var name in rules.Required.Where(n => Find(n).All(IsAbsent)))
        {
            Add("Missing argument", $"{name} must be set.", name);
        }

        foreach (var group in rules.ExactlyOneOf.Where(g => !HasUnknown(g) && CountPresent(g) != 1))
        {
            Add("Invalid combination of arguments", $"exactly one of {Text(group)} must be set.", group[0]);
        }

        foreach (var group in rules.AtMostOneOf.Where(g => !HasUnknown(g) && CountPresent(g) > 1))
        {
            Add("Conflicting configuration arguments", $"at most one of {Text(group)} may be set.", group[0]);
        }
    }

    private void Check(string path, Func<Value, string?> judge)
    {
        foreach (var fault in Find(path).Select(judge).OfType<string>())
        {
            Add($"Invalid value for {path}", fault + ".", path.Split('.')[0]);
        }
    }

    private void Add(string summary, string detail, string attribute) =>
        _found.Add(new Diagnostic(summary, detail, attribute.Split('.')[0]));

    private int CountPresent(string[] group) => group.Count(n => Find(n).Any(v => !IsAbsent(v)));

    private bool HasUnknown(string[] group) => group.Any(n => Find(n).Any(v => v.HasUnknown));

    /// <summary>Every value at a path: a block that stands there twice gives two; so does a list.</summary>
    private IEnumerable<Value> Find(string path) =>
        path.Split('.').Aggregate(
            (IEnumerable<Value>)[configuration],
            (values, name) => values.OfType<Value.Map>().SelectMany(m => Flatten(m[name])));

    private static IEnumerable<Value> Flatten(Value value) =>
        value is Value.Sequence sequence ? sequence.Items : [value];

    private static bool IsAbsent(Value value) => value.IsNull;

    private static string Text(string[] group) => string.Join(", ", group);

    private static string? Text(Value value) => value switch
    {
        Value.Text text => text.Of,
        Value.Number number => number.Of.ToString(CultureInfo.InvariantCulture),
        Value.Boolean boolean => boolean.Is ? "true" : "false",
        _ => null,
    };

    private static double? Number(Value value) => value switch
    {
        Value.Number number => number.Of,
        Value.Text text when double.TryParse(text.Of, CultureInfo.InvariantCulture, out var number) => number,
        _ => null,
    };
}
