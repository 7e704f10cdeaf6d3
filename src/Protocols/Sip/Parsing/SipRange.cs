namespace Farspan.Sip;

/// <summary>
/// A part of a message; 16 bits suffice because of <see cref="SipLimits.MaxMessageBytes"/>.
/// </summary>
internal readonly record struct SipRange(ushort Start, ushort Length)
{
    public int End => Start + Length;

    public static SipRange Between(int start, int end) => new((ushort)start, (ushort)(end - start));

    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> message) => message.Slice(Start, Length);
}
