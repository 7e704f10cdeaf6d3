using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;
using static Farspan.Calls.CarrierLegEvent;

namespace Farspan.Calls;

/// <content>Requests within the dialog: the carrier's, and our refreshes and BYE with their answers.</content>
public sealed partial class CarrierLeg
{
    private bool _peerAllowsUpdate;
    private TimeSpan? _minSe;
    private uint? _refreshInvite;

    /// <summary>A request of the carrier's inside the dialog.</summary>
    public void ReceiveRequest(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        transaction.Owner = _invite.Owner;
        if (State == CarrierLegState.Fenced)
        {
            return;
        }

        if (_dialog is null || State == CarrierLegState.Ended)
        {
            _layer.Respond(transaction, _messages.Respond(transaction, 481).Build(), now, sip);
            return;
        }

        var verdict = _dialog.Receive(transaction.Request);
        if (verdict != SipDialogVerdict.Accept)
        {
            var refusal = SipDialog.CreateRefusal(transaction, verdict, _random).Build();
            _layer.Respond(transaction, refusal, now, sip);
            return;
        }

        _flow = transaction.Flow;
        Dispatch(transaction, now, sip);
    }

    /// <summary>An answer to a request of ours.</summary>
    public void ReceiveResponse(
        SipClientTransaction transaction, SipResponse response, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (IsOver)
        {
            return;
        }

        if (transaction.Request.Method == SipMethod.Bye)
        {
            State = response.IsFinal ? CarrierLegState.Ended : State;
            return;
        }

        if (transaction.Request.Method == SipMethod.Invite && response.IsSuccess)
        {
            // Each 2xx gets its ACK, a retransmitted one too (RFC 3261 §13.2.2.4).
            var ack = _dialog!.CreateAck(transaction.Request.CSeq.Number, _layer.CreateVia(RequestFlow()));
            _layer.SendAck(_messages.Finish(ack, null), RequestFlow(), sip);
        }

        if (response.IsFinal && State is CarrierLegState.Confirmed)
        {
            CompleteRefresh(transaction, response, now, sip);
        }
    }

    /// <summary>A request of ours ended without an answer.</summary>
    public void FailClient(
        SipClientTransaction transaction, SipTransactionOutcome outcome, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (IsOver || outcome == SipTransactionOutcome.Completed)
        {
            return;
        }

        if (transaction.Request.Method == SipMethod.Bye)
        {
            State = CarrierLegState.Ended;
        }
        else
        {
            // RFC 4028 §10: a refresh without an answer ends the session, like 408 and 481.
            _negotiation?.AbandonOffer();
            EndWithBye(CallOutcome.CarrierLost, $"session refresh: {outcome}", now, sip);
        }
    }

    /// <summary>A response of ours was not acknowledged, or its flow is gone.</summary>
    public void FailServer(
        SipServerTransaction transaction, SipTransactionOutcome outcome, Instant now, Outbox<SipLayerEffect> sip)
    {
        // The flow of an INVITE that still rings: nobody is there to be answered. Later losses show in the dialog.
        if (ReferenceEquals(transaction, _invite) && IsUnanswered && transaction.IsTerminated)
        {
            End(CallOutcome.CarrierLost, $"{outcome}");
        }
    }

    private void Dispatch(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        switch (transaction.Request.Method)
        {
            case SipMethod.Bye:
                ReceiveBye(transaction, now, sip);
                break;
            case SipMethod.Invite:
                ReceiveReinvite(transaction, now, sip);
                break;
            case SipMethod.Update:
                ReceiveUpdate(transaction, now, sip);
                break;
            case SipMethod.Info:
                ReceiveInfo(transaction, now, sip);
                break;
            case SipMethod.Options:
                var options = _messages.Respond(transaction, 200).AddHeader("Accept", "application/sdp");
                _layer.Respond(transaction, options.Build(), now, sip);
                break;
            case SipMethod.Other:
                _layer.Respond(transaction, _messages.Respond(transaction, 501).Build(), now, sip);
                break;
            default:
                _layer.Respond(transaction, _messages.Respond(transaction, 405).Build(), now, sip);
                break;
        }
    }

