using System.Text;
using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Ice;

/// <summary>
/// The server's half of a check: authenticates a Binding request with our own credentials, settles roles, and
/// writes the answer (RFC 8445 §7.3, RFC 8489 §9.1.3).
/// </summary>
internal sealed class IceResponder(IceCredentials local, ulong tieBreaker)
{
    private readonly byte[] _usernamePrefix = Encoding.ASCII.GetBytes($"{local.UserNameFragment}:");

    public IceVerdict Judge(StunMessageView request, TransportAddress source, IceRole role)
    {
        var id = request.TransactionId;
        if (Authenticate(request) is { } refusal)
        {
            return new IceVerdict(IceMessages.Error(id, refusal, default, default), IsAccepted: false);
        }

        Span<StunAttribute> unknown = stackalloc StunAttribute[StunLimits.MaxUnknownAttributes];
        var unknownCount = request.CopyUnknownRequired(unknown);
        if (unknownCount > 0)
        {
            return Refuse(id, StunErrorCode.UnknownAttribute, unknown[..unknownCount]);
        }

        if (!request.TryGetUInt32(StunAttribute.Priority, out var priority))
        {
            return Refuse(id, StunErrorCode.BadRequest, default);
        }

        if (IsConflict(request, role, out var isOursToKeep) && isOursToKeep)
        {
            return Refuse(id, StunErrorCode.RoleConflict, default);
        }

        return new IceVerdict(
            IceMessages.Success(id, source, local.Key),
            IsAccepted: true,
            IsConflict(request, role, out _),
            priority,
            request.Has(StunAttribute.UseCandidate));
    }

    private StunErrorCode? Authenticate(StunMessageView request)
    {
        if (!request.HasIntegrity || !request.TryGet(StunAttribute.Username, out var username))
        {
            return StunErrorCode.BadRequest;
        }

        return username.StartsWith(_usernamePrefix) && request.VerifyIntegrity(local.Key)
            ? null
            : StunErrorCode.Unauthenticated;
    }

    /// <summary>
    /// Both claim one role: the larger tie-breaker controls. Our role stays if we control and are larger,
    /// or are controlled and smaller; the other case switches it.
    /// </summary>
    private bool IsConflict(StunMessageView request, IceRole role, out bool isOursToKeep)
    {
        var isControlling = role == IceRole.Controlling;
        var sameRole = isControlling ? StunAttribute.IceControlling : StunAttribute.IceControlled;
        var isConflict = request.TryGetUInt64(sameRole, out var theirs);
        isOursToKeep = isControlling ? tieBreaker >= theirs : tieBreaker < theirs;
        return isConflict;
    }

    private IceVerdict Refuse(
        StunTransactionId id,
        StunErrorCode code,
        ReadOnlySpan<StunAttribute> unknown) =>
        new(IceMessages.Error(id, code, unknown, local.Key), IsAccepted: false);
}
