using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Ice;

/// <summary>
/// Finds a way to a peer and keeps it: a full ICE agent with regular nomination, for one stream with one
/// component (RFC 8445), and the consent that must stay fresh (RFC 7675).
/// </summary>
/// <remarks>
/// <code>
///         Start        a pair works        it is nominated
///  New ─────────► Checking ─────► Connected ─────► Completed
///                    │                └──────┬────────┘
///                    └─ time is up ─► Failed └─ 30 s without an answer ─► Disconnected
/// </code>
/// <para>
/// Sans-IO: sockets and TURN allocations are the owner's, named by base ids. The owner calls
/// <see cref="Expire"/> at <see cref="Deadline"/> and performs the outbox. An ICE restart is a new agent with
/// new credentials on the same bases. Not thread-safe; one call mailbox owns it.
/// </para>
/// </remarks>
public sealed partial class IceAgent
{
    private readonly IceSettings _settings;
    private readonly RandomSource _random;
    private readonly ulong _tieBreaker;
    private readonly IceCredentials _localCredentials;
    private readonly IceResponder _responder;
    private readonly IceChecklist _checklist;
    private readonly IceConsent _consent = new();
    private readonly TimerTable<Timer> _timers = new();
    private readonly List<IceLocalCandidate> _locals = [];
    private readonly List<IceCandidate> _remotes = [];
    private readonly List<IceInboundCheck> _earlyChecks = [];
    private IceCredentials? _remoteCredentials;
    private string _username = "";
    private Instant _nextCheckAt;
    private Instant? _nominateAnywayAt;
    private IceCandidatePair? _selected;

    public IceAgent(IceRole role, IceCredentials localCredentials, IceSettings settings, RandomSource random)
    {
        Role = role;
        _localCredentials = localCredentials;
        _settings = settings;
        _random = random;
        _tieBreaker = random.NextUInt64();
        _responder = new IceResponder(localCredentials, _tieBreaker);
        _checklist = new IceChecklist(settings.RelayPolicy);
    }

    private enum Timer
    {
        /// <summary>No pair worked: <see cref="IceSettings.ConnectTimeout"/> after the start.</summary>
        Connect,

        /// <summary>Ta: the next new check may leave.</summary>
        Pace,

        /// <summary>Nominate the best pair, though a better one is undecided.</summary>
        Nominate,

        /// <summary>Ask for consent: every 5 s, times 0.8 to 1.2.</summary>
        Consent,

        /// <summary>Consent is gone: 30 s after the last answer.</summary>
        ConsentExpiry,
    }

    /// <summary>May change when both sides claim one role.</summary>
    public IceRole Role { get; private set; }

    public IceState State { get; private set; }

    /// <summary>What our description announces, in the order of addition.</summary>
    public IReadOnlyList<IceLocalCandidate> LocalCandidates => _locals;

    /// <summary>The pair that media uses; null before one worked and after consent was lost.</summary>
    public IceSelection? Selection { get; private set; }

    /// <summary>When to call <see cref="Expire"/>; null while nothing runs.</summary>
    public Instant? Deadline => IsLive ? Instant.Earlier(_timers.Next, _checklist.Deadline) : null;

    private bool IsLive => State is not (IceState.Failed or IceState.Disconnected or IceState.Closed);

    /// <summary>
    /// Adds a candidate of ours, before or after the start; false if the policy or a limit refuses it.
    /// </summary>
    public bool AddLocal(IceLocalCandidate candidate)
    {
        var isUnwanted = _settings.RelayPolicy == IceRelayPolicy.RelayOnly
            && candidate.Candidate.Kind != IceCandidateKind.Relayed;
        if (isUnwanted || _locals.Count >= IceLimits.MaxLocalCandidates)
        {
            return false;
        }

        _locals.Add(candidate);
        if (State != IceState.New)
        {
            _remotes.ForEach(remote => AddPair(candidate.BaseId, remote));
            ScheduleCheck();
        }

        return true;
    }

    /// <summary>Begins to check, with what the peer's description says. Call once.</summary>
    public void Start(IceRemoteDescription remote, Instant now, Outbox<IceEffect> outbox)
    {
        Invariant.Require(State == IceState.New);
        State = IceState.Checking;
        _remoteCredentials = remote.Credentials;
        _username = $"{remote.Credentials.UserNameFragment}:{_localCredentials.UserNameFragment}";
        if (remote.IsLite)
        {
            Role = IceRole.Controlling;
        }

        foreach (var candidate in remote.Candidates)
        {
            AddRemote(candidate);
        }

        _timers.Start(Timer.Connect, now + _settings.ConnectTimeout);
        foreach (var check in _earlyChecks)
        {
            Process(check, now, outbox);
        }

        _earlyChecks.Clear();
        SendNextCheck(now, outbox);
    }

