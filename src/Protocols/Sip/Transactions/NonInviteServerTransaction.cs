using Farspan.Kernel;
using static Farspan.Sip.SipTransactionEffect;

namespace Farspan.Sip;

/// <summary>
/// Answers one request other than INVITE and ACK, and repeats the answer for each retransmission of the
/// request.
/// </summary>
/// <remarks>
/// <para>Source: RFC 3261 §17.2.2 (figure 8).</para>
/// <code>
///            1xx                  2xx-6xx               J
///  Trying ─────────► Proceeding ───────────► Completed ─────► Terminated
///    │ └───────────────2xx-6xx──────────────────▲                 ▲
///    └──────────────────────────transport failure─────────────────┘
/// </code>
/// </remarks>
public sealed class NonInviteServerTransaction : IServerTransaction
{
    private readonly SipRequest _request;
    private readonly bool _isReliable;
    private readonly SipTimings _timings;
    private readonly TimerTable<Timer> _timers = new();

    /// <summary>Creates the transaction; nothing is delivered before <see cref="Start"/>.</summary>
    public NonInviteServerTransaction(SipRequest request, bool isReliable, SipTimings timings)
    {
        Invariant.Require(request.Method is not (SipMethod.Invite or SipMethod.Ack));

        _request = request;
        _isReliable = isReliable;
        _timings = timings;
    }

    private enum Timer
    {
        /// <summary>Timer J: absorb retransmitted requests; 64*T1 (32 s), or 0 s over a reliable
        /// transport.</summary>
        J,
    }

    public NonInviteServerState State { get; private set; }

    public bool IsTerminated => State == NonInviteServerState.Terminated;

    /// <summary>Whether a final response has been sent.</summary>
    public bool IsAnswered => State is not
        (NonInviteServerState.Idle or NonInviteServerState.Trying or NonInviteServerState.Proceeding);

    /// <summary>The response sent last; null before the first.</summary>
    public SipResponse? LastResponse { get; private set; }

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => _timers.Next;

    /// <summary>Delivers the request. Call once.</summary>
    public void Start(Outbox<SipTransactionEffect> outbox)
    {
        Invariant.Require(State == NonInviteServerState.Idle);

        State = NonInviteServerState.Trying;
        outbox.Add(Deliver(_request));
    }

    /// <summary>Takes a retransmission of the request; before the first response there is nothing to
    /// repeat.</summary>
    public void ReceiveRetransmission(Outbox<SipTransactionEffect> outbox)
    {
        if (State != NonInviteServerState.Terminated && LastResponse is { } response)
        {
            outbox.Add(Send(response));
        }
    }

    /// <summary>Sends a response of the transaction user's; one that no transition allows is
    /// dropped.</summary>
    /// <returns>Whether it was sent.</returns>
    public bool Respond(SipResponse response, Instant now, Outbox<SipTransactionEffect> outbox)
    {
        if (State is not (NonInviteServerState.Trying or NonInviteServerState.Proceeding))
        {
            return false;
        }

        LastResponse = response;
        outbox.Add(Send(response));
        if (response.IsProvisional)
        {
            State = NonInviteServerState.Proceeding;
        }
        else
        {
            State = NonInviteServerState.Completed;
            _timers.Start(Timer.J, now + (_isReliable ? TimeSpan.Zero : _timings.Patience));
        }

        return true;
    }

    /// <summary>Fires the timer that is due at <paramref name="now"/>, if any.</summary>
    public void Expire(Instant now, Outbox<SipTransactionEffect> outbox)
    {
        if (_timers.TryExpire(Timer.J, now))
        {
            Terminate(SipTransactionOutcome.Completed, outbox);
        }
    }

    /// <summary>Reports that the transport failed (RFC 3261 §17.2.4).</summary>
    public void FailTransport(Outbox<SipTransactionEffect> outbox)
    {
        switch (State)
        {
            case NonInviteServerState.Terminated:
                break;

            case NonInviteServerState.Completed when _isReliable:
                Terminate(SipTransactionOutcome.Completed, outbox);
                break;

            default:
                Terminate(SipTransactionOutcome.TransportFailed, outbox);
                break;
        }
    }

    /// <summary>An ACK never matches: its key is that of an INVITE.</summary>
    void IServerTransaction.ReceiveAck(SipRequest ack, Instant now, Outbox<SipTransactionEffect> outbox)
    {
    }

    private void Terminate(SipTransactionOutcome outcome, Outbox<SipTransactionEffect> outbox)
    {
        State = NonInviteServerState.Terminated;
        _timers.StopAll();
        outbox.Add(Finish(outcome));
    }
}
