using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>Makes identifiers in the shapes that Amazon Connect uses.</summary>
internal static class Identifiers
{
    /// <summary>The form of a version 4 UUID (RFC 9562 §5.4).</summary>
    public static string Uuid(RandomSource random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.Fill(bytes);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true).ToString();
    }

    /// <summary>An opaque bearer: 256 bits.</summary>
    public static string Token(RandomSource random) => random.NextHex(64);
}
