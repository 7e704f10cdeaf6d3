using Farspan.Kernel;

namespace Farspan.Chime;

/// <summary>
/// The client's side of Chime signalling for one attendee: takes a seat in a meeting, exchanges offer and
/// answer, follows the roster, and keeps or rebuilds the WebSocket until somebody ends it.
/// </summary>
/// <remarks>
/// <code>
/// Idle ─Open─► Opening ─socket─► Joining ─JOIN_ACK─► AwaitingIndex ─INDEX─► Joined
///                ▲                  │                     │                   │ Subscribe
///                │ Retry            └─────────┬───────────┘                   ▼
///            BackingOff ◄──retryable failure──┴─────────────────────── Subscribing
///                ▲                                                          │ SUBSCRIBE_ACK
///                └────close, lost pongs, Rejoin── Subscribed ◄──────────────┘
///
/// any ─Leave─► Leaving ─LEAVE_ACK, 2 s─► Left          any ─terminal status, window over─► Failed
/// </code>
/// <para>A first start ends when one stage stays silent; a rejoin then tries again until its window closes.
/// A retryable failure that is said aloud is tried again in both. Source: the Chime SDK for JavaScript
/// 3.33.</para>
/// <para>Sans-IO; the owner performs the effects and calls <see cref="Expire"/> at <see
/// cref="Deadline"/>.</para>
/// </remarks>
public sealed partial class ChimeSession
{
    /// <summary>
    /// The sub-protocol that the server selects; the join token follows it in the client's list.
    /// </summary>
    public const string SubProtocol = "_aws_wt_session";

    private const int NormalClosure = 1000;

    private readonly ChimeJoin _join;
    private readonly ChimeTimings _timings;
    private readonly RandomSource _random;
    private readonly ChimeFrames _frames;
    private readonly TimerTable<Timer> _timers = new();
    private readonly ChimeRoster _roster = new();
    private readonly PingCounter _pings = new();
    private bool _isMuted;
    private bool _hasSubscribed;
    private bool _hasSocket;
    private int _attempt;
    private Instant _subscribedAt;
    private ChimeEnd? _lastFailure;
    private ChimeTurnCredentials? _turnCredentials;

    /// <summary>Creates the session; nothing happens before <see cref="Open"/>.</summary>
    /// <param name="join">The seat.</param>
    /// <param name="timings">How long to wait.</param>
    /// <param name="random">For the audio session id and the back-off.</param>
    /// <param name="clockOrigin">The wall-clock time of <see cref="Instant.Zero"/>: frames carry
    /// timestamps.</param>
    public ChimeSession(ChimeJoin join, ChimeTimings timings, RandomSource random, DateTimeOffset clockOrigin)
    {
        _join = join;
        _timings = timings;
        _random = random;
        AudioSessionId = join.AudioSessionId ?? random.NextUInt32();
        _frames = new ChimeFrames(join, AudioSessionId, clockOrigin);
    }

    private enum Timer
    {
        /// <summary>The current stage's answer: see <see cref="ChimeTimings"/>.</summary>
        Stage,

        /// <summary>The whole start (15 s) or rejoin (60 s).</summary>
        Window,

        /// <summary>The next ping: every 10 s.</summary>
        Ping,

        /// <summary>Back-off before the next attempt.</summary>
        Retry,
    }

    public ChimeSessionState State { get; private set; }

    /// <summary>Kept through every rejoin, also by another host.</summary>
    public uint AudioSessionId { get; }

    /// <summary>The WebSocket that counts; events of others are ignored. 0 before the first.</summary>
    public int Socket { get; private set; }

    /// <summary>
    /// Whether this is a rejoin: the seat was ours before, in this session or in the one it continues.
    /// </summary>
    public bool IsRejoin => _hasSubscribed || _join.AudioSessionId is not null;

    public IReadOnlyList<RosterEntry> Roster => _roster.Entries;

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => _timers.Next;

    private bool IsSocketOpen => _hasSocket && State != ChimeSessionState.Opening;

    private bool IsOver => State is ChimeSessionState.Left or ChimeSessionState.Failed;

    /// <summary>Starts the first attempt. Call once.</summary>
    public void Open(Instant now, Outbox<ChimeEffect> outbox)
    {
        Invariant.Require(State == ChimeSessionState.Idle);

        _timers.Start(Timer.Window, now + (IsRejoin ? _timings.RejoinWindow : _timings.Start));
        OpenSocket(now, outbox);
    }

    /// <summary>The WebSocket is open: ping at once, and JOIN.</summary>
    public void SocketOpened(int socket, Instant now, Outbox<ChimeEffect> outbox)
    {
        if (socket == Socket && State == ChimeSessionState.Opening)
        {
            SendPing(now, outbox);
            Send(_frames.Join(now), outbox);
            Enter(ChimeSessionState.Joining, _timings.Join, now);
        }
    }

