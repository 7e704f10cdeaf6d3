using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;
using static Farspan.Calls.CarrierLegEvent;

namespace Farspan.Calls;

/// <summary>
/// The carrier's side of a call: the UAS of its INVITE and, from then on, one end of its dialog. Negotiates
/// media, answers, follows re-INVITE and UPDATE, keeps the session timer, ends the dialog.
/// </summary>
/// <remarks>
/// <para>Source: RFC 3261 §12-§15, RFC 3264, RFC 3311, RFC 4028, RFC 6026, RFC 6086.</para>
/// <code>
///  INVITE ─► Offered ─Ring─► Ringing ─Answer─► Answered ─ACK─► Confirmed ─BYE─► Ended
///               │  CANCEL, Reject │               │ HangUp, no ACK  │ HangUp      ▲
///               └─────────────────┴───► Ended     └────► Ending ◄───┘ ──BYE's answer
/// </code>
/// It knows nothing of Amazon Connect: connector and edge share it. Sans-IO; owned by one <see cref="Call"/>.
/// </remarks>
public sealed partial class CarrierLeg
{
    private readonly CarrierLegSettings _settings;
    private readonly SipTransactionLayer _layer;
    private readonly SipServerTransaction _invite;
    private readonly RandomSource _random;
    private readonly KeyMaterialSource _keys;
    private readonly CarrierMessages _messages;
    private readonly SessionTimer _sessionTimer = new();
    private readonly TimerTable<Timer> _timers = new();
    private SipDialog? _dialog;
    private CarrierNegotiation? _negotiation;
    private SessionDescription? _localDescription;
    private SessionTimerVerdict _timerVerdict;
    private AcceptedInvite? _accepted;
    private SipServerTransaction? _acceptedInvite;
    private SipResponse? _acceptedResponse;
    private SipCause? _pendingBye;
    private SipFlow _flow;
    private bool _isHeld;

    public CarrierLeg(
        CarrierLegSettings settings,
        SipTransactionLayer layer,
        SipServerTransaction invite,
        RandomSource random,
        KeyMaterialSource keys)
    {
        _settings = settings;
        _layer = layer;
        _invite = invite;
        _random = random;
        _keys = keys;
        _flow = invite.Flow;
        _messages = new CarrierMessages(settings, invite.Flow);
    }

    private enum Timer
    {
        /// <summary>Send the refresh again that met 491: 0 to 2 s (RFC 3261 §14.1).</summary>
        Glare,
    }

    /// <summary>What the call is to be told; drained by the owner after every input.</summary>
    public Outbox<CarrierLegEvent> Events { get; } = new();

    public CarrierLegState State { get; private set; }

    public string SipCallId => _invite.Request.CallId;

    public string LocalTag => _invite.LocalTag;

    public string RemoteTag => _invite.Request.From.Tag ?? "";

    /// <summary>What was agreed; null before the first agreement.</summary>
    public NegotiatedAudio? Audio => _negotiation?.Audio;

    /// <summary>Nothing more is sent or expected; the transaction layer absorbs what still comes.</summary>
    public bool IsOver => State is CarrierLegState.Ended or CarrierLegState.Fenced;

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => IsOver
        ? null
        : Instant.Earlier(_timers.Next, Instant.Earlier(_accepted?.Deadline, _sessionTimer.Deadline));

    private bool IsUnanswered => State is CarrierLegState.Offered or CarrierLegState.Ringing;

    /// <summary>Media ports are there: checks the INVITE and answers its offer, for the 200 to come.</summary>
    public void Begin(LocalMedia local, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (State != CarrierLegState.Offered)
        {
            return;
        }

        var check = RequestCheck.Of(_invite, _messages, _settings.SessionTimer);
        if (check.Refusal is { } refusal)
        {
            Fail(refusal, CallOutcome.MediaNotAcceptable, $"INVITE refused with {refusal.StatusCode}", now, sip);
            return;
        }

        if (!SipDialog.TryAccept(_invite, _messages.Contact, out _dialog))
        {
            Fail(_messages.Respond(_invite, 400).Build(), CallOutcome.MediaNotAcceptable, "no usable Contact", now, sip);
            return;
        }

        _timerVerdict = check.Timer;
        _negotiation = new CarrierNegotiation(_settings.Media, local);
        if (check.Body.Session is { } offer && !TryAnswer(offer, out _localDescription, out var failure))
        {
            Fail(NotAcceptable(_invite, failure), CallOutcome.MediaNotAcceptable, $"{failure}", now, sip);
        }
    }

