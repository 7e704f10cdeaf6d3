namespace Farspan.Kernel;

/// <summary>
/// A value about a person, such as a caller's number: it appears in logs only where the operator has said
/// so. Printing it gives <c>[redacted]</c>. What must never appear is <see cref="Redacted{T}"/>.
/// </summary>
public readonly record struct Personal<T>
{
    private readonly T _value;

    public Personal(T value) => _value = value;

    /// <summary>The value itself, for a log that may show it.</summary>
    public T Reveal() => _value;

    public override string ToString() => "[redacted]";
}