    /// <summary>
    /// Adds a candidate of the peer's that came after its description; duplicates are ignored.
    /// </summary>
    public void AddRemote(IceCandidate candidate)
    {
        Invariant.Require(State != IceState.New);
        if (_remotes.Count < IceLimits.MaxRemoteCandidates && FindRemote(candidate.Address) is null)
        {
            _remotes.Add(candidate);
            _locals.ForEach(local => AddPair(local.BaseId, candidate));
            ScheduleCheck();
        }
    }

    /// <summary>Takes a datagram that looked like STUN; anything but Binding is ignored.</summary>
    public void Receive(
        int baseId,
        TransportAddress remote,
        ReadOnlySpan<byte> message,
        Instant now,
        Outbox<IceEffect> outbox)
    {
        if (!IsLive
            || !StunMessageView.TryDecode(message, out var stun, out _)
            || stun.Method != StunMethod.Binding
            || (stun.HasFingerprint && !stun.VerifyFingerprint())
            || FindLocal(baseId) is null)
        {
            return;
        }

        var path = new IcePath(baseId, remote);
        switch (stun.Class)
        {
            case StunClass.Request:
                Answer(path, stun, now, outbox);
                break;
            case StunClass.Success or StunClass.Error when _remoteCredentials is not null:
                TakeResponse(path, stun, now, outbox);
                break;
        }

        SendNextCheck(now, outbox);
    }

    /// <summary>Does what is due at <paramref name="now"/>.</summary>
    public void Expire(Instant now, Outbox<IceEffect> outbox)
    {
        // The ends first: after a stall several timers may be due, and a dead session must not send.
        if (_timers.TryExpire(Timer.ConsentExpiry, now) && !TryReplaceSelected(now, outbox))
        {
            End(IceState.Disconnected, new IceEffect.ConsentLost(), outbox);
            return;
        }

        if (_timers.TryExpire(Timer.Connect, now) && State == IceState.Checking)
        {
            var failure = _checklist.Pairs.IsEmpty ? IceFailure.NoPairs : IceFailure.NoAnswer;
            End(IceState.Failed, new IceEffect.Failed(failure), outbox);
            return;
        }

        Retransmit(now, outbox);
        if (_timers.TryExpire(Timer.Consent, now))
        {
            AskConsent(now, outbox);
        }

        if (_timers.TryExpire(Timer.Nominate, now))
        {
            Nominate(now);
        }

        SendNextCheck(now, outbox);
    }

    /// <summary>Where media goes now; false while nothing may be sent. Allocates nothing.</summary>
    public bool TrySelect(out int baseId, out TransportAddress remote)
    {
        var selection = Selection.GetValueOrDefault();
        baseId = selection.BaseId;
        remote = selection.Remote;
        return Selection is not null;
    }

    /// <summary>Ends the session in silence.</summary>
    public void Close()
    {
        State = IceState.Closed;
        Selection = null;
        _timers.StopAll();
    }

    private void End(IceState state, IceEffect effect, Outbox<IceEffect> outbox)
    {
        Close();
        State = state;
        outbox.Add(effect);
    }

    /// <summary>What a base is best known as: its host candidate, where there is one.</summary>
    private IceLocalCandidate? FindLocal(int baseId)
    {
        IceLocalCandidate? best = null;
        foreach (var local in _locals)
        {
            if (local.BaseId == baseId
                && (best is null || local.Candidate.Priority > best.Candidate.Priority))
            {
                best = local;
            }
        }

        return best;
    }

    private IceCandidate? FindRemote(TransportAddress address)
    {
        foreach (var remote in _remotes)
        {
            if (remote.Address == address)
            {
                return remote;
            }
        }

        return null;
    }

    /// <summary>
    /// Pairs a base with a candidate of the peer's. What a base is known as (reflexive, host) makes no pair
    /// of its own: such pairs would be pruned (RFC 8445 §6.1.2.4).
    /// </summary>
    private IceCandidatePair? AddPair(int baseId, IceCandidate remote)
    {
        var local = FindLocal(baseId)!;
        if (!IceChecklist.CanPair(local.Candidate.Address, remote.Address)
            || _checklist.Find(new IcePath(baseId, remote.Address)) is not null)
        {
            return null;
        }

        var pair = new IceCandidatePair(local, remote);
        return _checklist.TryAdd(pair, Role) ? pair : null;
    }
}