    private void ReceiveBye(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        _layer.Respond(transaction, _messages.Respond(transaction, 200).Build(), now, sip);
        if (IsUnanswered)
        {
            // RFC 3261 §15.1.2: a BYE in the early dialog; the INVITE still wants its final response.
            _layer.Respond(_invite, _messages.Respond(_invite, 487).Build(), now, sip);
        }

        End(CallOutcome.CallerHungUp, "BYE");
    }

    private void ReceiveReinvite(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        // Until the ACK of our last 2xx is here, the session it stands for is not agreed (RFC 3261 §14.2).
        if (_accepted is { IsWaiting: true } || _negotiation is not { IsOfferPending: false })
        {
            Refuse(transaction, SipDialog.CreateRefusal(transaction, SipDialogVerdict.Glare, _random).Build(), now, sip);
            return;
        }

        var check = RequestCheck.Of(transaction, _messages, _settings.SessionTimer);
        if (check.Refusal is { } refusal)
        {
            Refuse(transaction, refusal, now, sip);
            return;
        }

        SessionDescription? description;
        if (check.Body.Session is not { } offer)
        {
            description = _negotiation.Offer(Direction.SendReceive, FreshKeys());
        }
        else if (!TryAnswer(offer, out description, out var failure))
        {
            Refuse(transaction, NotAcceptable(transaction, failure), now, sip);
            return;
        }

        NotePeer(transaction.Request);
        Accept(transaction, description, check.Timer, now, sip);
    }

    private void ReceiveUpdate(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        var check = RequestCheck.Of(transaction, _messages, _settings.SessionTimer);
        if (check.Refusal is { } refusal)
        {
            Refuse(transaction, refusal, now, sip);
            return;
        }

        SessionDescription? answer = null;
        if (check.Body.Session is { } offer)
        {
            if (IsUnanswered || _accepted is { IsWaiting: true } || _negotiation is not { IsOfferPending: false })
            {
                // RFC 3311 §5.2: an offer is open in one direction or the other.
                Refuse(transaction, SipDialog.CreateRefusal(transaction, SipDialogVerdict.InvitePending, _random).Build(), now, sip);
                return;
            }

            if (!TryAnswer(offer, out answer, out var failure))
            {
                Refuse(transaction, NotAcceptable(transaction, failure), now, sip);
                return;
            }
        }

        NotePeer(transaction.Request);
        _dialog!.Answered(transaction.Request, 200);
        if (!IsUnanswered)
        {
            _sessionTimer.Start(check.Timer.Expires, isUac: false, now);
        }

        _layer.Respond(transaction, _messages.Succeed(transaction, check.Timer, answer), now, sip);
    }

    private void ReceiveInfo(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        var request = transaction.Request;
        var isKnown = request.Body.Length == 0 || InfoDigit.IsDigit(request);
        var hasPackage = request.TryGetHeader("Info-Package", out _);
        var response = hasPackage ? _messages.Respond(transaction, 469).AddHeader("Recv-Info", "nil")
            : isKnown ? _messages.Respond(transaction, 200)
            : _messages.Respond(transaction, 415).AddHeader("Accept", "application/dtmf-relay, application/dtmf");
        _layer.Respond(transaction, response.Build(), now, sip);
        if (!hasPackage && InfoDigit.IsDigit(request) && InfoDigit.TryRead(request, out var digit))
        {
            Events.Add(new DigitReceived(digit));
        }
    }

    private void Refuse(
        SipServerTransaction transaction, SipResponse refusal, Instant now, Outbox<SipLayerEffect> sip)
    {
        _dialog!.Answered(transaction.Request, refusal.StatusCode);
        _layer.Respond(transaction, refusal, now, sip);
    }

