namespace Farspan.Sip;

/// <summary>One <c>;name=value</c> of a header value or a URI, as written (RFC 3261 §25.1).</summary>
/// <param name="Name">Compared without regard to case.</param>
/// <param name="Value">A quoted string keeps its quotes; null for a parameter without a value.</param>
public readonly record struct SipParameter(string Name, string? Value)
{
    public override string ToString() => Value is null ? Name : $"{Name}={Value}";
}
