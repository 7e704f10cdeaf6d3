using System.Buffers;
using System.Text;

namespace Farspan.StubProvider;

/// <summary>Writes the fields of one protobuf message; defaults are left out, as proto3 wants it.</summary>
public sealed class ProtoWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public ProtoWriter Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public ProtoWriter Flag(int field, bool value) => Integer(field, value ? 1 : 0);

    public ProtoWriter Integer(int field, long value)
    {
        if (value != 0)
        {
            WriteVarint((ulong)field << 3);
            WriteVarint((ulong)value);
        }

        return this;
    }

    public ProtoWriter Bytes(int field, ReadOnlySpan<byte> value)
    {
        if (value.Length > 0)
        {
            WriteLengthDelimited(field, value);
        }

        return this;
    }

    /// <summary>A message is written even where it is empty: its presence means something.</summary>
    public ProtoWriter Message(int field, ProtoWriter message)
    {
        WriteLengthDelimited(field, message.ToArray());
        return this;
    }

    /// <summary>An entry of a map with text keys.</summary>
    public ProtoWriter Entry(int field, string key, ProtoWriter message) =>
        Message(field, new ProtoWriter().Text(1, key).Message(2, message));

    public byte[] ToArray() => _bytes.WrittenSpan.ToArray();

    private void WriteLengthDelimited(int field, ReadOnlySpan<byte> value)
    {
        WriteVarint(((ulong)field << 3) | 2);
        WriteVarint((ulong)value.Length);
        _bytes.Write(value);
    }

    private void WriteVarint(ulong value)
    {
        while (value >= 0x80)
        {
            _bytes.Write([(byte)(value | 0x80)]);
            value >>= 7;
        }

        _bytes.Write([(byte)value]);
    }
}
