using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Farspan.Srtp;

/// <summary>
/// HMAC-SHA1 (RFC 2104) of a message and one more word, with the two key blocks hashed beforehand: a
/// packet costs only its own blocks and one for the outer hash.
/// </summary>
internal sealed class HmacSha1
{
    public const int TagBytes = Sha1State.DigestBytes;

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
    public void Compute(ReadOnlySpan<byte> message, uint word, Span<byte> tag)
    {
        var state = _inner;
        var whole = message.Length & ~(Sha1State.BlockBytes - 1);
        _sha1.Compress(ref state, message[..whole]);

        Span<byte> tail = stackalloc byte[2 * Sha1State.BlockBytes];
        var rest = message[whole..];
        tail.Clear();
        rest.CopyTo(tail);
        BinaryPrimitives.WriteUInt32BigEndian(tail[rest.Length..], word);
        var tailBytes = rest.Length + sizeof(uint);
        _sha1.Compress(ref state, Finish(tail, tailBytes, Sha1State.BlockBytes + message.Length + sizeof(uint)));

        tail[..Sha1State.BlockBytes].Clear();
        state.Write(tail);
        var digestBlock = Finish(tail, Sha1State.DigestBytes, Sha1State.BlockBytes + Sha1State.DigestBytes);
        state = _outer;
        _sha1.Compress(ref state, digestBlock);
        state.Write(tag);
    }

    /// <summary>Pads what is left of a message to whole blocks (FIPS 180-4 §5.1.1).</summary>
    private static ReadOnlySpan<byte> Finish(Span<byte> tail, int used, int totalBytes)
    {
        tail[used] = 0x80;
        var padded = used + 9 <= Sha1State.BlockBytes ? tail[..Sha1State.BlockBytes] : tail;
        BinaryPrimitives.WriteUInt64BigEndian(padded[^sizeof(ulong)..], (ulong)totalBytes * 8);
        return padded;
    }

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
