using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Farspan.Srtp;

/// <summary>
/// AES-128 as a stream cipher: a counter in the last 32 bits of the block (NIST SP 800-38A §6.5).
/// </summary>
/// <remarks>RFC 3711 §4.1.1 counts in 16 bits only; no packet is so long that it makes a
/// difference.</remarks>
internal abstract class AesCounter
{
    public static AesCounter Create(ReadOnlySpan<byte> key) =>
        Aes.IsSupported ? new AesNiCounter(key) : new PortableAesCounter(key);

    /// <summary>XORs the keystream that begins at <paramref name="counter"/> onto the data.</summary>
    public abstract void Apply(Vector128<byte> counter, Span<byte> data);
}
