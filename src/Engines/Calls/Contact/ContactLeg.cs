using System.Text;
using Farspan.Chime;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sdp;
using static Farspan.Calls.ContactLegEvent;

namespace Farspan.Calls;

/// <summary>
/// The Amazon side of a call once its contact exists: takes the seat in the Chime meeting, connects media
/// to it, and rebuilds whatever breaks for as long as the seat can be kept.
/// </summary>
/// <remarks>
/// <code>
/// Idle ─Start─► Joining ─Joined─► Gathering ─Gathered─► Subscribing ─answer─► Connecting ─media─► Connected
///                  ▲                                                                                 │
///                  └───────── signalling lost, media lost: the same attendee joins again ◄──────────┘
/// any ─Leave─► Leaving ─► Ended          any ─status that is final, time over─► Ended
/// </code>
/// Displacement (AUDIO_STATUS 301) ends the leg without a word to anybody: another node owns the contact.
/// Sans-IO; owned by one <see cref="Call"/>.
/// </remarks>
public sealed class ContactLeg
{
    private readonly string _callId;
    private readonly long _mediaId;
    private readonly ContactLegTimings _timings;
    private readonly ChimeSession _chime;
    private readonly Outbox<ChimeEffect> _chimeEffects = new();
    private readonly TimerTable<Timer> _timers = new();
    private bool _wasConnected;

    public ContactLeg(string callId, long mediaId, ChimeSession chime, ContactLegTimings timings)
    {
        _callId = callId;
        _mediaId = mediaId;
        _chime = chime;
        _timings = timings;
    }

    private enum Timer
    {
        /// <summary>Candidates, then the connection: see <see cref="ContactLegTimings"/>.</summary>
        Stage,

        /// <summary>The whole rebuilding of a leg that was connected.</summary>
        Rejoin,
    }

    /// <summary>What the call is to be told; drained by the owner after every input.</summary>
    public Outbox<ContactLegEvent> Events { get; } = new();

    public ContactLegState State { get; private set; }

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => Instant.Earlier(_timers.Next, _chime.Deadline);

    public bool IsOver => State is ContactLegState.Ended;

    /// <summary>Whether a leg that failed leaves its seat without a word: another node may rebuild it.</summary>
    public bool KeepsSeat { get; init; }

    /// <summary>Kept through every rejoin, also by another host.</summary>
    public uint AudioSessionId => _chime.AudioSessionId;

    private bool IsActive => State is not (
        ContactLegState.Idle or ContactLegState.Leaving or ContactLegState.Ended);

    /// <summary>Takes the seat. Call once.</summary>
    public void Start(Instant now, Outbox<ConnectorEffect> outbox)
    {
        Invariant.Require(State == ContactLegState.Idle);

        State = ContactLegState.Joining;
        _chime.Open(now, _chimeEffects);
        ApplyChime(now, outbox);
    }

    public void SocketOpened(int socket, Instant now, Outbox<ConnectorEffect> outbox)
    {
        _chime.SocketOpened(socket, now, _chimeEffects);
        ApplyChime(now, outbox);
    }

    public void SocketReceived(
        int socket, ReadOnlySpan<byte> message, Instant now, Outbox<ConnectorEffect> outbox)
    {
        _chime.SocketReceived(socket, message, now, _chimeEffects);
        ApplyChime(now, outbox);
    }

    public void SocketClosed(int socket, int code, string reason, Instant now, Outbox<ConnectorEffect> outbox)
    {
        _chime.SocketClosed(socket, code, reason, now, _chimeEffects);
        ApplyChime(now, outbox);
    }

    public void SocketRefused(int socket, int httpStatus, Instant now, Outbox<ConnectorEffect> outbox)
    {
        _chime.SocketRefused(socket, httpStatus, now, _chimeEffects);
        ApplyChime(now, outbox);
    }

