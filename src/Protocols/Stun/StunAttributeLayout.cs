using System.Buffers.Binary;

namespace Farspan.Stun;

/// <summary>Where the attributes that protect a message lie; 0 means that there is none.</summary>
internal readonly record struct StunAttributeLayout(
    int End,
    int Integrity,
    int IntegritySha256,
    int Fingerprint)
{
    /// <summary>
    /// Checks every attribute's length and finds the end of those that count: after MESSAGE-INTEGRITY only
    /// MESSAGE-INTEGRITY-SHA256 and FINGERPRINT do, after the former only the latter (RFC 8489 §14.5-14.6).
    /// </summary>
    public static StunDecodeError TryScan(ReadOnlySpan<byte> message, out StunAttributeLayout layout)
    {
        layout = default;
        int end = 0, integrity = 0, sha256 = 0, fingerprint = 0;
        var count = 0;
        for (var at = StunLimits.HeaderBytes; at < message.Length; count++)
        {
            if (Check(message[at..], count, fingerprint > 0, out var type, out var paddedBytes) is var error
                && error != StunDecodeError.None)
            {
                return error;
            }

            end = end == 0 && IsProtection(type) ? at : end;
            integrity = type == StunAttribute.MessageIntegrity && integrity + sha256 == 0 ? at : integrity;
            sha256 = type == StunAttribute.MessageIntegritySha256 && sha256 == 0 ? at : sha256;
            fingerprint = type == StunAttribute.Fingerprint ? at : fingerprint;
            at += paddedBytes;
        }

        layout = new StunAttributeLayout(end == 0 ? message.Length : end, integrity, sha256, fingerprint);
        return StunDecodeError.None;
    }

    private static StunDecodeError Check(
        ReadOnlySpan<byte> attribute,
        int count,
        bool isAfterFingerprint,
        out StunAttribute type,
        out int paddedBytes)
    {
        // The message's length is divisible by four, so a header is always there.
        type = (StunAttribute)BinaryPrimitives.ReadUInt16BigEndian(attribute);
        var length = BinaryPrimitives.ReadUInt16BigEndian(attribute[2..]);
        paddedBytes = StunAttributeEnumerator.HeaderBytes + StunAttributeEnumerator.PaddedLength(length);
        return isAfterFingerprint ? StunDecodeError.TrailingAttribute
            : count >= StunLimits.MaxAttributes ? StunDecodeError.TooManyAttributes
            : paddedBytes > attribute.Length ? StunDecodeError.BadAttribute
            : !HasPossibleLength(type, length) ? StunDecodeError.BadAttribute
            : StunDecodeError.None;
    }

    private static bool IsProtection(StunAttribute type) => type is StunAttribute.MessageIntegrity
        or StunAttribute.MessageIntegritySha256 or StunAttribute.Fingerprint;

    private static bool HasPossibleLength(StunAttribute type, int length) => type switch
    {
        StunAttribute.MessageIntegrity => length == StunIntegrity.Sha1Bytes,
        StunAttribute.MessageIntegritySha256 => length == StunIntegrity.Sha256Bytes,
        StunAttribute.Fingerprint => length == sizeof(uint),
        _ => true,
    };
}
