using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;

namespace Farspan.StubProvider;

/// <summary>
/// Values as Terraform exchanges them with a provider: MessagePack, in which an extension means
/// "known after apply".
/// </summary>
public static class DynamicValue
{
    private const int DepthMax = 64;

    public static byte[] Encode(Value value)
    {
        using var stream = new MemoryStream();
        Write(stream, value);
        return stream.ToArray();
    }

    public static Value Decode(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        return Read(ref rest, 0);
    }

    private static void Write(Stream stream, Value value)
    {
        switch (value)
        {
            case Value.Null:
                stream.WriteByte(0xC0);
                break;
            case Value.Unknown:
                stream.Write([0xD4, 0x00, 0x00]);
                break;
            case Value.Boolean boolean:
                stream.WriteByte(boolean.Is ? (byte)0xC3 : (byte)0xC2);
                break;
            case Value.Number number:
                WriteNumber(stream, number.Of);
                break;
            case Value.Text text:
                WriteText(stream, text.Of);
                break;
            case Value.Sequence sequence:
                WriteHeader(stream, 0xDD, sequence.Items.Length);
                foreach (var item in sequence.Items)
                {
                    Write(stream, item);
                }

                break;
            case Value.Map map:
                WriteHeader(stream, 0xDF, map.Entries.Count);
                foreach (var (key, entry) in map.Entries)
                {
                    WriteText(stream, key);
                    Write(stream, entry);
                }

                break;
        }
    }

    private static void WriteNumber(Stream stream, double number)
    {
        Span<byte> bytes = stackalloc byte[9];
        if (double.IsInteger(number) && Math.Abs(number) < 1L << 53)
        {
            bytes[0] = 0xD3;
            BinaryPrimitives.WriteInt64BigEndian(bytes[1..], (long)number);
        }
        else
        {
            bytes[0] = 0xCB;
            BinaryPrimitives.WriteDoubleBigEndian(bytes[1..], number);
        }

        stream.Write(bytes);
    }

    private static void WriteText(Stream stream, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        WriteHeader(stream, 0xDB, bytes.Length);
        stream.Write(bytes);
    }

    private static void WriteHeader(Stream stream, byte code, int length)
    {
        Span<byte> bytes = stackalloc byte[5];
        bytes[0] = code;
        BinaryPrimitives.WriteInt32BigEndian(bytes[1..], length);
        stream.Write(bytes);
    }

    private static Value Read(ref ReadOnlySpan<byte> rest, int depth)
    {
        if (depth > DepthMax)
        {
            throw new InvalidDataException("The value is nested too deeply.");
        }

        var code = Take(ref rest, 1)[0];
        return code switch
        {
            <= 0x7F => new Value.Number(code),
            <= 0x8F => ReadMap(ref rest, code & 0x0F, depth),
            <= 0x9F => ReadSequence(ref rest, code & 0x0F, depth),
            <= 0xBF => ReadText(ref rest, code & 0x1F),
            0xC0 => Value.Null.Instance,
            0xC2 or 0xC3 => new Value.Boolean(code == 0xC3),
            0xC4 or 0xD9 => ReadText(ref rest, ReadLength(ref rest, 1)),
            0xC5 or 0xDA => ReadText(ref rest, ReadLength(ref rest, 2)),
            0xC6 or 0xDB => ReadText(ref rest, ReadLength(ref rest, 4)),
            0xCA => new Value.Number(BinaryPrimitives.ReadSingleBigEndian(Take(ref rest, 4))),
            0xCB => new Value.Number(BinaryPrimitives.ReadDoubleBigEndian(Take(ref rest, 8))),
            >= 0xCC and <= 0xD3 => new Value.Number(ReadInteger(ref rest, code)),
            0xDC => ReadSequence(ref rest, ReadLength(ref rest, 2), depth),
            0xDD => ReadSequence(ref rest, ReadLength(ref rest, 4), depth),
            0xDE => ReadMap(ref rest, ReadLength(ref rest, 2), depth),
            0xDF => ReadMap(ref rest, ReadLength(ref rest, 4), depth),
            >= 0xE0 => new Value.Number((sbyte)code),
            _ => ReadExtension(ref rest, code),
        };
    }

    private static double ReadInteger(ref ReadOnlySpan<byte> rest, byte code) => code switch
    {
        0xCC => Take(ref rest, 1)[0],
        0xCD => BinaryPrimitives.ReadUInt16BigEndian(Take(ref rest, 2)),
        0xCE => BinaryPrimitives.ReadUInt32BigEndian(Take(ref rest, 4)),
        0xCF => BinaryPrimitives.ReadUInt64BigEndian(Take(ref rest, 8)),
        0xD0 => (sbyte)Take(ref rest, 1)[0],
        0xD1 => BinaryPrimitives.ReadInt16BigEndian(Take(ref rest, 2)),
        0xD2 => BinaryPrimitives.ReadInt32BigEndian(Take(ref rest, 4)),
        _ => BinaryPrimitives.ReadInt64BigEndian(Take(ref rest, 8)),
    };

    /// <summary>Terraform has one use for extensions: unknown values, with or without refinements.</summary>
    private static Value.Unknown ReadExtension(ref ReadOnlySpan<byte> rest, byte code)
    {
        var length = code switch
        {
            0xC7 => ReadLength(ref rest, 1),
            0xC8 => ReadLength(ref rest, 2),
            0xC9 => ReadLength(ref rest, 4),
            >= 0xD4 and <= 0xD8 => 1 << (code - 0xD4),
            _ => throw new InvalidDataException($"{code:X2} is no MessagePack."),
        };
        Take(ref rest, 1 + length);
        return Value.Unknown.Instance;
    }

    private static Value.Text ReadText(ref ReadOnlySpan<byte> rest, int length) =>
        new(Encoding.UTF8.GetString(Take(ref rest, length)));

    private static Value.Sequence ReadSequence(ref ReadOnlySpan<byte> rest, int length, int depth)
    {
        var items = ImmutableArray.CreateBuilder<Value>();
        for (var i = 0; i < length; i++)
        {
            items.Add(Read(ref rest, depth + 1));
        }

        return new Value.Sequence(items.ToImmutable());
    }

    private static Value.Map ReadMap(ref ReadOnlySpan<byte> rest, int length, int depth)
    {
        var entries = ImmutableSortedDictionary.CreateBuilder<string, Value>(StringComparer.Ordinal);
        for (var i = 0; i < length; i++)
        {
            if (Read(ref rest, depth + 1) is not Value.Text key)
            {
                throw new InvalidDataException("The key of a map is not a text.");
            }

            entries[key.Of] = Read(ref rest, depth + 1);
        }

        return new Value.Map(entries.ToImmutable());
    }

    private static int ReadLength(ref ReadOnlySpan<byte> rest, int size)
    {
        var bytes = Take(ref rest, size);
        var length = size switch
        {
            1 => bytes[0],
            2 => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        };
        return length <= (uint)rest.Length ? (int)length : throw new InvalidDataException("The value is cut off.");
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int length)
    {
        if (length > rest.Length)
        {
            throw new InvalidDataException("The value is cut off.");
        }

        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
