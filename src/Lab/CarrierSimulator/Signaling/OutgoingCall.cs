using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.CarrierSimulator;

/// <summary>
/// The caller's side of one call: INVITE, ACK, the talk time, BYE; and whatever the other side asks in
/// between.
/// </summary>
/// <remarks>
/// <para>Source: RFC 3261 §13.2, §14.2, §15; RFC 3264 for what is offered and answered.</para>
/// <code>
///   Calling ──2xx──► Talking ──talk time──► Ending ──answer to BYE──► Ended
///      │                └──BYE of the peer──────────────────────────►
///      ├──ring time, given up──► Cancelling ──487, 2xx then BYE─────►
///      └──3xx-6xx, failure──────────────────────────────────────────►
/// </code>
/// </remarks>
internal sealed partial class OutgoingCall
{
    private readonly CallerContext _context;
    private readonly CallPlan _plan;
    private readonly SipFlow _flow;
    private readonly CallerMessages _messages;
    private readonly CarrierNegotiation _negotiation;
    private readonly TimerTable<Timer> _timers = new();
    private readonly Instant _startedAt;
    private SipClientTransaction? _invite;
    private SipDialog? _dialog;
    private SipRequest? _ack;
    private AcceptedInvite? _accepted;
    private Phase _phase;
    private CallResult _result;
    private int? _statusCode;
    private string _detail = "";
    private TimeSpan? _setupTime;

    public OutgoingCall(long id, CallPlan plan, CallerContext context, LocalMedia media, Instant now)
    {
        (Id, _plan, _context, _startedAt) = (id, plan, context, now);
        _flow = context.Flow;
        _negotiation = new CarrierNegotiation(context.Settings.Media, media);
        _messages = new CallerMessages(context, plan.Code);
    }

    private enum Phase
    {
        Calling,
        Cancelling,
        Talking,
        Ending,
        Ended,
    }

    private enum Timer
    {
        /// <summary>No letter: nobody answers; <see cref="CarrierSettings.RingTimeMax"/>.</summary>
        Ring,

        /// <summary>No letter: the talk time is over; <see cref="CallPlan.TalkTime"/>.</summary>
        Talk,

        /// <summary>No letter: the BYE gets no answer; <see cref="CarrierLimits.HangUpPatience"/>.</summary>
        HangUp,
    }

    public long Id { get; }

    public string SipCallId => _messages.CallId;

    public bool IsEnded => _phase == Phase.Ended;

    public Instant? Deadline => Instant.Earlier(_timers.Next, _accepted?.Deadline);

    public void Start(Instant now)
    {
        var offer = _negotiation.Offer(Direction.SendReceive, FreshKeys());
        var invite = _messages.Invite(_context.Layer.CreateVia(_flow), offer);
        _invite = Send(invite, now);
        if (_invite is null)
        {
            End(CallResult.TransportFailed);
            return;
        }

        _timers.Start(Timer.Ring, now + _context.Settings.RingTimeMax);
    }

    /// <summary>Ends the call before its time: CANCEL while it rings, else BYE.</summary>
    public void GiveUp(Instant now)
    {
        if (_phase == Phase.Calling)
        {
            Cancel(CallResult.Abandoned, now);
        }
        else if (_phase == Phase.Talking)
        {
            HangUp(CallResult.Abandoned, now);
        }
    }

    public void Expire(Instant now)
    {
        if (_timers.TryExpire(Timer.Ring, now) && _phase == Phase.Calling)
        {
            Cancel(CallResult.NotAnswered, now);
        }

        if (_timers.TryExpire(Timer.Talk, now) && _phase == Phase.Talking)
        {
            HangUp(CallResult.Completed, now);
        }

        if (_timers.TryExpire(Timer.HangUp, now))
        {
            End(_result);
        }

        RepeatAnswer(now);
    }

    public void Receive(SipClientTransaction transaction, SipResponse response, Instant now)
    {
        if (ReferenceEquals(transaction, _invite))
        {
            ReceiveToInvite(response, now);
        }
        else
        {
            _dialog?.Receive(response);
            EndAfterHangUp(response.IsFinal);
        }
    }

    public void Fail(SipClientTransaction transaction, SipTransactionOutcome outcome)
    {
        if (!ReferenceEquals(transaction, _invite))
        {
            EndAfterHangUp(isOver: true);
        }
        else if (_phase is Phase.Calling or Phase.Cancelling)
        {
            var isLost = outcome == SipTransactionOutcome.TransportFailed;
            var result = _phase == Phase.Cancelling ? _result : CallResult.NotAnswered;
            End(isLost ? CallResult.TransportFailed : result);
        }
    }

    private static string Explain(SipResponse response) =>
        response.Reason is { } reason ? reason.ToString() : response.ReasonPhrase;

