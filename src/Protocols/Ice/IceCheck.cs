using Farspan.Stun;

namespace Farspan.Ice;

/// <summary>One Binding transaction of a pair (RFC 8445 §7.2.4).</summary>
internal sealed class IceCheck
{
    public required StunTransactionId Id { get; init; }

    public required ReadOnlyMemory<byte> Bytes { get; init; }

    /// <summary>The role that the request claims, for telling a stale 487 from a fresh one.</summary>
    public required IceRole Role { get; init; }

    /// <summary>True if it carries USE-CANDIDATE.</summary>
    public required bool IsNominating { get; init; }
}
