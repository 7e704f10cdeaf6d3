using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;
using System.Security.Cryptography;

namespace Farspan.Srtp;

/// <summary>
/// Galois counter mode by the platform's library, for processors without the instructions we know.
/// </summary>
[SuppressMessage("Reliability", "CA1001", Justification = "Its handle finalizes itself.")]
internal sealed class PortableGcm(ReadOnlySpan<byte> key) : AesGcmMode
{
    private readonly AesGcm _gcm = new(key, TagBytes);
    private readonly byte[] _text = new byte[SrtpLimits.MaxPacketBytes];

    public override void Seal(
        Vector128<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> text, Span<byte> tag)
    {
        Span<byte> bytes = stackalloc byte[Vector128<byte>.Count];
        nonce.CopyTo(bytes);
        _gcm.Encrypt(bytes[..NonceBytes], text, text, tag, associated);
    }

    /// <summary>Decrypts a copy: the library wipes what it could not authenticate.</summary>
    public override bool TryOpen(
        Vector128<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> text, ReadOnlySpan<byte> tag)
    {
        Span<byte> bytes = stackalloc byte[Vector128<byte>.Count];
        nonce.CopyTo(bytes);
        var plain = _text.AsSpan(0, text.Length);
        try
        {
            _gcm.Decrypt(bytes[..NonceBytes], text, tag, plain, associated);
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        plain.CopyTo(text);
        return true;
    }
}
