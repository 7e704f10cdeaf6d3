using System.Buffers.Binary;

namespace Farspan.Kernel;

/// <summary>Reads big-endian wire formats: every read says whether the bytes were there; nothing throws.</summary>
public ref struct SpanReader(ReadOnlySpan<byte> source)
{
    private readonly ReadOnlySpan<byte> _source = source;

    /// <summary>Bytes read so far.</summary>
    public int Position { get; private set; }

    public readonly int Remaining => _source.Length - Position;

    public readonly ReadOnlySpan<byte> Rest => _source[Position..];

    public bool TryReadByte(out byte value)
    {
        var isThere = TryReadBytes(1, out var bytes);
        value = isThere ? bytes[0] : (byte)0;
        return isThere;
    }

    public bool TryReadUInt16(out ushort value)
    {
        var isThere = TryReadBytes(2, out var bytes);
        value = isThere ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : (ushort)0;
        return isThere;
    }

    public bool TryReadUInt32(out uint value)
    {
        var isThere = TryReadBytes(4, out var bytes);
        value = isThere ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : 0;
        return isThere;
    }

    public bool TryReadUInt64(out ulong value)
    {
        var isThere = TryReadBytes(8, out var bytes);
        value = isThere ? BinaryPrimitives.ReadUInt64BigEndian(bytes) : 0;
        return isThere;
    }

    public bool TryReadBytes(int count, out ReadOnlySpan<byte> bytes)
    {
        if (count < 0 || count > Remaining)
        {
            bytes = default;
            return false;
        }

        bytes = _source.Slice(Position, count);
        Position += count;
        return true;
    }

    public bool TrySkip(int count) => TryReadBytes(count, out _);
}
