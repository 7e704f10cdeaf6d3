using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;
using static Farspan.Edges.InnerLegEvent;

namespace Farspan.Edges;

/// <summary>
/// The connector's side of a call at the edge: the UAC of an ordinary dialog over TCP or TLS that carries
/// tokens and epochs beside the description (decision 0015).
/// </summary>
/// <remarks>
/// <para>Source: RFC 3261 §12-§15, RFC 3264, RFC 3311, RFC 6086, RFC 5621.</para>
/// <code>
///  Call ─► Calling ─1xx─► Proceeding ─2xx─► Confirmed ─HangUp─► Terminating ─► Ended
///             │ HangUp        │ HangUp         │ Supersede, 412
///             └───► Cancelled ◄┘               ▼
///                      └─ final ─► Ended   Superseded
/// </code>
/// One leg is one attempt at one connector. Sans-IO; owned by one <see cref="EdgeCall"/>.
/// </remarks>
public sealed partial class InnerLeg
{
    private readonly InnerLegSettings _settings;
    private readonly SipTransactionLayer _layer;
    private readonly RandomSource _random;
    private readonly KeyMaterialSource _keys;
    private readonly InnerMessages _messages;
    private SipServerTransaction? _adoption;
    private readonly TimerTable<Timer> _timers = new();
    private SipClientTransaction? _invite;
    private SipDialog? _dialog;
    private CarrierNegotiation? _negotiation;
    private SipFlow _flow;

    /// <param name="target">The connector.</param>
    /// <param name="sipCallId">The Call-ID of this leg: ours, and never used before.</param>
    /// <param name="settings">The edge's.</param>
    /// <param name="layer">Sends.</param>
    /// <param name="random">For identifiers.</param>
    /// <param name="keys">For SRTP.</param>
    public InnerLeg(
        TargetState target,
        string sipCallId,
        InnerLegSettings settings,
        SipTransactionLayer layer,
        RandomSource random,
        KeyMaterialSource keys)
    {
        (Target, _settings, _layer, _random, _keys) = (target, settings, layer, random, keys);
        _flow = SipFlow.Connect(target.Target.Transport, settings.Local, target.Target.Address);
        _messages = new InnerMessages(settings, _flow);
        SipCallId = sipCallId;
        LocalTag = random.NextHex(16);
    }

    private enum Timer
    {
        /// <summary>No provisional response: the connector is passed over; 1 s.</summary>
        Answer,

        /// <summary>It rings for too long (RFC 3261 §16.6, Timer C); 4 min.</summary>
        Ring,

        /// <summary>Change the session after a 491; 0 to 2 s or 2.1 to 4 s (RFC 3261 §14.1).</summary>
        Change,
    }

    /// <summary>The connector.</summary>
    public TargetState Target { get; }

    /// <summary>The call, for whoever finds the leg in a transaction.</summary>
    public EdgeCall? Owner { get; init; }

    /// <summary>What the call is to be told; drained by the owner after every input.</summary>
    public Outbox<InnerLegEvent> Events { get; } = new();

    public InnerLegState State { get; private set; }

    public string SipCallId { get; }

    public string LocalTag { get; private set; }

    /// <summary>What every message says of the call's epochs; the owner's to keep.</summary>
    public string Epochs { get; set; } = "";

    /// <summary>What was agreed; null before.</summary>
    public NegotiatedAudio? Audio => _negotiation?.Audio;

    /// <summary>Which way media is to flow, as we asked last.</summary>
    public Direction Wish { get; private set; } = Direction.SendReceive;

    /// <summary>Nothing more is sent or expected.</summary>
    public bool IsOver => State is InnerLegState.Ended or InnerLegState.Superseded;

    public Instant? Deadline => IsOver ? null : Instant.Earlier(_timers.Next, _accepted?.Deadline);

    private bool IsWaiting => State is InnerLegState.Calling or InnerLegState.Proceeding;