    /// <summary>Candidates are there: make the offer.</summary>
    public void MediaGathered(LocalTransport transport, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (State != ContactLegState.Gathering)
        {
            return;
        }

        _timers.Stop(Timer.Stage);
        State = ContactLegState.Subscribing;
        var offer = SdpWriter.Write(WebRtcOffer.Create(transport));
        if (!_chime.TrySubscribe(offer, now, _chimeEffects))
        {
            // The signalling broke meanwhile and is being rebuilt: it will ask for candidates again.
            State = ContactLegState.Joining;
        }

        ApplyChime(now, outbox);
    }

    public void MediaConnected(string selectedPair)
    {
        if (State != ContactLegState.Connecting)
        {
            return;
        }

        State = ContactLegState.Connected;
        _timers.StopAll();
        Events.Add(_wasConnected ? new Rejoined(selectedPair) : new Connected(selectedPair));
        _wasConnected = true;
    }

    /// <summary>
    /// The media plane has no connection: fatal before the first one, else a reason to join again.
    /// </summary>
    public void MediaLost(ContactLoss loss, string detail, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (!IsActive)
        {
            return;
        }

        if (_wasConnected && loss != ContactLoss.Defect)
        {
            BeginRejoin($"{loss}: {detail}", now);
            _chime.Rejoin(now, _chimeEffects);
            ApplyChime(now, outbox);
        }
        else
        {
            GiveUp(OutcomeOf(loss), detail, now, outbox);
        }
    }

    /// <summary>Tells the meeting that the caller is on hold, or back.</summary>
    public void Mute(bool isMuted, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (IsActive)
        {
            _chime.Mute(isMuted, now, _chimeEffects);
            ApplyChime(now, outbox);
        }
    }

    /// <summary>The caller is gone: gives the seat up, which ends the contact.</summary>
    public void Leave(Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (!IsActive)
        {
            State = State == ContactLegState.Idle ? ContactLegState.Ended : State;
            return;
        }

        State = ContactLegState.Leaving;
        _timers.StopAll();
        _chime.Leave(now, _chimeEffects);
        ApplyChime(now, outbox);
    }

    /// <summary>Lets go of the seat without a word: another node has it, or is to take it.</summary>
    public void Relinquish(Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (IsActive)
        {
            State = ContactLegState.Ended;
            _timers.StopAll();
            _chime.Abandon(_chimeEffects);
            ApplyChime(now, outbox);
        }
        else if (State == ContactLegState.Idle)
        {
            State = ContactLegState.Ended;
        }
    }

    public void Expire(Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (_timers.TryExpire(Timer.Rejoin, now))
        {
            GiveUp(CallOutcome.ContactMediaLost, "could not be rebuilt in time", now, outbox);
        }
        else if (_timers.TryExpire(Timer.Stage, now))
        {
            var isGathering = State == ContactLegState.Gathering;
            var loss = isGathering ? ContactLoss.RelayUnavailable : ContactLoss.IceFailed;
            MediaLost(loss, "time limit", now, outbox);
        }
        else
        {
            _chime.Expire(now, _chimeEffects);
            ApplyChime(now, outbox);
        }
    }

    private void ApplyChime(Instant now, Outbox<ConnectorEffect> outbox)
    {
        foreach (var effect in _chimeEffects.Drain())
        {
            Apply(effect, now, outbox);
        }
    }

    private void Apply(ChimeEffect effect, Instant now, Outbox<ConnectorEffect> outbox)
    {
        switch (effect)
        {
            case ChimeEffect.OpenSocket open:
                outbox.Add(new ConnectorEffect.OpenSocket(Name(open.Socket), open.Url, open.SubProtocols));
                break;
            case ChimeEffect.Send send:
                outbox.Add(new ConnectorEffect.SendSocket(Name(send.Socket), send.Message));
                break;
            case ChimeEffect.CloseSocket close:
                outbox.Add(new ConnectorEffect.CloseSocket(Name(close.Socket), close.Code));
                break;
            case ChimeEffect.Joined joined:
                Gather(joined.TurnCredentials, now, outbox);
                break;
            case ChimeEffect.Subscribed subscribed:
                Connect(subscribed.SdpAnswer, now, outbox);
                break;
            case ChimeEffect.Rejoining rejoining:
                BeginRejoin($"{rejoining.Cause.Reason} {rejoining.Cause.Detail}".Trim(), now);
                break;
            case ChimeEffect.RosterChanged change:
                Events.Add(new ContactLegEvent.RosterChanged(change.Change, change.Entry));
                break;
            case ChimeEffect.Ended ended:
                End(ended.End);
                break;
            default:
                throw Invariant.Unreachable(effect);
        }
    }

