using Farspan.Kernel;
using static Farspan.Sip.SipTransactionEffect;

namespace Farspan.Sip;

/// <summary>
/// Gets one request other than INVITE and ACK to the next hop, retransmitting it over an unreliable
/// transport until a final response comes.
/// </summary>
/// <remarks>
/// <para>Source: RFC 3261 §17.1.2 (figure 6).</para>
/// <code>
///            1xx                  2xx-6xx               K
///  Trying ─────────► Proceeding ───────────► Completed ─────► Terminated
///    │ └───────────────2xx-6xx──────────────────▲                 ▲
///    └──────────────────────────F, transport failure──────────────┘
/// </code>
/// </remarks>
public sealed class NonInviteClientTransaction : IClientTransaction
{
    private readonly SipRequest _request;
    private readonly bool _isReliable;
    private readonly SipTimings _timings;
    private readonly TimerTable<Timer> _timers = new();
    private TimeSpan _intervalE;

    /// <summary>Creates the transaction; nothing is sent before <see cref="Start"/>.</summary>
    public NonInviteClientTransaction(SipRequest request, bool isReliable, SipTimings timings)
    {
        Invariant.Require(request.Method is not (SipMethod.Invite or SipMethod.Ack));

        _request = request;
        _isReliable = isReliable;
        _timings = timings;
    }

    private enum Timer
    {
        /// <summary>Timer E: resend the request; T1, doubling up to T2; always T2 in Proceeding. Unreliable
        /// only.</summary>
        E,

        /// <summary>Timer F: give up waiting for a final response; 64*T1 (32 s).</summary>
        F,

        /// <summary>Timer K: absorb retransmitted responses; T4 (5 s), or 0 s over a reliable
        /// transport.</summary>
        K,
    }

    public NonInviteClientState State { get; private set; }

    public bool IsTerminated => State == NonInviteClientState.Terminated;

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => _timers.Next;

    /// <summary>Sends the request. Call once.</summary>
    public void Start(Instant now, Outbox<SipTransactionEffect> outbox)
    {
        Invariant.Require(State == NonInviteClientState.Idle);

        State = NonInviteClientState.Trying;
        outbox.Add(Send(_request));
        _timers.Start(Timer.F, now + _timings.Patience);
        if (!_isReliable)
        {
            _intervalE = _timings.T1;
            _timers.Start(Timer.E, now + _intervalE);
        }
    }

    /// <summary>Takes a response that matched this transaction (RFC 3261 §17.1.3).</summary>
    public void Receive(SipResponse response, Instant now, Outbox<SipTransactionEffect> outbox)
    {
        if (State is not (NonInviteClientState.Trying or NonInviteClientState.Proceeding))
        {
            return;
        }

        outbox.Add(Deliver(response));
        if (response.IsProvisional)
        {
            State = NonInviteClientState.Proceeding;
            return;
        }

        State = NonInviteClientState.Completed;
        _timers.StopAll();
        _timers.Start(Timer.K, now + (_isReliable ? TimeSpan.Zero : _timings.T4));
    }

    /// <summary>Fires the timer that is due at <paramref name="now"/>, if any.</summary>
    public void Expire(Instant now, Outbox<SipTransactionEffect> outbox)
    {
        // F before E: after a stall both may be due, and a dead transaction must not resend.
        if (_timers.TryExpire(Timer.F, now))
        {
            Terminate(SipTransactionOutcome.TimedOut, outbox);
        }
        else if (_timers.TryExpire(Timer.K, now))
        {
            Terminate(SipTransactionOutcome.Completed, outbox);
        }
        else if (_timers.TryExpire(Timer.E, now))
        {
            _intervalE = State == NonInviteClientState.Proceeding ? _timings.T2 : _timings.Back(_intervalE);
            _timers.Start(Timer.E, now + _intervalE);
            outbox.Add(Send(_request));
        }
    }

    /// <summary>Reports that the transport failed (RFC 3261 §17.1.4).</summary>
    public void FailTransport(Outbox<SipTransactionEffect> outbox)
    {
        switch (State)
        {
            case NonInviteClientState.Terminated:
                break;

            case NonInviteClientState.Completed:
                Terminate(SipTransactionOutcome.Completed, outbox);
                break;

            default:
                Terminate(SipTransactionOutcome.TransportFailed, outbox);
                break;
        }
    }

    private void Terminate(SipTransactionOutcome outcome, Outbox<SipTransactionEffect> outbox)
    {
        State = NonInviteClientState.Terminated;
        _timers.StopAll();
        outbox.Add(Finish(outcome));
    }
}
