using Farspan.Stun;

namespace Farspan.Ice;

/// <summary>What one check says (RFC 8445 §7.1).</summary>
/// <param name="Id">Its transaction.</param>
/// <param name="Username">The peer's fragment, a colon, ours.</param>
/// <param name="Priority">The priority our candidate would have as a peer-reflexive one.</param>
/// <param name="Role">Ours.</param>
/// <param name="TieBreaker">Ours, for conflicts of roles.</param>
/// <param name="IsNominating">With USE-CANDIDATE.</param>
internal readonly record struct IceRequest(
    StunTransactionId Id,
    string Username,
    uint Priority,
    IceRole Role,
    ulong TieBreaker,
    bool IsNominating);
