using System.Diagnostics.CodeAnalysis;

namespace Farspan.Topology;

/// <summary>A single value with a form of its own.</summary>
internal sealed class ScalarKind<T>(
    string label, string example, Func<string, Parsed<T>> parse, Func<T, string> write) : ValueKind<T>
{
    public override string Label => label;

    public override string Example => example;

    /// <summary>Whether the text must not be repeated in a finding.</summary>
    public bool IsSecret { get; init; }

    public override bool TryRead(Reading reading, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (!reading.TryGetText(this, out var text))
        {
            return false;
        }

        var parsed = parse(text);
        if (parsed.Fault is { } fault)
        {
            var shown = IsSecret ? "what is written here" : Reading.Quote(text);
            reading.Report(FindingRules.BadValue, $"{shown} {fault}", parsed.Fix ?? Advice);
            return false;
        }

        value = parsed.Value!;
        return true;
    }

    public override string Write(T value) => write(value);
}
