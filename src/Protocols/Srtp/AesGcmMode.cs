using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Farspan.Srtp;

/// <summary>AES-128 in Galois counter mode with a 96-bit nonce and a full tag (NIST SP 800-38D).</summary>
internal abstract class AesGcmMode
{
    public const int NonceBytes = 12;
    public const int TagBytes = 16;

    public static AesGcmMode Create(ReadOnlySpan<byte> key) =>
        Aes.IsSupported && Pclmulqdq.IsSupported ? new PclmulGcm(key) : new PortableGcm(key);

    /// <summary>Encrypts the text in place and writes its tag.</summary>
    /// <param name="nonce">The nonce in the first 12 bytes, the rest zero.</param>
    /// <param name="associated">Authenticated, not encrypted.</param>
    /// <param name="text">Encrypted in place.</param>
    /// <param name="tag">Receives the tag.</param>
    public abstract void Seal(
        Vector128<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> text, Span<byte> tag);

    /// <summary>Decrypts the text in place if the tag is right; otherwise leaves it as it is.</summary>
    /// <param name="nonce">The nonce in the first 12 bytes, the rest zero.</param>
    /// <param name="associated">Authenticated, not encrypted.</param>
    /// <param name="text">Decrypted in place.</param>
    /// <param name="tag">What the peer says.</param>
    public abstract bool TryOpen(
        Vector128<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> text, ReadOnlySpan<byte> tag);
}
