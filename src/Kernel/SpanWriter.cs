using System.Buffers.Binary;

namespace Farspan.Kernel;

/// <summary>
/// Writes big-endian wire formats into a span of the caller's. Running out of room is remembered in
/// <see cref="HasOverflowed"/> and checked once at the end.
/// </summary>
public ref struct SpanWriter(Span<byte> destination)
{
    private readonly Span<byte> _destination = destination;

    /// <summary>Bytes written so far.</summary>
    public int Position { get; private set; }

    /// <summary>True once something did not fit; what was written is then not a whole message.</summary>
    public bool HasOverflowed { get; private set; }

    public readonly ReadOnlySpan<byte> Written => _destination[..Position];

    public void WriteByte(byte value)
    {
        if (Take(1) is { Length: 1 } room)
        {
            room[0] = value;
        }
    }

    public void WriteUInt16(ushort value)
    {
        if (Take(2) is { Length: 2 } room)
        {
            BinaryPrimitives.WriteUInt16BigEndian(room, value);
        }
    }

    public void WriteUInt32(uint value)
    {
        if (Take(4) is { Length: 4 } room)
        {
            BinaryPrimitives.WriteUInt32BigEndian(room, value);
        }
    }

    public void WriteUInt64(ulong value)
    {
        if (Take(8) is { Length: 8 } room)
        {
            BinaryPrimitives.WriteUInt64BigEndian(room, value);
        }
    }

    public void WriteBytes(scoped ReadOnlySpan<byte> bytes)
    {
        var room = Take(bytes.Length);
        if (room.Length == bytes.Length)
        {
            bytes.CopyTo(room);
        }
    }

    /// <summary>Overwrites two bytes written before, such as a length that is known only now.</summary>
    public readonly void PatchUInt16(int position, ushort value)
    {
        if (position + 2 <= Position)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_destination[position..], value);
        }
    }

    private Span<byte> Take(int count)
    {
        if (HasOverflowed || count > _destination.Length - Position)
        {
            HasOverflowed = true;
            return default;
        }

        var room = _destination.Slice(Position, count);
        Position += count;
        return room;
    }
}