    /// <summary>Offers the call to the connector.</summary>
    public void Call(InnerInvite invite, Instant now, Outbox<SipLayerEffect> sip)
    {
        Invariant.Require(State == InnerLegState.Idle);
        State = InnerLegState.Calling;
        Wish = invite.Direction;
        _negotiation = new CarrierNegotiation(invite.Media, invite.Local);
        var offer = _negotiation.Offer(Wish, FreshKeys());
        var id = new SipDialogId(SipCallId, LocalTag, "");
        var request = _messages.Invite(invite, id, _layer.CreateVia(_flow), offer);
        _timers.Start(Timer.Answer, now + _settings.AnswerLimit);
        _timers.Start(Timer.Ring, now + _settings.RingLimit);
        _invite = Send(request, now, sip);
        if (_invite is null)
        {
            Fail(new SipCause(503, "Service Unavailable", 42, "too many transactions"), isSilence: false);
        }
    }

    /// <summary>Ends the leg from our side: CANCEL before the answer, BYE after it.</summary>
    public void HangUp(SipCause cause, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (IsWaiting)
        {
            State = InnerLegState.Cancelled;
            _timers.StopAll();
            _layer.Cancel(_invite!, new SipReason("Q.850", cause.Q850Cause, cause.Text), now, sip);
        }
        else if (State == InnerLegState.Confirmed)
        {
            SendBye(cause, now, sip);
        }
    }

    /// <summary>Another connector has the contact, or is to get it: not another word to this one.</summary>
    public void Supersede()
    {
        if (!IsOver)
        {
            State = InnerLegState.Superseded;
            _timers.StopAll();
        }
    }

    public void ReceiveResponse(
        SipClientTransaction transaction, SipResponse response, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (State == InnerLegState.Superseded)
        {
            return;
        }

        HearEpochs(response);
        switch (transaction.Request.Method)
        {
            case SipMethod.Invite:
                ReceiveInviteResponse(response, now, sip);
                break;
            case SipMethod.Bye when response.IsFinal:
                State = InnerLegState.Ended;
                break;
            case SipMethod.Update when response.IsFinal:
                CompleteChange(transaction, response, now, sip);
                break;
            case SipMethod.Info when response.IsFinal:
                CompleteInfo(transaction, response.StatusCode);
                break;
        }
    }

    /// <summary>A request of ours ended without an answer.</summary>
    public void FailClient(SipClientTransaction transaction, SipTransactionOutcome outcome)
    {
        if (IsOver)
        {
            return;
        }

        _dialog?.Failed(transaction.Request);
        var isUnreachable = outcome == SipTransactionOutcome.TransportFailed;
        switch (transaction.Request.Method)
        {
            case SipMethod.Invite when IsWaiting:
                Fail(
                    isUnreachable
                        ? new SipCause(503, "Service Unavailable", 38, "connector is not reachable")
                        : new SipCause(504, "Server Time-out", 102, "connector did not answer"),
                    isSilence: true);
                break;
            case SipMethod.Invite or SipMethod.Bye:
                State = InnerLegState.Ended;
                break;
            case SipMethod.Info:
                CompleteInfo(transaction, 408);
                break;
            case SipMethod.Update:
                FailChange();
                break;
        }

        if (State == InnerLegState.Confirmed)
        {
            Events.Add(new Lost($"{transaction.Request.MethodName}: {outcome}"));
        }
    }

    public void Expire(Instant now, Outbox<SipLayerEffect> sip)
    {
        if (IsWaiting && (_timers.TryExpire(Timer.Answer, now) || _timers.TryExpire(Timer.Ring, now)))
        {
            var cause = new SipCause(504, "Server Time-out", 102, "connector did not answer");
            Events.Add(new Failed(cause, IsSilence: State == InnerLegState.Calling));
            HangUp(cause, now, sip);
        }
        else if (_timers.TryExpire(Timer.Change, now))
        {
            Change(Wish, [], now, sip);
        }

        ExpireAccepted(now, sip);
    }

