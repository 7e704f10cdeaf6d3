using System.Buffers.Binary;
using System.Security.Cryptography;
using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>The HMAC over a message up to an integrity attribute (RFC 8489 §14.5, §14.6).</summary>
/// <remarks>
/// The header's length is taken as if the message ended with that attribute; one-shot hashing allocates
/// nothing.
/// </remarks>
internal static class StunIntegrity
{
    public const int Sha1Bytes = HMACSHA1.HashSizeInBytes;
    public const int Sha256Bytes = HMACSHA256.HashSizeInBytes;

    /// <summary>The tag of the bytes before the attribute that starts at their end.</summary>
    public static void ComputeSha1(ReadOnlySpan<byte> covered, ReadOnlySpan<byte> key, Span<byte> tag)
    {
        Invariant.Require(covered.Length <= StunLimits.MaxSignedBytes);
        Span<byte> copy = stackalloc byte[covered.Length];
        HMACSHA1.HashData(key, WithLength(covered, Sha1Bytes, copy), tag);
    }

    public static void ComputeSha256(ReadOnlySpan<byte> covered, ReadOnlySpan<byte> key, Span<byte> tag)
    {
        Invariant.Require(covered.Length <= StunLimits.MaxSignedBytes);
        Span<byte> copy = stackalloc byte[covered.Length];
        HMACSHA256.HashData(key, WithLength(covered, Sha256Bytes, copy), tag);
    }

    private static ReadOnlySpan<byte> WithLength(ReadOnlySpan<byte> covered, int tagBytes, Span<byte> copy)
    {
        covered.CopyTo(copy);
        var length = covered.Length - StunLimits.HeaderBytes + StunAttributeEnumerator.HeaderBytes + tagBytes;
        BinaryPrimitives.WriteUInt16BigEndian(copy[StunHeader.LengthOffset..], (ushort)length);
        return copy;
    }
}