    /// <summary>Tells the caller that it rings.</summary>
    public void Ring(Instant now, Outbox<SipLayerEffect> sip)
    {
        if (State == CarrierLegState.Offered)
        {
            State = CarrierLegState.Ringing;
            _layer.Respond(_invite, _messages.Respond(_invite, 180).Build(), now, sip);
        }
    }

    /// <summary>Answers the call: 200 with our answer, or with our offer if the INVITE had none.</summary>
    public void Answer(Instant now, Outbox<SipLayerEffect> sip)
    {
        if (!IsUnanswered)
        {
            return;
        }

        Invariant.Require(_negotiation is not null);
        State = CarrierLegState.Answered;
        _localDescription ??= _negotiation.Offer(Direction.SendReceive, FreshKeys());
        Accept(_invite, _localDescription, _timerVerdict, now, sip);
    }

    /// <summary>Ends the leg from our side: a final response before the answer, a BYE after it.</summary>
    public void HangUp(SipCause cause, Instant now, Outbox<SipLayerEffect> sip)
    {
        switch (State)
        {
            case CarrierLegState.Offered or CarrierLegState.Ringing:
                State = CarrierLegState.Ended;
                _layer.Respond(_invite, _messages.Refuse(_invite, cause), now, sip);
                break;
            case CarrierLegState.Answered:
                // RFC 3261 §15: the callee may not send a BYE before the ACK of its 200, or the end of waiting for it.
                State = CarrierLegState.Ending;
                _pendingBye = cause;
                break;
            case CarrierLegState.Confirmed:
                SendBye(cause, now, sip);
                break;
        }
    }

    /// <summary>Goes silent for ever: another node owns the caller.</summary>
    public void Fence()
    {
        if (!IsOver)
        {
            State = CarrierLegState.Fenced;
            _sessionTimer.Stop();
        }
    }

    /// <summary>The carrier takes its INVITE back (RFC 3261 §9.2); the CANCEL itself is answered already.</summary>
    public void ReceiveCancel(Instant now, Outbox<SipLayerEffect> sip)
    {
        if (IsUnanswered)
        {
            var cause = SipCauseTable.For(CallOutcome.CallerCancelled);
            End(CallOutcome.CallerCancelled, "CANCEL");
            _layer.Respond(_invite, _messages.Refuse(_invite, cause), now, sip);
        }
    }

    public void ReceiveAck(SipRequest ack, Instant now, Outbox<SipLayerEffect> sip)
    {
        var isExpected = _accepted is { IsWaiting: true } && ack.CSeq.Number == _acceptedInvite?.Request.CSeq.Number;
        if (State == CarrierLegState.Fenced || !isExpected || !_accepted!.Acknowledge())
        {
            return;
        }

        if (State == CarrierLegState.Answered)
        {
            State = CarrierLegState.Confirmed;
            Events.Add(new Confirmed());
        }

        if (State == CarrierLegState.Ending && _pendingBye is { } cause)
        {
            SendBye(cause, now, sip);
        }
        else if (_negotiation is { IsOfferPending: true } && State == CarrierLegState.Confirmed)
        {
            TakeAnswer(SessionBody.Read(ack), now, sip);
        }
    }

    public void Expire(Instant now, Outbox<SipLayerEffect> sip)
    {
        if (IsOver)
        {
            return;
        }

        switch (_accepted?.Expire(now))
        {
            case AcceptedInviteEffect.Retransmit:
                _layer.Respond(_acceptedInvite!, _acceptedResponse!, now, sip);
                break;
            case AcceptedInviteEffect.GiveUp:
                EndWithBye(CallOutcome.NoAck, "no ACK to our 200", now, sip);
                return;
        }

        if (_timers.TryExpire(Timer.Glare, now))
        {
            Refresh(now, sip);
        }

        switch (_sessionTimer.Expire(now))
        {
            case SessionTimerEffect.Refresh:
                Refresh(now, sip);
                break;
            case SessionTimerEffect.End:
                EndWithBye(CallOutcome.SessionExpired, "no session refresh", now, sip);
                break;
        }
    }