    private void Gather(ChimeTurnCredentials? turn, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (!IsActive)
        {
            return;
        }

        State = ContactLegState.Gathering;
        _timers.Start(Timer.Stage, now + _timings.Gather);
        var servers = turn is { Uris.Count: > 0 }
            ? new TurnServers(turn.Uris, turn.Username, turn.Password)
            : null;
        outbox.Add(new ConnectorEffect.CommandMedia(new MediaCommand.Gather(_mediaId, servers)));
        Events.Add(new Joined(servers is not null));
    }

    private void Connect(string answer, Instant now, Outbox<ConnectorEffect> outbox)
    {
        if (!IsActive)
        {
            return;
        }

        if (!SdpParser.TryParse(Encoding.UTF8.GetBytes(answer), out var session, out var error))
        {
            GiveUp(CallOutcome.SignalingRefused, $"answer cannot be read: {error}", now, outbox);
        }
        else if (!RemoteTransport.TryRead(session, out var remote, out var fault))
        {
            GiveUp(CallOutcome.SignalingRefused, $"answer cannot be used: {fault}", now, outbox);
        }
        else
        {
            State = ContactLegState.Connecting;
            _timers.Start(Timer.Stage, now + _timings.Connect);
            outbox.Add(new ConnectorEffect.CommandMedia(new MediaCommand.ConnectContact(_mediaId, remote)));
        }
    }

    private void BeginRejoin(string cause, Instant now)
    {
        if (!IsActive)
        {
            return;
        }

        State = ContactLegState.Joining;
        _timers.Stop(Timer.Stage);
        if (_wasConnected && !_timers.IsRunning(Timer.Rejoin))
        {
            _timers.Start(Timer.Rejoin, now + _timings.Rejoin);
            Events.Add(new Rejoining(cause));
        }
    }

    // The leg failed though the seat may be fine: the seat is given up, and the call is told first.
    private void GiveUp(CallOutcome outcome, string detail, Instant now, Outbox<ConnectorEffect> outbox)
    {
        Events.Add(new Ended(outcome, detail, IsContactOver: false));
        if (KeepsSeat)
        {
            Relinquish(now, outbox);
        }
        else
        {
            Leave(now, outbox);
        }
    }

    private void End(ChimeEnd end)
    {
        var isNews = IsActive;
        State = ContactLegState.Ended;
        _timers.StopAll();
        if (isNews)
        {
            var isOver = end.Reason is ChimeEndReason.MeetingEnded or ChimeEndReason.Displaced;
            Events.Add(new Ended(SipCauseTable.OutcomeOf(end, _wasConnected), Describe(end), isOver));
        }
    }

    private static string Describe(ChimeEnd end) =>
        string.Join(' ', new object?[] { end.Reason, end.Stage, end.Code, end.Detail }
            .Where(part => part is not null and not ""));

    private static CallOutcome OutcomeOf(ContactLoss loss) => loss switch
    {
        ContactLoss.RelayUnavailable => CallOutcome.RelayUnavailable,
        ContactLoss.IceFailed => CallOutcome.IceFailed,
        ContactLoss.DtlsFailed => CallOutcome.DtlsFailed,
        ContactLoss.ConsentLost => CallOutcome.ContactMediaLost,
        ContactLoss.Defect => CallOutcome.Defect,
        _ => throw Invariant.Unreachable(loss),
    };

    private SocketId Name(int socket) => new(_callId, socket);
}
