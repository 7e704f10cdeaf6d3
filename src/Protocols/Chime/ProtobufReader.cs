namespace Farspan.Chime;

/// <summary>
/// Reads the fields of one protobuf message in order. Bytes that are no message end the loop and set
/// <see cref="HasFailed"/>; nothing throws.
/// </summary>
/// <remarks>Source: Protocol Buffers encoding. Unknown fields are simply not matched by the caller.</remarks>
public ref struct ProtobufReader(ReadOnlySpan<byte> message)
{
    private const int MaxVarintBytes = 10;
    private ReadOnlySpan<byte> _rest = message;

    /// <summary>True once something was truncated, over-long or of a wire type that does not exist.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Reads the next field; false at the end of the message and after a failure.</summary>
    public bool TryReadField(out ProtobufField field)
    {
        field = default;
        if (_rest.IsEmpty || HasFailed)
        {
            return false;
        }

        HasFailed = !TryReadTag(out var number, out var wireType)
            || !TryReadValue(number, wireType, out field);
        return !HasFailed;
    }

    /// <summary>Reads one value of a packed repeated field; false at the end and after a failure.</summary>
    public bool TryReadPackedVarint(out ulong value)
    {
        value = 0;
        if (_rest.IsEmpty || HasFailed)
        {
            return false;
        }

        HasFailed = !TryReadVarint(out value);
        return !HasFailed;
    }

    private bool TryReadTag(out int number, out ProtobufWireType wireType)
    {
        var isTag = TryReadVarint(out var tag) && tag is >= 8 and <= uint.MaxValue;
        number = (int)(tag >> 3);
        wireType = (ProtobufWireType)(tag & 7);
        return isTag;
    }

    private bool TryReadValue(int number, ProtobufWireType wireType, out ProtobufField field)
    {
        ulong varint = 0;
        var bytes = ReadOnlySpan<byte>.Empty;
        var isThere = wireType switch
        {
            ProtobufWireType.Varint => TryReadVarint(out varint),
            ProtobufWireType.Bytes => TryReadVarint(out var length) && TryTake(length, out bytes),
            ProtobufWireType.Fixed64 => TryTake(8, out bytes),
            ProtobufWireType.Fixed32 => TryTake(4, out bytes),
            _ => false,
        };
        field = new ProtobufField(number, wireType, varint, bytes);
        return isThere;
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (var i = 0; i < MaxVarintBytes && i < _rest.Length; i++)
        {
            value |= (ulong)(_rest[i] & 0x7F) << (7 * i);
            if (_rest[i] < 0x80)
            {
                _rest = _rest[(i + 1)..];
                return true;
            }
        }

        return false;
    }

    private bool TryTake(ulong count, out ReadOnlySpan<byte> bytes)
    {
        if (count > (ulong)_rest.Length)
        {
            bytes = default;
            return false;
        }

        bytes = _rest[..(int)count];
        _rest = _rest[(int)count..];
        return true;
    }
}
