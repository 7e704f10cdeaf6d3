using System.Buffers.Binary;
using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>
/// Cuts the byte stream of a TCP or TLS connection into STUN messages and ChannelData (RFC 8656 §12.5,
/// RFC 8489 §6.2.2). One buffer per connection; nothing is allocated per frame.
/// </summary>
/// <remarks>
/// The owner reads into <see cref="Room"/>, calls <see cref="Advance"/>, then <see cref="TryTake"/> until it
/// says no. A frame is valid until the next use of <see cref="Room"/>.
/// </remarks>
public sealed class TurnStreamFramer
{
    private const int PrefixBytes = 4;

    private readonly byte[] _buffer = new byte[TurnLimits.StreamBufferBytes];
    private int _start;
    private int _end;

    /// <summary>
    /// True once the bytes cannot be TURN, or a frame is too large: the connection is to be closed.
    /// </summary>
    public bool IsCorrupt { get; private set; }

    /// <summary>Where the next bytes of the stream go. Never empty after all frames were taken.</summary>
    public Memory<byte> Room
    {
        get
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
            return _buffer.AsMemory(_end);
        }
    }

    /// <summary>That many bytes were put into <see cref="Room"/>.</summary>
    public void Advance(int count)
    {
        Invariant.Require(count >= 0 && count <= _buffer.Length - _end);
        _end += count;
    }

    /// <summary>
    /// Takes the next whole frame, without padding; false if there is none yet or the stream is corrupt.
    /// </summary>
    public bool TryTake(out ReadOnlySpan<byte> frame)
    {
        frame = default;
        var available = _buffer.AsSpan(_start.._end);
        if (IsCorrupt || available.Length < PrefixBytes)
        {
            return false;
        }

        // Both kinds have their length in the third and fourth byte; the first two bits tell them apart.
        var length = BinaryPrimitives.ReadUInt16BigEndian(available[2..]);
        var isStun = available[0] < 0x40;
        var frameBytes = length + (isStun ? StunLimits.HeaderBytes : TurnChannelData.HeaderBytes);
        var paddedBytes = StunAttributeEnumerator.PaddedLength(frameBytes);
        var isPossible = isStun ? MayBeStun(available) : TurnChannelData.IsChannelData(available);
        if (!isPossible || paddedBytes > TurnLimits.MaxStreamFrameBytes)
        {
            IsCorrupt = true;
            return false;
        }

        if (paddedBytes > available.Length)
        {
            return false;
        }

        _start += paddedBytes;
        frame = available[..frameBytes];
        return true;
    }

    /// <summary>
    /// False once the bytes where the magic cookie must be are there, and are something else.
    /// </summary>
    private static bool MayBeStun(ReadOnlySpan<byte> bytes) =>
        bytes.Length < StunHeader.CookieOffset + sizeof(uint)
        || BinaryPrimitives.ReadUInt32BigEndian(bytes[StunHeader.CookieOffset..]) == StunHeader.MagicCookie;
}
