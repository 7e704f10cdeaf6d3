using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Ice;

/// <summary>
/// The bytes of checks and their answers (RFC 8445 §7.1, §7.3). Each is one exact array, free to be kept.
/// </summary>
internal static class IceMessages
{
    /// <param name="check">Who asks, in which role, and what it knows.</param>
    /// <param name="key">The peer's password.</param>
    public static ReadOnlyMemory<byte> Request(in IceRequest check, ReadOnlySpan<byte> key)
    {
        Span<byte> buffer = stackalloc byte[IceLimits.MaxCheckBytes];
        var writer = new StunWriter(buffer, StunClass.Request, StunMethod.Binding, check.Id);
        writer.WriteText(StunAttribute.Username, check.Username);
        writer.WriteUInt32(StunAttribute.Priority, check.Priority);
        var isControlling = check.Role == IceRole.Controlling;
        var role = isControlling ? StunAttribute.IceControlling : StunAttribute.IceControlled;
        writer.WriteUInt64(role, check.TieBreaker);
        if (check.IsNominating)
        {
            writer.WriteFlag(StunAttribute.UseCandidate);
        }

        return Finish(ref writer, buffer, key);
    }

    public static ReadOnlyMemory<byte> Success(
        StunTransactionId id,
        TransportAddress source,
        ReadOnlySpan<byte> key)
    {
        Span<byte> buffer = stackalloc byte[IceLimits.MaxCheckBytes];
        var writer = new StunWriter(buffer, StunClass.Success, StunMethod.Binding, id);
        writer.WriteAddress(StunAttribute.XorMappedAddress, source);
        return Finish(ref writer, buffer, key);
    }

    /// <summary>An error response, unsigned if the key is empty.</summary>
    public static ReadOnlyMemory<byte> Error(
        StunTransactionId id,
        StunErrorCode code,
        ReadOnlySpan<StunAttribute> unknown,
        ReadOnlySpan<byte> key)
    {
        Span<byte> buffer = stackalloc byte[IceLimits.MaxCheckBytes];
        var writer = new StunWriter(buffer, StunClass.Error, StunMethod.Binding, id);
        writer.WriteErrorCode(code, Reason(code));
        if (!unknown.IsEmpty)
        {
            writer.WriteUnknownAttributes(unknown);
        }

        return Finish(ref writer, buffer, key);
    }

    private static ReadOnlySpan<byte> Reason(StunErrorCode code) => code switch
    {
        StunErrorCode.BadRequest => "Bad Request"u8,
        StunErrorCode.Unauthenticated => "Unauthenticated"u8,
        StunErrorCode.UnknownAttribute => "Unknown Attribute"u8,
        StunErrorCode.RoleConflict => "Role Conflict"u8,
        _ => default,
    };

    private static byte[] Finish(ref StunWriter writer, ReadOnlySpan<byte> buffer, ReadOnlySpan<byte> key)
    {
        if (!key.IsEmpty)
        {
            writer.WriteIntegrity(key);
        }

        writer.WriteFingerprint();
        var fits = writer.TryFinish(out var length);
        Invariant.Require(fits);
        return buffer[..length].ToArray();
    }
}
