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
///               │  CANCEL, HangUp │        HangUp │                 │ HangUp      ▲
///               └─────────────────┴───► Ended     ▼                 ▼             │ BYE's answer
///                                              Ending ─ACK, 32 s─► Terminating ───┘
/// </code>
/// It knows nothing of Amazon Connect: connector and edge share it. Sans-IO; owned by one <see cref="Call"/>.
/// </remarks>
public sealed partial class CarrierLeg
{
    private CarrierLegSettings _settings;
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
    private SipCause? _byeCause;
    private NegotiatedAudio? _toldAudio;
    private SipFlow _flow;

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
        _messages = new CarrierMessages(settings, invite.Flow, invite.Request.RequestUri);
        _peerAllowsUpdate = AllowsUpdate(invite.Request) ?? false;
    }

    private enum Timer
    {
        /// <summary>
        /// Send the refresh again that could not be sent or was put off: 0 to 2 s after a 491 (RFC 3261
        /// §14.1), else what Retry-After says.
        /// </summary>
        Refresh,

        /// <summary>
        /// Forget a dialog that another node owns: 64*T1, when nothing is repeated any more that was sent to
        /// us.
        /// </summary>
        Fence,
    }

    /// <summary>What the call is to be told; drained by the owner after every input.</summary>
    public Outbox<CarrierLegEvent> Events { get; } = new();

    public CarrierLegState State { get; private set; }

    public SipDialogId DialogId => _continued
        ?? new(_invite.Request.CallId, _invite.LocalTag, _invite.Request.From.Tag ?? "");

    /// <summary>What was agreed; null before the first agreement.</summary>
    public NegotiatedAudio? Audio => _negotiation?.Audio;

    /// <summary>Nothing more is sent or expected; the transaction layer absorbs what still comes.</summary>
    public bool IsOver => State == CarrierLegState.Ended;

    /// <summary>When to call <see cref="Expire"/>; null while no timer runs.</summary>
    public Instant? Deadline => IsOver
        ? null
        : Instant.Earlier(_timers.Next, Instant.Earlier(_accepted?.Deadline, _sessionTimer.Deadline));

    private bool IsSilent => State is CarrierLegState.Ended or CarrierLegState.Fenced;

    private bool IsUnanswered => State is CarrierLegState.Offered or CarrierLegState.Ringing;

    /// <summary>
    /// Media ports are there: checks the INVITE and answers its offer, for the 200 to come.
    /// </summary>
    public void Begin(LocalMedia local, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (State != CarrierLegState.Offered)
        {
            return;
        }

        var check = RequestCheck.Of(_invite, _messages, _settings.SessionTimer);
        if (check.Refusal is { } refusal)
        {
            Fail(refusal, CallOutcome.InviteNotAcceptable, $"answered with {refusal.StatusCode}", now, sip);
            return;
        }

        if (!SipDialog.TryAccept(_invite, _messages.Contact, out _dialog))
        {
            var malformed = _messages.Respond(_invite, 400).Build();
            Fail(malformed, CallOutcome.InviteNotAcceptable, "no usable Contact", now, sip);
            return;
        }

        _timerVerdict = check.Timer;
        (_local, _firstOffer) = (local, check.Body.Session);
        Negotiate(now, sip);
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
                // RFC 3261 §15: the callee may not send a BYE before the ACK of its 200, or the end of
                // waiting for it.
                State = CarrierLegState.Ending;
                _byeCause = cause;
                break;
            case CarrierLegState.Confirmed:
                _byeCause = cause;
                SendBye(now, sip);
                break;
        }
    }

    /// <summary>
    /// The carrier takes its INVITE back (RFC 3261 §9.2); the CANCEL itself is answered already.
    /// </summary>
    public void ReceiveCancel(Instant now, Outbox<SipLayerEffect> sip)
    {
        if (IsUnanswered)
        {
            var cause = SipCauseTable.For(CallOutcome.CallerCancelled);
            Fail(_messages.Refuse(_invite, cause), CallOutcome.CallerCancelled, "CANCEL", now, sip);
        }
    }

    public void ReceiveAck(SipRequest ack, Instant now, Outbox<SipLayerEffect> sip)
    {
        var isExpected = ack.CSeq.Number == _acceptedInvite?.Request.CSeq.Number;
        if (!isExpected || _accepted?.Acknowledge() != true)
        {
            return;
        }

        if (State == CarrierLegState.Ending)
        {
            SendBye(now, sip);
            return;
        }

        if (State == CarrierLegState.Answered)
        {
            State = CarrierLegState.Confirmed;
            Events.Add(new Confirmed());
        }

        if (_negotiation is { IsOfferPending: true })
        {
            TakeAnswer(SessionBody.Read(ack), now, sip);
        }
    }

    public void Expire(Instant now, Outbox<SipLayerEffect> sip)
    {
        if (_timers.TryExpire(Timer.Fence, now))
        {
            // An INVITE without an answer would wait for ever: its transaction has no timer.
            DismissInvite();
            State = CarrierLegState.Ended;
        }

        if (!IsSilent)
        {
            ExpireDialog(now, sip);
        }
    }

    private void ExpireDialog(Instant now, Outbox<SipLayerEffect> sip)
    {
        switch (_accepted?.Expire(now))
        {
            case AcceptedInviteEffect.Retransmit:
                _layer.Respond(_acceptedInvite!, _acceptedResponse!, now, sip);
                break;
            case AcceptedInviteEffect.GiveUp:
                EndWithBye(CallOutcome.NoAck, "no ACK to our 200", now, sip);
                return;
        }

        switch (_sessionTimer.Expire(now))
        {
            case SessionTimerEffect.Refresh:
                Refresh(now, sip);
                break;
            case SessionTimerEffect.End:
                EndWithBye(CallOutcome.SessionExpired, "no session refresh", now, sip);
                return;
        }

        if (_timers.TryExpire(Timer.Refresh, now))
        {
            Refresh(now, sip);
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

    private void EndWithBye(CallOutcome outcome, string detail, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (TryEndSilently(outcome, detail, now, sip))
        {
            return;
        }

        if (State != CarrierLegState.Ending)
        {
            Events.Add(new Ended(outcome, detail));
            _byeCause = SipCauseTable.For(outcome);
        }

        SendBye(now, sip);
    }

    private void SendBye(Instant now, Outbox<SipLayerEffect> sip)
    {
        State = CarrierLegState.Terminating;
        StopTimers();
        var bye = _messages.Finish(
            _dialog!.CreateRequest(SipMethod.Bye, _layer.CreateVia(RequestFlow())), _byeCause);
        _dialog.End();
        TakeBackRefresh(now, sip);
        if (Send(bye, now, sip) is null)
        {
            State = CarrierLegState.Ended;
        }
    }

    private void Fail(
        SipResponse refusal, CallOutcome outcome, string detail, Instant now, Outbox<SipLayerEffect> sip)
    {
        End(outcome, detail, now, sip);
        _layer.Respond(_invite, refusal, now, sip);
    }

    private void End(CallOutcome outcome, string detail, Instant now, Outbox<SipLayerEffect> sip)
    {
        var isNews = State is not (
            CarrierLegState.Ending or CarrierLegState.Terminating or CarrierLegState.Ended);
        State = CarrierLegState.Ended;
        StopTimers();
        TakeBackRefresh(now, sip);
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
}