    private void ReceiveInviteResponse(SipResponse response, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (response.IsSuccess)
        {
            Acknowledge(response, now, sip);
        }
        else if (response.IsProvisional)
        {
            Proceed(response);
        }
        else if (IsWaiting)
        {
            var cause = InnerMessages.ToCause(response, response.StatusCode, response.ReasonPhrase);
            Fail(cause, isSilence: false, InnerMessages.ContactOf(response));
        }
        else if (State == InnerLegState.Cancelled)
        {
            State = InnerLegState.Ended;
        }
    }

    private void Proceed(SipResponse response)
    {
        _timers.Stop(Timer.Answer);
        if (!IsWaiting)
        {
            return;
        }

        State = InnerLegState.Proceeding;
        if (response.StatusCode > 100)
        {
            if (_dialog is null)
            {
                SipDialog.TryCall(_invite!.Request, response, out _dialog);
            }

            TakeToken(response);
            Events.Add(new Ringing());
        }
    }

    // Each 2xx gets its ACK, a repeated one too (RFC 3261 §13.2.2.4), and one that crossed our CANCEL a BYE.
    private void Acknowledge(SipResponse response, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (_dialog is null)
        {
            SipDialog.TryCall(_invite!.Request, response, out _dialog);
        }
        else
        {
            _dialog.Receive(response);
        }

        if (_dialog is null)
        {
            if (IsWaiting)
            {
                Fail(new SipCause(502, "Bad Gateway", 111, "connector's answer has no usable route"), false);
            }

            return;
        }

        var ack = _dialog.CreateAck(_invite!.Request.CSeq.Number, _layer.CreateVia(_flow));
        _layer.SendAck(_messages.Finish(ack, []), _flow, sip);
        if (State == InnerLegState.Cancelled)
        {
            SendBye(SipCauseTable.For(CallOutcome.CallerCancelled), now, sip);
        }
        else if (IsWaiting)
        {
            TakeAnswer(response, now, sip);
        }
    }

    private void TakeAnswer(SipResponse response, Instant now, Outbox<SipLayerEffect> sip)
    {
        _timers.StopAll();
        State = InnerLegState.Confirmed;
        var failure = SessionBody.Read(response).Session is { } answer
            ? _negotiation!.Accept(answer)
            : NegotiationFailure.MalformedAnswer;
        if (failure == NegotiationFailure.None)
        {
            TakeToken(response);
            Events.Add(new Answered(Audio!));
            return;
        }

        var cause = new SipCause(502, "Bad Gateway", 88, $"connector's answer {failure}");
        Events.Add(new Failed(cause, IsSilence: false));
        SendBye(cause, now, sip);
    }

    private void Fail(SipCause cause, bool isSilence, ContactState contact = ContactState.Unsaid)
    {
        State = InnerLegState.Ended;
        _timers.StopAll();
        Events.Add(new Failed(cause, isSilence, contact));
    }

    private void SendBye(SipCause cause, Instant now, Outbox<SipLayerEffect> sip)
    {
        State = InnerLegState.Terminating;
        _timers.StopAll();
        var bye = _dialog!.CreateRequest(SipMethod.Bye, _layer.CreateVia(_flow))
            .AddHeader("Reason", cause.ReasonHeader);
        _dialog.End();
        if (Send(_messages.Finish(bye, []), now, sip) is null)
        {
            State = InnerLegState.Ended;
        }
    }

    private SipClientTransaction? Send(SipRequest request, Instant now, Outbox<SipLayerEffect> sip)
    {
        var transaction = _layer.SendRequest(request, _flow, now, sip);
        transaction?.Owner = this;
        return transaction;
    }

    private byte[] FreshKeys()
    {
        var keys = new byte[CarrierNegotiation.FreshKeyBytes];
        _keys(keys);
        return keys;
    }
}
