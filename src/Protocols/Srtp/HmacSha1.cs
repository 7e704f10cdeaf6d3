using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Farspan.Srtp;

/// <summary>
/// HMAC-SHA1 (RFC 2104) of a message and one more word, with the two key blocks hashed beforehand: a
/// packet costs only its own blocks and one for the outer hash.
/// </summary>
internal sealed class HmacSha1
{
    private const int LengthBytes = sizeof(ulong);
    private const int MaxOnePassBytes = 4 * Sha1State.BlockBytes;

    private readonly ISha1Compressor _sha1;
    private readonly Sha1State _inner;
    private readonly Sha1State _outer;

    /// <param name="key">At most one block (64 bytes) long.</param>
    /// <param name="sha1">What compresses blocks.</param>
    public HmacSha1(ReadOnlySpan<byte> key, ISha1Compressor sha1)
    {
        _sha1 = sha1;
        _inner = HashPad(key, 0x36);
        _outer = HashPad(key, 0x5C);
    }

    /// <summary>Authenticates a message followed by a big-endian word (the ROC or the SRTCP index).</summary>
    [SkipLocalsInit]
    public Sha1State Compute(ReadOnlySpan<byte> message, uint word)
    {
        var state = _inner;
        var rest = message;
        Span<byte> last = stackalloc byte[MaxOnePassBytes];
        if (message.Length + sizeof(uint) + 1 + LengthBytes > last.Length)
        {
            // Long messages are hashed where they are; only their last, partial block is copied.
            var whole = message.Length & ~(Sha1State.BlockBytes - 1);
            _sha1.Compress(ref state, message[..whole]);
            rest = message[whole..];
        }

        rest.CopyTo(last);
        BinaryPrimitives.WriteUInt32BigEndian(last[rest.Length..], word);
        _sha1.Compress(ref state, Pad(last, rest.Length + sizeof(uint), message.Length + sizeof(uint)));

        WriteDigestBlock(in state, ref MemoryMarshal.GetReference(last));
        state = _outer;
        _sha1.Compress(ref state, last[..Sha1State.BlockBytes]);
        return state;
    }

    /// <summary>
    /// Pads the end of a message to whole blocks (FIPS 180-4 §5.1.1); the key block counts.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Pad(Span<byte> last, int used, int messageBytes)
    {
        var blocks = (used + 1 + LengthBytes + Sha1State.BlockBytes - 1) / Sha1State.BlockBytes;
        var padded = last[..(blocks * Sha1State.BlockBytes)];
        padded[used] = 0x80;
        padded[(used + 1)..^LengthBytes].Clear();
        BinaryPrimitives.WriteUInt64BigEndian(padded[^LengthBytes..], BitLength(messageBytes));
        return padded;
    }

    /// <summary>
    /// The only block of the outer hash, in vector stores: the loads that follow need not wait for small
    /// ones.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteDigestBlock(in Sha1State digest, ref byte block)
    {
        var start = Vector128.Create(digest.A, digest.B, digest.C, digest.D);
        var bitLength = (uint)BitLength(Sha1State.DigestBytes);
        BigEndian(start).StoreUnsafe(ref block);
        BigEndian(Vector128.Create(digest.E, 0x8000_0000, 0, 0)).StoreUnsafe(ref block, 16);
        Vector128<byte>.Zero.StoreUnsafe(ref block, 32);
        BigEndian(Vector128.Create(0, 0, 0, bitLength)).StoreUnsafe(ref block, 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> BigEndian(Vector128<uint> words) => Vector128.Shuffle(
        words.AsByte(), Vector128.Create((byte)3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));

    private static ulong BitLength(int messageBytes) => 8 * (ulong)(Sha1State.BlockBytes + messageBytes);

    private Sha1State HashPad(ReadOnlySpan<byte> key, byte pad)
    {
        Span<byte> block = stackalloc byte[Sha1State.BlockBytes];
        block.Fill(pad);
        for (var i = 0; i < key.Length; i++)
        {
            block[i] ^= key[i];
        }

        var state = Sha1State.Initial;
        _sha1.Compress(ref state, block);
        return state;
    }
}
