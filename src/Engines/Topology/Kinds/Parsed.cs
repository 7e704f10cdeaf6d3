namespace Farspan.Topology;

/// <summary>A text that was read: the value, or what is wrong with the text.</summary>
/// <param name="Value">Only without a fault.</param>
/// <param name="Fault">Goes on after the text: "is not …"; null if it is all right.</param>
/// <param name="Fix">Better advice than the kind's own; null if there is none.</param>
internal readonly record struct Parsed<T>(T? Value, string? Fault, string? Fix)
{
    public static implicit operator Parsed<T>(T value) => new(value, null, null);

    public static Parsed<T> Bad(string fault, string? fix = null) => new(default, fault, fix);
}
