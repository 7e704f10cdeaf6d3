using System.Text;

namespace Farspan.Chime;

/// <summary>
/// One field as it was read: match on (<see cref="Number"/>, <see cref="WireType"/>), then take the value.
/// </summary>
public readonly ref struct ProtobufField(
    int number, ProtobufWireType wireType, ulong varint, ReadOnlySpan<byte> bytes)
{
    private readonly ulong _varint = varint;

    public int Number { get; } = number;

    public ProtobufWireType WireType { get; } = wireType;

    /// <summary>The content of a length-delimited field; empty for other types.</summary>
    public ReadOnlySpan<byte> Bytes { get; } = bytes;

    public ulong UInt64 => _varint;

    /// <summary>The low 32 bits, as every protobuf decoder takes them.</summary>
    public uint UInt32 => (uint)_varint;

    public bool Bool => _varint != 0;

    /// <summary>UTF-8 text; invalid sequences become U+FFFD instead of losing the whole message.</summary>
    public string Text => Encoding.UTF8.GetString(Bytes);

    /// <summary>A nested message.</summary>
    public ProtobufReader Message => new(Bytes);

    public void Deconstruct(out int number, out ProtobufWireType wireType)
    {
        number = Number;
        wireType = WireType;
    }
}