    private void Accept(
        SipServerTransaction invite,
        SessionDescription? description,
        SessionTimerVerdict timer,
        Instant now,
        Outbox<SipLayerEffect> sip)
    {
        _acceptedInvite = invite;
        _acceptedResponse = _messages.Succeed(invite, timer, description);
        _accepted = new AcceptedInvite(_settings.Timings, now);
        _dialog!.Answered(invite.Request, 200);
        _sessionTimer.Start(timer.Expires, isUac: false, now);
        _layer.Respond(invite, _acceptedResponse, now, sip);
    }

    private bool TryAnswer(SessionDescription offer, out SessionDescription? answer, out NegotiationFailure failure)
    {
        failure = _negotiation!.Answer(offer, Direction.SendReceive, FreshKeys(), out answer);
        if (failure != NegotiationFailure.None)
        {
            return false;
        }

        TellMedia();
        return true;
    }

    private void TakeAnswer(SessionBody body, Instant now, Outbox<SipLayerEffect> sip)
    {
        var failure = body.Session is { } answer ? _negotiation!.Accept(answer) : NegotiationFailure.MalformedAnswer;
        if (failure == NegotiationFailure.None)
        {
            TellMedia();
        }
        else if (_negotiation!.Audio is null)
        {
            EndWithBye(CallOutcome.MediaNotAcceptable, $"answer in ACK: {failure}", now, sip);
        }
        else
        {
            _negotiation.AbandonOffer();
        }
    }

    private void TellMedia()
    {
        var audio = _negotiation!.Audio!;
        Events.Add(new MediaChanged(audio));
        if (audio.IsHeldByPeer != _isHeld)
        {
            _isHeld = audio.IsHeldByPeer;
            Events.Add(new HoldChanged(_isHeld));
        }
    }

    private void EndWithBye(CallOutcome outcome, string detail, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (State != CarrierLegState.Ending)
        {
            Events.Add(new Ended(outcome, detail));
        }

        SendBye(_pendingBye ?? SipCauseTable.For(outcome), now, sip);
    }

    private void SendBye(SipCause cause, Instant now, Outbox<SipLayerEffect> sip)
    {
        State = CarrierLegState.Ending;
        _pendingBye = null;
        StopTimers();
        var bye = _messages.Finish(_dialog!.CreateRequest(SipMethod.Bye, _layer.CreateVia(RequestFlow())), cause);
        _dialog.End();
        if (Send(bye, now, sip) is null)
        {
            State = CarrierLegState.Ended;
        }
    }

    private void Fail(
        SipResponse refusal, CallOutcome outcome, string detail, Instant now, Outbox<SipLayerEffect> sip)
    {
        End(outcome, detail);
        _layer.Respond(_invite, refusal, now, sip);
    }

    private void End(CallOutcome outcome, string detail)
    {
        var isNews = State is not (CarrierLegState.Ending or CarrierLegState.Ended);
        State = CarrierLegState.Ended;
        StopTimers();
        if (isNews)
        {
            Events.Add(new Ended(outcome, detail));
        }
    }

    private void StopTimers()
    {
        _timers.StopAll();
        _sessionTimer.Stop();
        _accepted = null;
    }

    private byte[] FreshKeys()
    {
        var keys = new byte[CarrierNegotiation.FreshKeyBytes];
        _keys(keys);
        return keys;
    }

    private SipResponse NotAcceptable(SipServerTransaction transaction, NegotiationFailure failure) =>
        failure == NegotiationFailure.OfferPending
            ? _messages.Respond(transaction, 491).Build()
            : _messages.Respond(transaction, 488)
                .AddHeader("Warning", $"399 farspan \"{failure}\"")
                .AddHeader("Reason", SipCauseTable.For(CallOutcome.MediaNotAcceptable).ReasonHeader)
                .Build();
}