    private void ReceiveToInvite(SipResponse response, Instant now)
    {
        if (response.IsProvisional)
        {
            return;
        }

        _statusCode = response.StatusCode;
        if (response.IsSuccess)
        {
            ReceiveSuccess(response, now);
        }
        else if (_phase is Phase.Calling or Phase.Cancelling)
        {
            _detail = Explain(response);
            End(_phase == Phase.Cancelling ? _result : CallResult.Rejected);
        }
    }

    private void ReceiveSuccess(SipResponse response, Instant now)
    {
        if (_dialog is null)
        {
            Establish(response, now);
        }
        else if (response.To.Tag == _dialog.Id.RemoteTag)
        {
            // The peer did not get our ACK (RFC 3261 §13.2.2.4).
            _context.Layer.SendAck(_ack!, _flow, _context.Outbox);
        }
        else
        {
            // Another phone answered too; one is enough.
            var fork = SipDialog.WithoutRoute(_invite!.Request, response);
            if (SipDialog.TryCall(_invite.Request, response, out var routed))
            {
                fork = routed;
            }

            Acknowledge(fork);
            Send(fork.CreateRequest(SipMethod.Bye, _context.Layer.CreateVia(_flow)).Build(), now);
        }
    }

    private void Establish(SipResponse response, Instant now)
    {
        if (!SipDialog.TryCall(_invite!.Request, response, out _dialog))
        {
            // A 2xx is a call: it is acknowledged and ended, though not by the way it asks for.
            _detail = "the route of the answer cannot be used";
            _dialog = SipDialog.WithoutRoute(_invite.Request, response);
            _ack = Acknowledge(_dialog);
            HangUp(_phase == Phase.Cancelling ? _result : CallResult.Unusable, now);
            return;
        }

        _timers.Stop(Timer.Ring);
        _ack = Acknowledge(_dialog);
        if (_phase == Phase.Cancelling)
        {
            // The answer and our CANCEL crossed.
            HangUp(_result, now);
            return;
        }

        _setupTime = now - _startedAt;
        Talk(response, now);
    }

    private void Talk(SipResponse response, Instant now)
    {
        var failure = NegotiationFailure.NoAudio;
        if (CallerMessages.ReadSession(response) is { } answer)
        {
            failure = _negotiation.Accept(answer);
        }

        if (failure != NegotiationFailure.None)
        {
            _detail = $"answer: {failure}";
            HangUp(CallResult.Unusable, now);
            return;
        }

        _phase = Phase.Talking;
        _timers.Start(Timer.Talk, now + _plan.TalkTime);
        ReportAudio();
    }

    private SipRequest Acknowledge(SipDialog dialog)
    {
        var via = _context.Layer.CreateVia(_flow);
        var ack = dialog.CreateAck(_invite!.Request.CSeq.Number, via).Build();
        _context.Layer.SendAck(ack, _flow, _context.Outbox);
        return ack;
    }

    private void Cancel(CallResult result, Instant now)
    {
        (_phase, _result) = (Phase.Cancelling, result);
        _timers.Stop(Timer.Ring);
        _context.Layer.Cancel(_invite!, reason: null, now, _context.Outbox);
    }

    private void HangUp(CallResult result, Instant now)
    {
        (_phase, _result) = (Phase.Ending, result);
        _timers.StopAll();
        _accepted = null;
        _timers.Start(Timer.HangUp, now + CarrierLimits.HangUpPatience);
        var bye = _dialog!.CreateRequest(SipMethod.Bye, _context.Layer.CreateVia(_flow)).Build();
        if (Send(bye, now) is null)
        {
            End(result);
        }
    }

    private void EndAfterHangUp(bool isOver)
    {
        if (isOver && _phase == Phase.Ending)
        {
            End(_result);
        }
    }

    private void End(CallResult result)
    {
        if (_phase == Phase.Ended)
        {
            return;
        }

        _phase = Phase.Ended;
        _timers.StopAll();
        _accepted = null;
        var ending = new CallEnding(SipCallId, result, _statusCode, _detail, _setupTime);
        _context.Effects.Add(new CallerEffect.CallEnded(Id, ending));
    }

    private SipClientTransaction? Send(SipRequest request, Instant now)
    {
        var transaction = _context.Layer.SendRequest(request, _flow, now, _context.Outbox);
        if (transaction is not null)
        {
            transaction.Owner = this;
        }

        return transaction;
    }

    private void Respond(SipServerTransaction transaction, SipResponse response, Instant now)
    {
        _context.Layer.Respond(transaction, response, now, _context.Outbox);
        _dialog?.Answered(transaction.Request, response.StatusCode);
    }

    private void ReportAudio()
    {
        if (_negotiation is { IsOfferPending: false, Audio: { } audio })
        {
            _context.Effects.Add(new CallerEffect.AudioAgreed(Id, audio));
        }
    }

    private byte[] FreshKeys()
    {
        var keys = new byte[CarrierNegotiation.FreshKeyBytes];
        _context.Keys(keys);
        return keys;
    }
}
