using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// Asks one peer for news, for ever: when, at which address, and what has come in the session so far.
/// </summary>
/// <remarks>
/// <code>
///  Resting ──Ask──► Asked ──answer: more follows──► Resting, for a moment
///     ▲               ├──answer: the last page──┐
///     └───────────────┴──failure, GiveUp────────┘
/// </code>
/// The pages of a session count only together, when the last one has come (<see cref="LogPage"/>). A failure in
/// between does not end the session; another speaker does, because only the first one knows what it left out.
/// </remarks>
internal sealed class PullLoop
{
    private const int DoublingsMax = 8;

    private readonly PullTimings _timings;
    private readonly TimerTable<Timer> _timers = new();
    private readonly Dictionary<string, string> _storeIds = new(StringComparer.Ordinal);
    private readonly List<ConfigurationChange> _staged = [];
    private string? _speaker;
    private int _address;
    private int _failures;
    private int _refusals;
    private Instant _askedAt;

    public PullLoop(PullPeer peer, PullTimings timings)
    {
        Invariant.Require(peer.Addresses.Length > 0);
        Peer = peer;
        _timings = timings;
    }

    private enum Timer
    {
        /// <summary>Ask the next question.</summary>
        Ask,

        /// <summary>Wait for the answer no longer: <see cref="PullTimings.AnswerMax"/>.</summary>
        GiveUp,
    }

    public PullPeer Peer { get; }

    public Instant? Deadline => _timers.Next;

    public string Address => Peer.Addresses[_address];

    /// <summary>The store that answered at this address last; null if none did.</summary>
    public string? StoreId => _storeIds.GetValueOrDefault(Address);

    /// <summary>Names the question that is waited for; 0 while resting.</summary>
    public long Number { get; private set; }

    /// <summary>What this session has shown so far; null before its first page.</summary>
    public VersionVector? Shown { get; private set; }

    /// <summary>Whether the last page of the session has come.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>Whether the last question was answered; null before the first.</summary>
    public bool? IsReachable { get; private set; }

    public void AskAt(Instant moment) => _timers.Start(Timer.Ask, moment);

    public bool TryBegin(long number, Instant now)
    {
        if (!_timers.TryExpire(Timer.Ask, now))
        {
            return false;
        }

        Number = number;
        _askedAt = now;
        _timers.Start(Timer.GiveUp, now + _timings.AnswerMax);
        return true;
    }

    public bool TryGiveUp(Instant now) => _timers.TryExpire(Timer.GiveUp, now);

    /// <summary>Takes note that the peer has answered.</summary>
    /// <returns>Whether it did not before.</returns>
    public bool Answered(PullAnswer answer)
    {
        var isNews = IsReachable != true;
        IsReachable = true;
        Number = 0;
        _failures = 0;
        _storeIds[Address] = answer.StoreId;
        _timers.Stop(Timer.GiveUp);
        return isNews;
    }

    /// <summary>Puts the page to the others of its session and plans the next question.</summary>
    public void Rest(PullAnswer answer, Instant now)
    {
        var isInterrupted = Shown is not null && _speaker != answer.Speaker;
        if (isInterrupted || _staged.Count > ClusterLimits.ChangesMax)
        {
            EndSession();
            AskAt(now + _timings.Spacing);
            return;
        }

        _speaker = answer.Speaker;
        _staged.AddRange(answer.Page.Changes);
        Shown = answer.Page.Through;
        IsComplete = !answer.Page.HasMore;
        AskAt(answer.Page.HasMore || answer.HasMoreRows ? now
            : answer.IsEmpty ? Later(now, _askedAt + _timings.Interval)
            : now + _timings.Spacing);
    }

    /// <summary>Ends the session that is complete.</summary>
    /// <returns>What it has shown.</returns>
    public (IReadOnlyList<ConfigurationChange> Changes, VersionVector Through) TakeSession()
    {
        Invariant.Require(IsComplete && Shown is not null);
        var session = (_staged.ToArray(), Shown);
        EndSession();
        return session;
    }

    /// <summary>
    /// What came is not taken: somebody else of the region may have it without what is wrong with it.
    /// </summary>
    public void Refuse(Instant now)
    {
        Turn();
        var isRoundDone = ++_refusals % Peer.Addresses.Length == 0;
        AskAt(now + (isRoundDone ? _timings.RefusedRetry : _timings.RetryFirst));
    }

    /// <summary>Turns to the next address after a while.</summary>
    /// <returns>Whether the peer answered before.</returns>
    public bool Failed(Instant now)
    {
        var isNews = IsReachable == true;
        IsReachable = false;
        Number = 0;
        Turn();
        var delay = _timings.RetryFirst * (1 << Math.Min(_failures++ / Peer.Addresses.Length, DoublingsMax));
        _timers.Stop(Timer.GiveUp);
        AskAt(now + (delay < _timings.RetryMax ? delay : _timings.RetryMax));
        return isNews;
    }

    private static Instant Later(Instant left, Instant right) => left > right ? left : right;

    private void Turn() => _address = (_address + 1) % Peer.Addresses.Length;

    private void EndSession()
    {
        _staged.Clear();
        Shown = null;
        IsComplete = false;
        _speaker = null;
    }
}
