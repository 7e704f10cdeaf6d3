using System.Buffers;
using System.Buffers.Binary;
using System.Net;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// Writes what a token says: a version, the lowest version of a reader that understands it, and fields of an id, a
/// length and a value, so that nodes of neighbouring versions read each other while a cluster is upgraded.
/// </summary>
/// <remarks>
/// <code>
///  version(1)  lowest reader(1)  { id(1)  length(2)  value }*
/// </code>
/// A field that is not there has the value that nodes before it assumed.
/// </remarks>
internal sealed class TokenFieldWriter
{
    private readonly ArrayBufferWriter<byte> _bytes = new();

    public TokenFieldWriter(byte version, byte lowestReader)
    {
        _bytes.Write([version, lowestReader]);
    }

    public TokenFieldWriter Bytes(byte id, ReadOnlySpan<byte> value)
    {
        Invariant.Require(value.Length <= TokenLimits.FieldBytesMax);
        Span<byte> head = stackalloc byte[3];
        head[0] = id;
        BinaryPrimitives.WriteUInt16BigEndian(head[1..], (ushort)value.Length);
        _bytes.Write(head);
        _bytes.Write(value);
        return this;
    }

    /// <summary>Null is left out.</summary>
    public TokenFieldWriter Text(byte id, string? value) =>
        value is null ? this : Bytes(id, Encoding.UTF8.GetBytes(value));

    /// <summary>Null is left out.</summary>
    public TokenFieldWriter Number(byte id, ulong? value)
    {
        if (value is not { } number)
        {
            return this;
        }

        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, number);
        return Bytes(id, bytes);
    }

    /// <summary>False is left out.</summary>
    public TokenFieldWriter Flag(byte id, bool value) => value ? Bytes(id, []) : this;

    /// <summary>Whole milliseconds; null is left out.</summary>
    public TokenFieldWriter Time(byte id, DateTimeOffset? value) =>
        Number(id, value is { } time ? (ulong)Math.Max(0, time.ToUnixTimeMilliseconds()) : null);

    public TokenFieldWriter Address(byte id, IPEndPoint value) => Text(id, value.ToString());

    public byte[] Finish()
    {
        Invariant.Require(_bytes.WrittenCount <= TokenLimits.PlainBytesMax);
        return _bytes.WrittenSpan.ToArray();
    }
}
