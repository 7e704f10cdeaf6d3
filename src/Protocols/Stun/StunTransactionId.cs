using System.Buffers.Binary;
using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>The 96 bits that tie a response to its request (RFC 8489 §5).</summary>
public readonly record struct StunTransactionId(uint High, ulong Low)
{
    public const int Bytes = 12;

    public static StunTransactionId Create(RandomSource random) =>
        new(random.NextUInt32(), random.NextUInt64());

    /// <summary>Reads the first 12 bytes.</summary>
    public static StunTransactionId Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadUInt32BigEndian(source),
        BinaryPrimitives.ReadUInt64BigEndian(source[sizeof(uint)..]));

    public void Write(Span<byte> destination)
    {
        BinaryPrimitives.WriteUInt32BigEndian(destination, High);
        BinaryPrimitives.WriteUInt64BigEndian(destination[sizeof(uint)..], Low);
    }

    public override string ToString() => $"{High:x8}{Low:x16}";
}
