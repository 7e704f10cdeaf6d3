using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>
/// A STUN message in place, over the caller's bytes (RFC 8489 §5, §14). Its structure is checked once;
/// reading an attribute afterwards cannot fail other than by "not there" or "not of that form".
/// </summary>
/// <remarks>
/// Attributes behind the first integrity attribute are invisible, since nothing protects them. Where an
/// attribute repeats, the first counts; <see cref="GetEnumerator"/> shows all.
/// </remarks>
public readonly ref struct StunMessageView
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly StunAttributeLayout _layout;

    private StunMessageView(ReadOnlySpan<byte> message, StunAttributeLayout layout)
    {
        _message = message;
        _layout = layout;
    }

    public StunClass Class => StunHeader.ClassOf(Type);

    /// <summary>May be a method that <see cref="StunMethod"/> does not name.</summary>
    public StunMethod Method => StunHeader.MethodOf(Type);

    public StunTransactionId TransactionId =>
        StunTransactionId.Read(_message[StunHeader.TransactionIdOffset..]);

    public bool HasIntegrity => _layout.Integrity > 0;

    public bool HasIntegritySha256 => _layout.IntegritySha256 > 0;

    public bool HasFingerprint => _layout.Fingerprint > 0;

    private ushort Type => BinaryPrimitives.ReadUInt16BigEndian(_message);

    private ReadOnlySpan<byte> XorMask => _message[StunHeader.CookieOffset..StunLimits.HeaderBytes];

    /// <summary>
    /// Takes exactly one message. FINGERPRINT, where there is one, is the caller's to verify.
    /// </summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> message,
        out StunMessageView view,
        out StunDecodeError error)
    {
        view = default;
        if (!StunHeader.IsStun(message))
        {
            error = StunDecodeError.NotStun;
            return false;
        }

        var length = BinaryPrimitives.ReadUInt16BigEndian(message[StunHeader.LengthOffset..]);
        if (length % 4 != 0 || StunLimits.HeaderBytes + length != message.Length)
        {
            error = StunDecodeError.BadLength;
            return false;
        }

        error = StunAttributeLayout.TryScan(message, out var layout);
        view = error == StunDecodeError.None ? new StunMessageView(message, layout) : default;
        return error == StunDecodeError.None;
    }

    public StunAttributeEnumerator GetEnumerator() => new(_message[StunLimits.HeaderBytes.._layout.End]);

    /// <summary>The value of the first attribute of that type.</summary>
    public bool TryGet(StunAttribute type, out ReadOnlySpan<byte> value)
    {
        foreach (var attribute in this)
        {
            if (attribute.Type == type)
            {
                value = attribute.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    public bool Has(StunAttribute type) => TryGet(type, out _);

    public bool TryGetUInt16(StunAttribute type, out ushort number)
    {
        var isThere = TryGet(type, out var value) && value.Length >= sizeof(ushort);
        number = isThere ? BinaryPrimitives.ReadUInt16BigEndian(value) : (ushort)0;
        return isThere;
    }

    public bool TryGetUInt32(StunAttribute type, out uint number)
    {
        var isThere = TryGet(type, out var value) && value.Length == sizeof(uint);
        number = isThere ? BinaryPrimitives.ReadUInt32BigEndian(value) : 0;
        return isThere;
    }

    public bool TryGetUInt64(StunAttribute type, out ulong number)
    {
        var isThere = TryGet(type, out var value) && value.Length == sizeof(ulong);
        number = isThere ? BinaryPrimitives.ReadUInt64BigEndian(value) : 0;
        return isThere;
    }

    /// <summary>UTF-8 text; bytes that are none become replacement characters. Allocates.</summary>
    public bool TryGetText(StunAttribute type, out string text)
    {
        var isThere = TryGet(type, out var value);
        text = isThere ? Encoding.UTF8.GetString(value) : "";
        return isThere;
    }

    /// <summary>Reads MAPPED-ADDRESS or ALTERNATE-SERVER plain and the XOR-... attributes unmasked.</summary>
    public bool TryGetAddress(StunAttribute type, out TransportAddress address)
    {
        address = default;
        return TryGet(type, out var value)
            && TryDecodeAddress(new StunAttributeView(type, value), out address);
    }

    /// <summary>Reads the address of one attribute of this message, for types that may repeat.</summary>
    public bool TryDecodeAddress(StunAttributeView attribute, out TransportAddress address)
    {
        var isPlain = attribute.Type is StunAttribute.MappedAddress or StunAttribute.AlternateServer;
        return StunAddress.TryDecode(attribute.Value, isPlain ? default : XorMask, out address);
    }

    /// <summary>The number of an ERROR-CODE, 300 to 699 (RFC 8489 §14.8).</summary>
    public bool TryGetErrorCode(out StunErrorCode code)
    {
        code = default;
        if (!TryGet(StunAttribute.ErrorCode, out var value) || value.Length < 4)
        {
            return false;
        }

        int hundreds = value[2] & 0x07, rest = value[3];
        code = (StunErrorCode)((hundreds * 100) + rest);
        return hundreds is >= 3 and <= 6 && rest < 100;
    }

    /// <summary>
    /// Collects types below 0x8000 that we do not know, and returns how many fit (RFC 8489 §6.3.1).
    /// </summary>
    public int CopyUnknownRequired(Span<StunAttribute> destination)
    {
        var count = 0;
        foreach (var attribute in this)
        {
            if ((ushort)attribute.Type < 0x8000
                && !Enum.IsDefined(attribute.Type)
                && count < destination.Length)
            {
                destination[count++] = attribute.Type;
            }
        }

        return count;
    }

    /// <summary>
    /// True if there is a MESSAGE-INTEGRITY and the key makes it. Constant time, no allocation.
    /// </summary>
    public bool VerifyIntegrity(ReadOnlySpan<byte> key)
    {
        if (!HasIntegrity || _layout.Integrity > StunLimits.MaxSignedBytes)
        {
            return false;
        }

        Span<byte> tag = stackalloc byte[StunIntegrity.Sha1Bytes];
        StunIntegrity.ComputeSha1(_message[.._layout.Integrity], key, tag);
        return CryptographicOperations.FixedTimeEquals(tag, ValueAt(_layout.Integrity, tag.Length));
    }

    /// <summary>True if there is an untruncated MESSAGE-INTEGRITY-SHA256 and the key makes it.</summary>
    public bool VerifyIntegritySha256(ReadOnlySpan<byte> key)
    {
        if (!HasIntegritySha256 || _layout.IntegritySha256 > StunLimits.MaxSignedBytes)
        {
            return false;
        }

        Span<byte> tag = stackalloc byte[StunIntegrity.Sha256Bytes];
        StunIntegrity.ComputeSha256(_message[.._layout.IntegritySha256], key, tag);
        return CryptographicOperations.FixedTimeEquals(tag, ValueAt(_layout.IntegritySha256, tag.Length));
    }

    /// <summary>True if there is a FINGERPRINT and it fits the message.</summary>
    public bool VerifyFingerprint() =>
        HasFingerprint
        && BinaryPrimitives.ReadUInt32BigEndian(ValueAt(_layout.Fingerprint, sizeof(uint)))
            == StunFingerprint.Compute(_message[.._layout.Fingerprint]);

    private ReadOnlySpan<byte> ValueAt(int attribute, int length) =>
        _message.Slice(attribute + StunAttributeEnumerator.HeaderBytes, length);
}