    /// <summary>One binary message. What is no frame, or not expected now, is dropped.</summary>
    public void SocketReceived(
        int socket, ReadOnlySpan<byte> message, Instant now, Outbox<ChimeEffect> outbox)
    {
        if (socket == Socket && IsSocketOpen && SignalFrame.TryDecode(message, out var frame, out _))
        {
            Receive(frame, now, outbox);
        }
    }

    /// <summary>
    /// The WebSocket closed or could not be opened; 1006 if no code was received (RFC 6455 §7.1.5).
    /// </summary>
    public void SocketClosed(int socket, int code, string reason, Instant now, Outbox<ChimeEffect> outbox)
    {
        if (socket != Socket || !_hasSocket)
        {
            return;
        }

        _hasSocket = false;
        var isSeated = State is ChimeSessionState.Joined or ChimeSessionState.Subscribing
            or ChimeSessionState.Subscribed;
        if (State == ChimeSessionState.Leaving)
        {
            Finish(new ChimeEnd(ChimeEndReason.Left), outbox);
        }
        else
        {
            var failure = isSeated
                ? ChimeStatus.FromCloseAfterJoining(code, reason)
                : ChimeStatus.FromCloseWhileJoining(code, reason);
            Fail(failure, now, outbox);
        }
    }

    /// <summary>The HTTP server answered the upgrade with something else than 101.</summary>
    public void SocketRefused(int socket, int httpStatus, Instant now, Outbox<ChimeEffect> outbox)
    {
        if (socket == Socket && State == ChimeSessionState.Opening)
        {
            _hasSocket = false;
            Fail(ChimeStatus.FromRefusal(httpStatus), now, outbox);
        }
    }

    /// <summary>
    /// Sends the offer after <see cref="ChimeEffect.Joined"/>, or a new one while subscribed.
    /// </summary>
    /// <returns>False, doing nothing, if the seat is not ours at the moment.</returns>
    public bool TrySubscribe(string sdpOffer, Instant now, Outbox<ChimeEffect> outbox)
    {
        if (State is not (ChimeSessionState.Joined or ChimeSessionState.Subscribed))
        {
            return false;
        }

        Send(_frames.Subscribe(sdpOffer, _isMuted, now), outbox);
        Enter(ChimeSessionState.Subscribing, _timings.Subscribe, now);
        return true;
    }

    /// <summary>Tells the meeting whether we are muted, now or with the next SUBSCRIBE.</summary>
    public void Mute(bool isMuted, Instant now, Outbox<ChimeEffect> outbox)
    {
        if (_isMuted != isMuted && State is ChimeSessionState.Subscribing or ChimeSessionState.Subscribed)
        {
            Send(_frames.AudioControl(isMuted, now), outbox);
        }

        _isMuted = isMuted;
    }

    /// <summary>
    /// Builds the signalling anew at once, because the owner knows that it or the media is dead. Does
    /// nothing while that is under way.
    /// </summary>
    public void Rejoin(Instant now, Outbox<ChimeEffect> outbox)
    {
        if (State is ChimeSessionState.Joined or ChimeSessionState.Subscribing
            or ChimeSessionState.Subscribed)
        {
            StartRejoin(new ChimeEnd(ChimeEndReason.SignalingLost), now, outbox);
        }
        else if (State == ChimeSessionState.BackingOff)
        {
            _timers.Stop(Timer.Retry);
            OpenSocket(now, outbox);
        }
    }

    /// <summary>Gives the seat up: this ends the contact.</summary>
    public void Leave(Instant now, Outbox<ChimeEffect> outbox)
    {
        if (IsOver || State == ChimeSessionState.Leaving)
        {
            return;
        }

        if (!IsSocketOpen)
        {
            Finish(new ChimeEnd(ChimeEndReason.Left), outbox);
            return;
        }

        _timers.StopAll();
        Send(_frames.Leave(now), outbox);
        Enter(ChimeSessionState.Leaving, _timings.Leave, now);
    }

    /// <summary>Goes silent without a LEAVE: another session has the seat, or will take it.</summary>
    public void Abandon(Outbox<ChimeEffect> outbox)
    {
        if (!IsOver)
        {
            Finish(new ChimeEnd(ChimeEndReason.Displaced), outbox);
        }
    }

    /// <summary>Fires the timers that are due at <paramref name="now"/>.</summary>
    public void Expire(Instant now, Outbox<ChimeEffect> outbox)
    {
        // The window first: after a stall everything may be due, and a session without time must not retry.
        if (_timers.TryExpire(Timer.Window, now))
        {
            var end = _lastFailure ?? TimedOut();
            Finish(end with { IsRejoinAllowed = !IsRejoin }, outbox);
        }
        else if (_timers.TryExpire(Timer.Stage, now))
        {
            ExpireStage(now, outbox);
        }
        else if (_timers.TryExpire(Timer.Retry, now))
        {
            OpenSocket(now, outbox);
        }
        else if (_timers.TryExpire(Timer.Ping, now))
        {
            SendPing(now, outbox);
        }
    }

