using System.Text;

namespace Farspan.Chime;

/// <summary>
/// Writes one protobuf message into a buffer that grows. A null value writes nothing: it is an absent field.
/// </summary>
/// <remarks>Source: Protocol Buffers encoding. For signalling only; it allocates.</remarks>
public sealed class ProtobufWriter
{
    private byte[] _buffer = new byte[256];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>A byte outside any field, such as the type byte in front of a Chime frame.</summary>
    public void WriteRawByte(byte value) => Reserve(1)[0] = value;

    public void WriteVarint(int field, ulong? value)
    {
        if (value is { } number)
        {
            WriteTag(field, ProtobufWireType.Varint);
            WriteRawVarint(number);
        }
    }

    public void WriteBool(int field, bool? value)
    {
        if (value is { } flag)
        {
            WriteVarint(field, flag ? 1UL : 0UL);
        }
    }

    public void WriteText(int field, string? value)
    {
        if (value is not null)
        {
            WriteTag(field, ProtobufWireType.Bytes);
            WriteRawVarint((ulong)Encoding.UTF8.GetByteCount(value));
            Encoding.UTF8.GetBytes(value, Reserve(Encoding.UTF8.GetByteCount(value)));
        }
    }

    public void WriteBytes(int field, ReadOnlyMemory<byte>? value)
    {
        if (value is { } bytes)
        {
            WriteTag(field, ProtobufWireType.Bytes);
            WriteRawVarint((ulong)bytes.Length);
            bytes.Span.CopyTo(Reserve(bytes.Length));
        }
    }

    /// <summary>A nested message; its length is put in front of it once it is known.</summary>
    public void WriteMessage<T>(int field, T? value, Action<ProtobufWriter, T> writeBody)
        where T : class
    {
        if (value is null)
        {
            return;
        }

        WriteTag(field, ProtobufWireType.Bytes);
        var start = _length;
        writeBody(this, value);
        InsertLength(start);
    }

    /// <summary>A repeated field of nested messages.</summary>
    public void WriteMessages<T>(int field, IReadOnlyList<T> values, Action<ProtobufWriter, T> writeBody)
        where T : class
    {
        foreach (var value in values)
        {
            WriteMessage(field, value, writeBody);
        }
    }

    private static int VarintLength(ulong value)
    {
        var length = 1;
        while ((value >>= 7) != 0)
        {
            length++;
        }

        return length;
    }

    private void InsertLength(int start)
    {
        var bodyLength = _length - start;
        var prefixLength = VarintLength((ulong)bodyLength);
        Reserve(prefixLength);
        _buffer.AsSpan(start, bodyLength).CopyTo(_buffer.AsSpan(start + prefixLength));
        _length = start;
        WriteRawVarint((ulong)bodyLength);
        _length += bodyLength;
    }

    private void WriteTag(int field, ProtobufWireType wireType) =>
        WriteRawVarint(((ulong)field << 3) | (ulong)wireType);

    private void WriteRawVarint(ulong value)
    {
        var room = Reserve(VarintLength(value));
        for (var i = 0; i < room.Length - 1; i++)
        {
            room[i] = (byte)(value | 0x80);
            value >>= 7;
        }

        room[^1] = (byte)value;
    }

    private Span<byte> Reserve(int count)
    {
        if (_buffer.Length - _length < count)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        }

        _length += count;
        return _buffer.AsSpan(_length - count, count);
    }
}
