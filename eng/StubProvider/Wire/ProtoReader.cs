using System.Text;

namespace Farspan.StubProvider;

/// <summary>One protobuf message, its length-delimited fields by number; the last of a field wins.</summary>
public sealed class ProtoReader
{
    private readonly Dictionary<int, byte[]> _fields = [];

    public ProtoReader(ReadOnlySpan<byte> message)
    {
        while (message.Length > 0)
        {
            var key = ReadVarint(ref message);
            switch (key & 7)
            {
                case 0:
                    ReadVarint(ref message);
                    break;
                case 1:
                    Take(ref message, 8);
                    break;
                case 2:
                    _fields[(int)(key >> 3)] = Take(ref message, ReadVarint(ref message)).ToArray();
                    break;
                case 5:
                    Take(ref message, 4);
                    break;
                default:
                    throw new InvalidDataException("That is no protobuf message.");
            }
        }
    }

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public byte[] Bytes(int field) => _fields.GetValueOrDefault(field, []);

    public ProtoReader Message(int field) => new(Bytes(field));

    /// <summary>A <c>DynamicValue</c>; null-valued where it is missing.</summary>
    public Value Value(int field)
    {
        var bytes = Message(field).Bytes(1);
        return bytes.Length == 0 ? StubProvider.Value.Null.Instance : DynamicValue.Decode(bytes);
    }

    private static ulong ReadVarint(ref ReadOnlySpan<byte> rest)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Take(ref rest, 1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("A number is longer than 64 bits.");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, ulong length)
    {
        if (length > (ulong)rest.Length)
        {
            throw new InvalidDataException("The message is cut off.");
        }

        var taken = rest[..(int)length];
        rest = rest[(int)length..];
        return taken;
    }
}
