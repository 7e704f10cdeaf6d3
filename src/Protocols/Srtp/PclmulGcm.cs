using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Farspan.Srtp;

/// <summary>Galois counter mode with the AES and carry-less multiplication instructions of x86.</summary>
internal sealed class PclmulGcm : AesGcmMode
{
    private readonly AesNiKey _key;
    private readonly GhashKey _hashKey;

    public PclmulGcm(ReadOnlySpan<byte> key)
    {
        _key = AesNiKey.Expand(key);
        _hashKey = new GhashKey(_key.Encrypt(Vector128<byte>.Zero));
    }

    public override void Seal(
        Vector128<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> text, Span<byte> tag)
    {
        AesNiCounter.Apply(in _key, Counter(nonce, 2), text);
        ComputeTag(nonce, associated, text).CopyTo(tag);
    }

    public override bool TryOpen(
        Vector128<byte> nonce, ReadOnlySpan<byte> associated, Span<byte> text, ReadOnlySpan<byte> tag)
    {
        // A vector comparison takes the same time wherever the difference is.
        if (ComputeTag(nonce, associated, text) != Vector128.Create(tag))
        {
            return false;
        }

        AesNiCounter.Apply(in _key, Counter(nonce, 2), text);
        return true;
    }

    private static Vector128<byte> Counter(Vector128<byte> nonce, uint counter) =>
        nonce | Vector128.Create(0u, 0, 0, BinaryPrimitives.ReverseEndianness(counter)).AsByte();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<byte> ComputeTag(
        Vector128<byte> nonce, ReadOnlySpan<byte> associated, ReadOnlySpan<byte> text)
    {
        var mask = _key.Encrypt(Counter(nonce, 1));
        return _hashKey.Hash(associated, text) ^ mask;
    }
}
