namespace Farspan.Stun;

/// <summary>One attribute in place: its type and its value without padding (RFC 8489 §14).</summary>
public readonly ref struct StunAttributeView(StunAttribute type, ReadOnlySpan<byte> value)
{
    public StunAttribute Type { get; } = type;

    public ReadOnlySpan<byte> Value { get; } = value;
}