    private void NotePeer(SipRequest request) =>
        _peerAllowsUpdate = request.GetHeaders(SipHeader.Allow).Contains("UPDATE", StringComparer.OrdinalIgnoreCase);

    // UPDATE refreshes without touching the session; a peer that has none gets a re-INVITE with what stands.
    private void Refresh(Instant now, Outbox<SipLayerEffect> sip)
    {
        if (State != CarrierLegState.Confirmed || _dialog!.HasLocalInvitePending || _dialog.HasRemoteInvitePending)
        {
            _timers.Start(Timer.Glare, now + _dialog!.GlareDelay(_random));
            return;
        }

        var allowsUpdate = _peerAllowsUpdate
            || _invite.Request.GetHeaders(SipHeader.Allow).Contains("UPDATE", StringComparer.OrdinalIgnoreCase);
        if (!allowsUpdate && _negotiation is { IsOfferPending: true })
        {
            _timers.Start(Timer.Glare, now + _dialog.GlareDelay(_random));
            return;
        }

        var method = allowsUpdate ? SipMethod.Update : SipMethod.Invite;
        var offer = allowsUpdate ? null : _negotiation!.Offer(Direction.SendReceive, FreshKeys());
        var builder = _dialog.CreateRequest(method, _layer.CreateVia(RequestFlow()));
        var expires = _settings.SessionTimer.Ask(_minSe, SessionRefresher.Uac);
        _refreshInvite = null;
        Send(_messages.Refresh(builder, expires, offer), now, sip);
    }

    private void CompleteRefresh(
        SipClientTransaction transaction, SipResponse response, Instant now, Outbox<SipLayerEffect> sip)
    {
        // A 2xx that is repeated had its ACK above; the session is refreshed once.
        if (_refreshInvite == response.CSeq.Number)
        {
            return;
        }

        _refreshInvite = response.CSeq.Number;
        _dialog!.Receive(response);
        if (response.IsSuccess)
        {
            TakeRefreshed(transaction, response, now, sip);
            return;
        }

        _negotiation?.AbandonOffer();
        switch (response.StatusCode)
        {
            case 422 when response.MinSe is { } minSe && minSe != _minSe:
                _minSe = minSe;
                Refresh(now, sip);
                break;
            case 491:
                _timers.Start(Timer.Glare, now + _dialog.GlareDelay(_random));
                break;
            case 408 or 481:
                End(CallOutcome.CarrierLost, $"session refresh answered with {response.StatusCode}");
                break;
        }
    }

    private void TakeRefreshed(
        SipClientTransaction transaction, SipResponse response, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (response.SessionExpires is { } agreed)
        {
            _sessionTimer.Start(agreed, isUac: true, now);
        }
        else
        {
            // The peer knows no session timers: we go on refreshing to find out when it dies.
            _sessionTimer.Resume(_sessionTimer.Interval ?? _settings.SessionTimer.Interval, isRefresher: true, now);
        }

        if (transaction.Request.Method == SipMethod.Invite && _negotiation is { IsOfferPending: true })
        {
            TakeAnswer(SessionBody.Read(response), now, sip);
        }
    }

    private SipClientTransaction? Send(SipRequest request, Instant now, Outbox<SipLayerEffect> sip)
    {
        var transaction = _layer.SendRequest(request, RequestFlow(), now, sip);
        transaction?.Owner = _invite.Owner;
        return transaction;
    }

    // A connection is used again as long as it lives (RFC 5923); over UDP the request goes where the dialog says.
    private SipFlow RequestFlow()
    {
        if (_flow.IsReliable || _dialog is null)
        {
            return _flow;
        }

        var hop = _dialog.NextHop;
        return System.Net.IPAddress.TryParse(hop.Host.Trim('[', ']'), out var address)
            ? SipFlow.Udp(_flow.Local, new System.Net.IPEndPoint(address, hop.Port ?? 5060))
            : _flow;
    }
}
