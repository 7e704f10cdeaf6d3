using System.Diagnostics.CodeAnalysis;

namespace Farspan.Topology;

/// <summary>What the value of a key may be, as people are told: in findings and in the reference.</summary>
internal abstract class ValueKind
{
    /// <summary>With its article and unit, such as "a duration from 1s to 1h".</summary>
    public abstract string Label { get; }

    public abstract string Example { get; }

    /// <summary>The keys inside; null for what has none.</summary>
    public virtual SectionOutline? Outline => null;

    /// <summary>What a path gets behind the key: <c>[]</c> for lists.</summary>
    public virtual string PathSuffix => "";

    /// <summary>For editors.</summary>
    public virtual JsonShape Shape { get; init; } = JsonShape.Text;

    /// <summary>What to do about a value that is none of this kind.</summary>
    public string Advice => $"Write {Label}, such as {Example}.";
}

/// <summary>What the value of a key may be, and how it is read.</summary>
internal abstract class ValueKind<T> : ValueKind
{
    /// <summary>
    /// Reads a node; false, with the reason among the findings, for what is not of this kind.
    /// </summary>
    public abstract bool TryRead(Reading reading, [MaybeNullWhen(false)] out T value);

    /// <summary>As it would be written in the file.</summary>
    public abstract string Write(T value);
}
