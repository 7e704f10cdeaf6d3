using Farspan.Kernel;
using static Farspan.Sip.SipTransactionEffect;

namespace Farspan.Sip;

/// <summary>
/// Gets one INVITE to the next hop: retransmits it over an unreliable transport, acknowledges a
/// non-2xx final response, and absorbs response retransmissions until the peer has stopped.
/// </summary>
/// <remarks>
/// <para>Source: RFC 3261 §17.1.1 (figure 5), with the Accepted state of RFC 6026 §7.2.</para>
/// <code>
///             1xx                   2xx                  M
///  Calling ─────────► Proceeding ─────────► Accepted ──────────► Terminated
///     │ │ └──────────────2xx──────────────────▲                  ▲     ▲
///     │ │                 │ 3xx-6xx                              │     │
///     │ └─3xx-6xx─► Completed ──────────────D, transport failure─┘     │
///     └────────────────────────────────B, Cancel, transport failure────┘
/// </code>
/// <para>
/// Every input carries the time, every output goes to the outbox, and the owner calls <see cref="Expire"/>
/// at <see cref="Deadline"/>. One owner, no locks.
/// </para>
/// </remarks>
public sealed class InviteClientTransaction : IClientTransaction
{
    private readonly SipRequest _invite;
    private readonly bool _isReliable;
    private readonly SipTimings _timings;
    private readonly TimerTable<Timer> _timers = new();
    private TimeSpan _intervalA;
    private SipRequest? _ack;

    /// <summary>Creates the transaction; nothing is sent before <see cref="Start"/>.</summary>
    /// <param name="invite">The INVITE, with the Via branch that identifies the transaction.</param>
    /// <param name="isReliable">Whether the transport retransmits by itself (TCP, TLS).</param>
    /// <param name="timings">T1, T2 and T4.</param>
    public InviteClientTransaction(SipRequest invite, bool isReliable, SipTimings timings)
    {
        Invariant.Require(invite.Method == SipMethod.Invite);

        _invite = invite;
        _isReliable = isReliable;
        _timings = timings;
    }

    private enum Timer
    {
        /// <summary>Timer A: resend the INVITE; T1, then doubling without a cap. Unreliable only.</summary>
        A,

        /// <summary>Timer B: give up waiting for a first response; 64*T1 (32 s).</summary>
        B,

        /// <summary>Timer D: absorb retransmitted failures; at least 32 s, or 0 s over a reliable
        /// transport.</summary>
        D,

        /// <summary>Timer M: absorb retransmitted and forked 2xx; 64*T1 (32 s).</summary>
        M,

        /// <summary>No letter: give up waiting for a final response after CANCEL; 64*T1
        /// (RFC 3261 §9.1).</summary>
        Cancel,
    }

    public InviteClientState State { get; private set; }

    public bool IsTerminated => State == InviteClientState.Terminated;

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => _timers.Next;

    /// <summary>Sends the INVITE. Call once.</summary>
    public void Start(Instant now, Outbox<SipTransactionEffect> outbox)
    {
        Invariant.Require(State == InviteClientState.Idle);

        State = InviteClientState.Calling;
        outbox.Add(Send(_invite));
        _timers.Start(Timer.B, now + _timings.Patience);
        if (!_isReliable)
        {
            _intervalA = _timings.T1;
            _timers.Start(Timer.A, now + _intervalA);
        }
    }

    /// <summary>Takes a response that matched this transaction (RFC 3261 §17.1.3).</summary>
    public void Receive(SipResponse response, Instant now, Outbox<SipTransactionEffect> outbox)
    {
        switch (State)
        {
            case InviteClientState.Calling or InviteClientState.Proceeding:
                outbox.Add(Deliver(response));
                Advance(response, now, outbox);
                break;

            case InviteClientState.Accepted when response.IsSuccess:
                // A retransmission, or the 2xx of another fork: the TU acknowledges each itself.
                outbox.Add(Deliver(response));
                break;

            case InviteClientState.Completed when response.IsFailure && _ack is { } ack:
                // The peer did not get our ACK. The TU already has this response.
                outbox.Add(Send(ack));
                break;

            default:
                // A late provisional or a contradictory final response: no transition exists.
                break;
        }
    }

    /// <summary>
    /// Reports that a CANCEL was sent: a peer that then gives no final response within 64*T1 is given up
    /// (RFC 3261 §9.1). Allowed only after a provisional response.
    /// </summary>
    public void AwaitEndOfCancelled(Instant now)
    {
        Invariant.Require(State == InviteClientState.Proceeding);

        _timers.Start(Timer.Cancel, now + _timings.Patience);
    }

    /// <summary>Fires the timer that is due at <paramref name="now"/>, if any.</summary>
    public void Expire(Instant now, Outbox<SipTransactionEffect> outbox)
    {
        // B before A: after a stall both may be due, and a dead transaction must not resend.
        if (_timers.TryExpire(Timer.B, now) || _timers.TryExpire(Timer.Cancel, now))
        {
            Terminate(SipTransactionOutcome.TimedOut, outbox);
        }
        else if (_timers.TryExpire(Timer.D, now) || _timers.TryExpire(Timer.M, now))
        {
            Terminate(SipTransactionOutcome.Completed, outbox);
        }
        else if (_timers.TryExpire(Timer.A, now))
        {
            // Counted from now, not from the missed deadline: a stall must not cause a burst.
            _intervalA *= 2;
            _timers.Start(Timer.A, now + _intervalA);
            outbox.Add(Send(_invite));
        }
    }

    /// <summary>Reports that the transport failed (RFC 3261 §17.1.4).</summary>
    /// <remarks>
    /// Deviation from RFC 3261 §17.1.1: a connection lost in Proceeding ends the transaction too, because the
    /// next hop has then most likely died and the call must move on. After a 2xx nothing is left to send.
    /// </remarks>
    public void FailTransport(Outbox<SipTransactionEffect> outbox)
    {
        if (State is not (InviteClientState.Accepted or InviteClientState.Terminated))
        {
            Terminate(SipTransactionOutcome.TransportFailed, outbox);
        }
    }

    private void Advance(SipResponse response, Instant now, Outbox<SipTransactionEffect> outbox)
    {
        if (response.IsProvisional)
        {
            // The TU decides how long ringing may last.
            _timers.Stop(Timer.A);
            _timers.Stop(Timer.B);
            State = InviteClientState.Proceeding;
            return;
        }

        _timers.StopAll();
        if (response.IsSuccess)
        {
            State = InviteClientState.Accepted;
            _timers.Start(Timer.M, now + _timings.Patience);
        }
        else
        {
            State = InviteClientState.Completed;
            _ack = _invite.CreateNon2xxAck(response);
            outbox.Add(Send(_ack));
            _timers.Start(Timer.D, now + (_isReliable ? TimeSpan.Zero : _timings.FailureAbsorption));
        }
    }

    private void Terminate(SipTransactionOutcome outcome, Outbox<SipTransactionEffect> outbox)
    {
        State = InviteClientState.Terminated;
        _timers.StopAll();
        outbox.Add(Finish(outcome));
    }
}
