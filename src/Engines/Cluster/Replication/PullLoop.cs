using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>Asks one peer for news, for ever: when, at which address, and what has come so far.</summary>
/// <remarks>
/// <code>
///  Resting ──Ask──► Asked ──answer: more follows──► Asked
///     ▲               ├──answer: the last page──┐
///     └───────────────┴──failure, GiveUp────────┘
/// </code>
/// The pages of one session count only when the last one has come (<see cref="LogPage"/>); a failure in between
/// begins the session anew.
/// </remarks>
internal sealed class PullLoop
{
    private readonly PullTimings _timings;
    private readonly TimerTable<Timer> _timers = new();
    private readonly Dictionary<string, string> _storeIds = new(StringComparer.Ordinal);
    private int _address;
    private int _failures;
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

    /// <summary>Whether something of this session was refused, so that it cannot be committed.</summary>
    public bool HasRefused { get; set; }

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

    /// <summary>Takes note of an answer.</summary>
    /// <returns>Whether the peer did not answer before.</returns>
    public bool Answered(PullAnswer answer)
    {
        var isNews = IsReachable != true;
        IsReachable = true;
        _failures = 0;
        _storeIds[Address] = answer.StoreId;
        Shown = answer.Page.Through;
        Number = 0;
        _timers.Stop(Timer.GiveUp);
        return isNews;
    }

    /// <summary>Plans the next question of the session, or of the next one.</summary>
    public void Rest(PullAnswer answer, Instant now)
    {
        var isRefused = HasRefused && !answer.Page.HasMore;
        if (!answer.Page.HasMore)
        {
            Shown = null;
            HasRefused = false;
        }

        var next = isRefused ? now + _timings.RefusedRetry
            : answer.Page.HasMore || answer.HasMoreRows ? now
            : answer.IsEmpty ? Later(now, _askedAt + _timings.Interval)
            : now + _timings.Spacing;
        AskAt(next);
    }

    /// <summary>Turns to the next address after a while.</summary>
    /// <returns>Whether the peer answered before.</returns>
    public bool Failed(Instant now)
    {
        var isNews = IsReachable == true;
        IsReachable = false;
        Number = 0;
        Shown = null;
        HasRefused = false;
        _address = (_address + 1) % Peer.Addresses.Length;
        var doublings = Math.Min(_failures++ / Peer.Addresses.Length, 8);
        var delay = _timings.RetryFirst * (1 << doublings);
        _timers.Stop(Timer.GiveUp);
        AskAt(now + (delay < _timings.RetryMax ? delay : _timings.RetryMax));
        return isNews;
    }

    private static Instant Later(Instant left, Instant right) => left > right ? left : right;
}
