using System.Buffers.Binary;
using System.Text;
using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>
/// Writes one STUN message into the caller's span (RFC 8489 §5, §14): attributes in order, then an
/// integrity attribute, then FINGERPRINT. Padding is zero. Nothing is allocated.
/// </summary>
public ref struct StunWriter
{
    private readonly Span<byte> _destination;
    private int _position;
    private bool _hasOverflowed;

    public StunWriter(
        Span<byte> destination,
        StunClass @class,
        StunMethod method,
        StunTransactionId transactionId)
    {
        _destination = destination;
        if (Take(StunLimits.HeaderBytes) is { IsEmpty: false } header)
        {
            BinaryPrimitives.WriteUInt16BigEndian(header, StunHeader.TypeOf(@class, method));
            BinaryPrimitives.WriteUInt32BigEndian(header[StunHeader.CookieOffset..], StunHeader.MagicCookie);
            transactionId.Write(header[StunHeader.TransactionIdOffset..]);
        }
    }

    public void WriteBytes(StunAttribute type, scoped ReadOnlySpan<byte> value)
    {
        if (Append(type, value.Length) is { IsEmpty: false } room)
        {
            value.CopyTo(room);
        }
    }

    /// <summary>UTF-8, at most 763 bytes, the longest text STUN knows.</summary>
    public void WriteText(StunAttribute type, scoped ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[StunLimits.MaxRealmBytes];
        var fits = Encoding.UTF8.TryGetBytes(text, bytes, out var count);
        Invariant.Require(fits);
        WriteBytes(type, bytes[..count]);
    }

    public void WriteFlag(StunAttribute type) => WriteBytes(type, default);

    public void WriteUInt32(StunAttribute type, uint number)
    {
        Span<byte> value = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(value, number);
        WriteBytes(type, value);
    }

    public void WriteUInt64(StunAttribute type, ulong number)
    {
        Span<byte> value = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64BigEndian(value, number);
        WriteBytes(type, value);
    }

    /// <summary>MAPPED-ADDRESS and ALTERNATE-SERVER go out plain, all others XORed.</summary>
    public void WriteAddress(StunAttribute type, TransportAddress address)
    {
        Span<byte> value = stackalloc byte[StunAddress.MaxBytes];
        var isPlain = type is StunAttribute.MappedAddress or StunAttribute.AlternateServer;
        if (!_hasOverflowed)
        {
            var mask = isPlain ? default : _destination[StunHeader.CookieOffset..StunLimits.HeaderBytes];
            WriteBytes(type, value[..StunAddress.Encode(address, mask, value)]);
        }
    }

    public void WriteErrorCode(StunErrorCode code, scoped ReadOnlySpan<byte> reason)
    {
        var (hundreds, rest) = Math.DivRem((int)code, 100);
        Span<byte> value = stackalloc byte[4 + reason.Length];
        value[0] = value[1] = 0;
        value[2] = (byte)hundreds;
        value[3] = (byte)rest;
        reason.CopyTo(value[4..]);
        WriteBytes(StunAttribute.ErrorCode, value);
    }

    public void WriteUnknownAttributes(scoped ReadOnlySpan<StunAttribute> types)
    {
        Invariant.Require(types.Length <= StunLimits.MaxUnknownAttributes);
        Span<byte> value = stackalloc byte[types.Length * sizeof(ushort)];
        for (var i = 0; i < types.Length; i++)
        {
            BinaryPrimitives.WriteUInt16BigEndian(value[(i * sizeof(ushort))..], (ushort)types[i]);
        }

        WriteBytes(StunAttribute.UnknownAttributes, value);
    }

    /// <summary>MESSAGE-INTEGRITY over everything so far.</summary>
    public void WriteIntegrity(scoped ReadOnlySpan<byte> key)
    {
        Span<byte> tag = stackalloc byte[StunIntegrity.Sha1Bytes];
        if (!_hasOverflowed)
        {
            StunIntegrity.ComputeSha1(_destination[.._position], key, tag);
            WriteBytes(StunAttribute.MessageIntegrity, tag);
        }
    }

    /// <summary>MESSAGE-INTEGRITY-SHA256 over everything so far.</summary>
    public void WriteIntegritySha256(scoped ReadOnlySpan<byte> key)
    {
        Span<byte> tag = stackalloc byte[StunIntegrity.Sha256Bytes];
        if (!_hasOverflowed)
        {
            StunIntegrity.ComputeSha256(_destination[.._position], key, tag);
            WriteBytes(StunAttribute.MessageIntegritySha256, tag);
        }
    }

    /// <summary>FINGERPRINT over everything so far; nothing may follow it.</summary>
    public void WriteFingerprint()
    {
        var covered = _position;
        if (Append(StunAttribute.Fingerprint, sizeof(uint)) is { IsEmpty: false } value)
        {
            PatchLength();
            BinaryPrimitives.WriteUInt32BigEndian(value, StunFingerprint.Compute(_destination[..covered]));
        }
    }

    /// <summary>Completes the header; false if the span was too small for the message.</summary>
    public bool TryFinish(out int bytesWritten)
    {
        bytesWritten = _hasOverflowed ? 0 : _position;
        if (bytesWritten > 0)
        {
            PatchLength();
        }

        return bytesWritten > 0;
    }

    /// <summary>The room for a value; empty if it does not fit or the value is empty.</summary>
    private Span<byte> Append(StunAttribute type, int valueBytes)
    {
        Invariant.Require(valueBytes <= ushort.MaxValue);
        var paddedBytes = StunAttributeEnumerator.PaddedLength(valueBytes);
        var room = Take(StunAttributeEnumerator.HeaderBytes + paddedBytes);
        if (room.IsEmpty)
        {
            return default;
        }

        BinaryPrimitives.WriteUInt16BigEndian(room, (ushort)type);
        BinaryPrimitives.WriteUInt16BigEndian(room[2..], (ushort)valueBytes);
        return room.Slice(StunAttributeEnumerator.HeaderBytes, valueBytes);
    }

    /// <summary>The next bytes, zeroed; empty once something did not fit.</summary>
    private Span<byte> Take(int count)
    {
        _hasOverflowed |= count > _destination.Length - _position;
        if (_hasOverflowed)
        {
            return default;
        }

        var room = _destination.Slice(_position, count);
        room.Clear();
        _position += count;
        return room;
    }

    private readonly void PatchLength() => BinaryPrimitives.WriteUInt16BigEndian(
        _destination[StunHeader.LengthOffset..],
        (ushort)(_position - StunLimits.HeaderBytes));
}
