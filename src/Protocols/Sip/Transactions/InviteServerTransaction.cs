using Farspan.Kernel;
using static Farspan.Sip.SipTransactionEffect;

namespace Farspan.Sip;

/// <summary>
/// Answers one INVITE: sends 100 at once, repeats the last response for each retransmission of the INVITE,
/// and repeats a failure until its ACK comes.
/// </summary>
/// <remarks>
/// <para>Source: RFC 3261 §17.2.1 (figure 7), with the Accepted state of RFC 6026 §7.1.</para>
/// <code>
///                2xx                       L
///  Proceeding ─────────► Accepted ──────────────► Terminated
///       │      3xx-6xx               ACK             ▲  ▲
///       └──────────────► Completed ───────► Confirmed┘  │
///                            └───────────H──────────────┘
/// </code>
/// <para>Deviation from RFC 3261 §17.2.1: 100 goes out at once and not only if the transaction user stays
/// silent for 200 ms, because it always takes us longer, and 100 stops the carrier's
/// retransmissions.</para>
/// <para>A 2xx is repeated by the transaction user (<see cref="AcceptedInvite"/>), as RFC 3261 §13.3.1.4
/// says.</para>
/// </remarks>
public sealed class InviteServerTransaction : IServerTransaction
{
    private readonly SipRequest _invite;
    private readonly bool _isReliable;
    private readonly SipTimings _timings;
    private readonly TimerTable<Timer> _timers = new();
    private TimeSpan _intervalG;

    /// <summary>Creates the transaction; nothing is sent before <see cref="Start"/>.</summary>
    public InviteServerTransaction(SipRequest invite, bool isReliable, SipTimings timings)
    {
        Invariant.Require(invite.Method == SipMethod.Invite);

        _invite = invite;
        _isReliable = isReliable;
        _timings = timings;
    }

    private enum Timer
    {
        /// <summary>Timer G: resend the failure; T1, doubling up to T2. Unreliable only.</summary>
        G,

        /// <summary>Timer H: give up waiting for the ACK of a failure; 64*T1 (32 s).</summary>
        H,

        /// <summary>Timer I: absorb retransmitted ACKs; T4 (5 s), or 0 s over a reliable transport.</summary>
        I,

        /// <summary>Timer L: absorb retransmitted INVITEs after a 2xx; 64*T1 (32 s).</summary>
        L,
    }

    public InviteServerState State { get; private set; }

    public bool IsTerminated => State == InviteServerState.Terminated;

    /// <summary>Whether a final response has been sent.</summary>
    public bool IsAnswered => State is not
        (InviteServerState.Idle or InviteServerState.Proceeding);

    /// <summary>The response sent last.</summary>
    public SipResponse? LastResponse { get; private set; }

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => _timers.Next;

    /// <summary>Sends 100 and delivers the INVITE. Call once.</summary>
    public void Start(SipResponse trying, Outbox<SipTransactionEffect> outbox)
    {
        Invariant.Require(State == InviteServerState.Idle && trying.StatusCode == 100);

        State = InviteServerState.Proceeding;
        LastResponse = trying;
        outbox.Add(Send(trying));
        outbox.Add(Deliver(_invite));
    }

    /// <summary>Takes a retransmission of the INVITE.</summary>
    public void ReceiveRetransmission(Outbox<SipTransactionEffect> outbox)
    {
        if (State is InviteServerState.Proceeding or InviteServerState.Completed
            && LastResponse is { } response)
        {
            outbox.Add(Send(response));
        }
    }

    /// <summary>Takes an ACK that matched this transaction: of a failure, or, from some old clients, of a
    /// 2xx.</summary>
    public void ReceiveAck(SipRequest ack, Instant now, Outbox<SipTransactionEffect> outbox)
    {
        if (State == InviteServerState.Accepted)
        {
            outbox.Add(Deliver(ack));
        }
        else if (State == InviteServerState.Completed)
        {
            State = InviteServerState.Confirmed;
            _timers.StopAll();
            _timers.Start(Timer.I, now + (_isReliable ? TimeSpan.Zero : _timings.T4));
        }
    }

    /// <summary>Sends a response of the transaction user's; one that no transition allows is
    /// dropped.</summary>
    /// <returns>Whether it was sent.</returns>
    public bool Respond(SipResponse response, Instant now, Outbox<SipTransactionEffect> outbox)
    {
        if (State == InviteServerState.Accepted && response.IsSuccess)
        {
            outbox.Add(Send(response));
            return true;
        }

        if (State != InviteServerState.Proceeding)
        {
            return false;
        }

        LastResponse = response;
        outbox.Add(Send(response));
        if (response.IsSuccess)
        {
            State = InviteServerState.Accepted;
            _timers.Start(Timer.L, now + _timings.Patience);
        }
        else if (response.IsFailure)
        {
            Complete(now);
        }

        return true;
    }

    /// <summary>Fires the timer that is due at <paramref name="now"/>, if any.</summary>
    public void Expire(Instant now, Outbox<SipTransactionEffect> outbox)
    {
        // H before G: after a stall both may be due, and a dead transaction must not resend.
        if (_timers.TryExpire(Timer.H, now))
        {
            Terminate(SipTransactionOutcome.TimedOut, outbox);
        }
        else if (_timers.TryExpire(Timer.I, now) || _timers.TryExpire(Timer.L, now))
        {
            Terminate(SipTransactionOutcome.Completed, outbox);
        }
        else if (_timers.TryExpire(Timer.G, now) && LastResponse is { } response)
        {
            _intervalG = _timings.Back(_intervalG);
            _timers.Start(Timer.G, now + _intervalG);
            outbox.Add(Send(response));
        }
    }

    /// <summary>Reports that the transport failed: the transaction user hears of it, the state stays
    /// (RFC 6026 §7.1).</summary>
    public void FailTransport(Outbox<SipTransactionEffect> outbox)
    {
        if (State is
            InviteServerState.Proceeding or InviteServerState.Completed or InviteServerState.Accepted)
        {
            outbox.Add(ReportTransportFailure);
        }
    }

    private void Complete(Instant now)
    {
        State = InviteServerState.Completed;
        _timers.Start(Timer.H, now + _timings.Patience);
        if (!_isReliable)
        {
            _intervalG = _timings.T1;
            _timers.Start(Timer.G, now + _intervalG);
        }
    }

    private void Terminate(SipTransactionOutcome outcome, Outbox<SipTransactionEffect> outbox)
    {
        State = InviteServerState.Terminated;
        _timers.StopAll();
        outbox.Add(Finish(outcome));
    }
}
