using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Farspan.Srtp;

/// <summary>The five words that SHA-1 carries from block to block (FIPS 180-4 §6.1).</summary>
[StructLayout(LayoutKind.Sequential)]
public record struct Sha1State
{
    public const int BlockBytes = 64;
    public const int DigestBytes = 20;

    public uint A;
    public uint B;
    public uint C;
    public uint D;
    public uint E;

    /// <summary>The initial hash value (FIPS 180-4 §5.3.1).</summary>
    public static Sha1State Initial => new()
    {
        A = 0x67452301,
        B = 0xEFCDAB89,
        C = 0x98BADCFE,
        D = 0x10325476,
        E = 0xC3D2E1F0,
    };

    public readonly void Write(Span<byte> digest)
    {
        BinaryPrimitives.WriteUInt32BigEndian(digest, A);
        BinaryPrimitives.WriteUInt32BigEndian(digest[4..], B);
        BinaryPrimitives.WriteUInt32BigEndian(digest[8..], C);
        BinaryPrimitives.WriteUInt32BigEndian(digest[12..], D);
        BinaryPrimitives.WriteUInt32BigEndian(digest[16..], E);
    }
}
