using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Farspan.Srtp;

/// <summary>
/// Counter mode with the AES instructions of x86, eight blocks in flight to hide their latency.
/// </summary>
internal sealed class AesNiCounter(ReadOnlySpan<byte> key) : AesCounter
{
    private const int BlockBytes = 16;
    private const int BatchBlocks = 8;
    private const int BatchBytes = BatchBlocks * BlockBytes;

    private readonly AesNiKey _key = AesNiKey.Expand(key);

    /// <summary>Turns the 32-bit counter around, to add to it and to put it back.</summary>
    private static Vector128<byte> CounterOrder =>
        Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 15, 14, 13, 12);

    public override void Apply(Vector128<byte> counter, Span<byte> data) => Apply(in _key, counter, data);

    /// <summary>The same for callers that hold their own expanded key.</summary>
    [SkipLocalsInit]
    public static void Apply(in AesNiKey key, Vector128<byte> counter, Span<byte> data)
    {
        var next = Ssse3.Shuffle(counter, CounterOrder).AsUInt32();
        while (data.Length >= BatchBytes)
        {
            XorEight(in key, next, ref MemoryMarshal.GetReference(data));
            next += Vector128.Create(0u, 0, 0, BatchBlocks);
            data = data[BatchBytes..];
        }

        while (data.Length >= BlockBytes)
        {
            ref var target = ref MemoryMarshal.GetReference(data);
            (Vector128.LoadUnsafe(ref target) ^ key.Encrypt(Block(next, 0))).StoreUnsafe(ref target);
            next += Vector128.Create(0u, 0, 0, 1);
            data = data[BlockBytes..];
        }

        if (data.Length > 0)
        {
            XorPartial(key.Encrypt(Block(next, 0)), data);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void XorEight(in AesNiKey key, Vector128<uint> next, ref byte target)
    {
        var (b0, b1, b2, b3) = (Block(next, 0), Block(next, 1), Block(next, 2), Block(next, 3));
        var (b4, b5, b6, b7) = (Block(next, 4), Block(next, 5), Block(next, 6), Block(next, 7));
        var k = key[0];
        (b0, b1, b2, b3, b4, b5, b6, b7) = (b0 ^ k, b1 ^ k, b2 ^ k, b3 ^ k, b4 ^ k, b5 ^ k, b6 ^ k, b7 ^ k);
        for (var round = 1; round < AesNiKey.Rounds; round++)
        {
            k = key[round];
            b0 = Aes.Encrypt(b0, k);
            b1 = Aes.Encrypt(b1, k);
            b2 = Aes.Encrypt(b2, k);
            b3 = Aes.Encrypt(b3, k);
            b4 = Aes.Encrypt(b4, k);
            b5 = Aes.Encrypt(b5, k);
            b6 = Aes.Encrypt(b6, k);
            b7 = Aes.Encrypt(b7, k);
        }

        k = key[AesNiKey.Rounds];
        XorBlock(ref target, 0, Aes.EncryptLast(b0, k));
        XorBlock(ref target, 1, Aes.EncryptLast(b1, k));
        XorBlock(ref target, 2, Aes.EncryptLast(b2, k));
        XorBlock(ref target, 3, Aes.EncryptLast(b3, k));
        XorBlock(ref target, 4, Aes.EncryptLast(b4, k));
        XorBlock(ref target, 5, Aes.EncryptLast(b5, k));
        XorBlock(ref target, 6, Aes.EncryptLast(b6, k));
        XorBlock(ref target, 7, Aes.EncryptLast(b7, k));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Block(Vector128<uint> next, uint offset) =>
        Ssse3.Shuffle((next + Vector128.Create(0u, 0, 0, offset)).AsByte(), CounterOrder);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void XorBlock(ref byte target, nuint index, Vector128<byte> keystream)
    {
        var block = Vector128.LoadUnsafe(ref target, index * BlockBytes) ^ keystream;
        block.StoreUnsafe(ref target, index * BlockBytes);
    }

    private static void XorPartial(Vector128<byte> keystream, Span<byte> data)
    {
        Span<byte> bytes = stackalloc byte[BlockBytes];
        keystream.CopyTo(bytes);
        for (var i = 0; i < data.Length; i++)
        {
            data[i] ^= bytes[i];
        }
    }
}