    private void ExpireStage(Instant now, Outbox<ChimeEffect> outbox)
    {
        if (State == ChimeSessionState.Leaving)
        {
            Finish(new ChimeEnd(ChimeEndReason.Left), outbox);
        }
        else if (IsRejoin)
        {
            Fail(TimedOut(), now, outbox);
        }
        else
        {
            Finish(TimedOut() with { IsRejoinAllowed = true }, outbox);
        }
    }

    private ChimeEnd TimedOut() => new(ChimeEndReason.TimedOut)
    {
        Stage = State switch
        {
            ChimeSessionState.Opening or ChimeSessionState.BackingOff => ChimeStage.Open,
            ChimeSessionState.Joining => ChimeStage.Join,
            ChimeSessionState.AwaitingIndex => ChimeStage.Index,
            ChimeSessionState.Joined => ChimeStage.Offer,
            _ => ChimeStage.Subscribe,
        },
    };

    private void SendPing(Instant now, Outbox<ChimeEffect> outbox)
    {
        if (_pings.Unanswered >= _timings.MaxUnansweredPings)
        {
            Fail(new ChimeEnd(ChimeEndReason.SignalingLost) { Detail = "no pong" }, now, outbox);
            return;
        }

        Send(_frames.Ping(_pings.Next(), now), outbox);
        _timers.Start(Timer.Ping, now + _timings.PingInterval);
    }

    /// <summary>Tries again where that can help and there is time, else ends.</summary>
    private void Fail(ChimeEnd failure, Instant now, Outbox<ChimeEffect> outbox)
    {
        if (!failure.IsRetryable)
        {
            Finish(failure, outbox);
        }
        else if (_timers.IsRunning(Timer.Window))
        {
            BackOff(failure, now, outbox);
        }
        else
        {
            StartRejoin(failure, now, outbox);
        }
    }

    /// <summary>
    /// The first attempt follows at once, unless the last success did not hold: then the back-off goes on.
    /// </summary>
    private void StartRejoin(ChimeEnd cause, Instant now, Outbox<ChimeEffect> outbox)
    {
        if (!_timers.IsRunning(Timer.Window))
        {
            _timers.Start(Timer.Window, now + _timings.RejoinWindow);
        }

        outbox.Add(new ChimeEffect.Rejoining(cause));
        if (_hasSubscribed && now - _subscribedAt < _timings.RetryCap)
        {
            BackOff(cause, now, outbox);
            return;
        }

        _attempt = 0;
        _lastFailure = cause;
        CloseSocket(outbox);
        OpenSocket(now, outbox);
    }

    private void BackOff(ChimeEnd failure, Instant now, Outbox<ChimeEffect> outbox)
    {
        _lastFailure = failure;
        CloseSocket(outbox);
        State = ChimeSessionState.BackingOff;
        _timers.Stop(Timer.Stage);
        _timers.Start(Timer.Retry, now + NextBackOff());
    }

    /// <summary>Full jitter: hosts that lost the same server do not come back together.</summary>
    private TimeSpan NextBackOff()
    {
        var doublings = Math.Min(_attempt - 1, 10);
        var ceiling = TimeSpan.FromTicks(
            Math.Min(_timings.RetryBase.Ticks << doublings, _timings.RetryCap.Ticks));
        return ceiling * _random.NextDouble();
    }

    private void OpenSocket(Instant now, Outbox<ChimeEffect> outbox)
    {
        Socket++;
        _hasSocket = true;
        _attempt++;
        _roster.Clear();
        _pings.Reset();
        outbox.Add(new ChimeEffect.OpenSocket(Socket, _frames.Url, _frames.SubProtocols));
        Enter(ChimeSessionState.Opening, _timings.Open, now);
    }

    private void CloseSocket(Outbox<ChimeEffect> outbox)
    {
        _timers.Stop(Timer.Ping);
        if (_hasSocket)
        {
            _hasSocket = false;
            outbox.Add(new ChimeEffect.CloseSocket(Socket, NormalClosure));
        }
    }

    private void Finish(ChimeEnd end, Outbox<ChimeEffect> outbox)
    {
        CloseSocket(outbox);
        _timers.StopAll();
        State = end.Reason == ChimeEndReason.Left ? ChimeSessionState.Left : ChimeSessionState.Failed;
        outbox.Add(new ChimeEffect.Ended(end));
    }

    private void Enter(ChimeSessionState state, TimeSpan limit, Instant now)
    {
        State = state;
        _timers.Start(Timer.Stage, now + limit);
    }

    private void Send(byte[] frame, Outbox<ChimeEffect> outbox) =>
        outbox.Add(new ChimeEffect.Send(Socket, frame));
}
