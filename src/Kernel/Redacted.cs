namespace Farspan.Kernel;

/// <summary>
/// A value that must not appear in logs: a secret, a token, a password. Printing it gives
/// <c>[redacted]</c>; only <see cref="Reveal"/> gives the value.
/// </summary>
public readonly record struct Redacted<T>
{
    private readonly T _value;

    public Redacted(T value) => _value = value;

    /// <summary>The value itself, for the one place that needs it.</summary>
    public T Reveal() => _value;

    public override string ToString() => "[redacted]";
}
