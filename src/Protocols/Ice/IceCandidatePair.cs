using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Ice;

/// <summary>
/// A base of ours and a candidate of the peer's, with the check that tries them (RFC 8445 §6.1.2).
/// </summary>
internal sealed class IceCandidatePair(IceLocalCandidate local, IceCandidate remote)
{
    private StunRetransmission _retransmission;

    public IceLocalCandidate Local { get; } = local;

    public IceCandidate Remote { get; } = remote;

    public IcePath Path { get; } = new(local.BaseId, remote.Address);

    public bool IsRelayed => Local.Candidate.Kind == IceCandidateKind.Relayed;

    /// <summary>Depends on the roles, and changes with them.</summary>
    public ulong Priority { get; set; }

    public IcePairState State { get; set; }

    /// <summary>The transaction under way, if any. A succeeded pair may have one: its nomination.</summary>
    public IceCheck? Check { get; private set; }

    /// <summary>The transaction that a triggered check replaced; its late response still counts.</summary>
    public IceCheck? ReplacedCheck { get; private set; }

    /// <summary>When to call <see cref="Expire"/>; null while no check is under way.</summary>
    public Instant? Deadline => _retransmission.Deadline;

    /// <summary>
    /// It worked, and no later check of it failed: a member of the valid list (RFC 8445 §7.2.5.3.2).
    /// </summary>
    public bool IsValid => State == IcePairState.Succeeded;

    /// <summary>We control, and the next check is to carry USE-CANDIDATE.</summary>
    public bool IsToBeNominated { get; set; }

    /// <summary>
    /// The peer controls and sent USE-CANDIDATE before the pair worked (RFC 8445 §7.3.1.5).
    /// </summary>
    public bool IsNominatedByPeer { get; set; }

    public bool IsNominated { get; set; }

    /// <summary>When the last valid response came: the age of the peer's consent.</summary>
    public Instant RespondedAt { get; private set; }

    /// <summary>When the peer last proved to be there: by a response, or by a check of its own.</summary>
    public Instant HeardAt { get; private set; }

    /// <summary>Our address as the peer sees it; none until a response told.</summary>
    public TransportAddress MappedAddress { get; private set; }

    public bool HasFoundationOf(IceCandidatePair other) =>
        Local.Candidate.Foundation == other.Local.Candidate.Foundation
        && Remote.Foundation == other.Remote.Foundation;

    /// <summary>Begins a transaction; the one under way is not sent again.</summary>
    public void Begin(IceCheck check, StunRetransmission retransmission)
    {
        ReplacedCheck = Check;
        Check = check;
        _retransmission = retransmission;
        State = State == IcePairState.Succeeded ? State : IcePairState.InProgress;
    }

    public StunRetransmissionStep Expire(Instant now) => _retransmission.Expire(now);

    public void Succeed(TransportAddress mapped, Instant now)
    {
        EndChecks();
        State = IcePairState.Succeeded;
        MappedAddress = mapped;
        RefreshConsent(now);
    }

    public void RefreshConsent(Instant now)
    {
        RespondedAt = now;
        HeardAt = now;
    }

    public void Hear(Instant now) => HeardAt = now;

    public void Fail()
    {
        EndChecks();
        State = IcePairState.Failed;
        IsToBeNominated = false;
    }

    /// <summary>Stops the check of a pair that works without it; the pair goes on working.</summary>
    public void AbandonCheck()
    {
        EndChecks();
        IsToBeNominated = false;
    }

    /// <summary>The transaction that a response belongs to, if it is one of this pair's.</summary>
    public IceCheck? FindCheck(StunTransactionId id) =>
        Check?.Id == id ? Check : ReplacedCheck?.Id == id ? ReplacedCheck : null;

    private void EndChecks()
    {
        Check = null;
        ReplacedCheck = null;
        _retransmission = default;
    }
}
