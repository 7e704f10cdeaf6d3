using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;
using static Farspan.Calls.CarrierLegEvent;

namespace Farspan.Calls;

/// <content>The carrier's requests within the dialog (RFC 3261 §12.2.2).</content>
public sealed partial class CarrierLeg
{
    private bool _peerAllowsUpdate;

    /// <summary>A request of the carrier's inside the dialog.</summary>
    public void ReceiveRequest(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        transaction.Owner = Owner;
        if (State == CarrierLegState.Fenced)
        {
            _layer.Dismiss(transaction);
            return;
        }

        // After our BYE the session is over for us (RFC 3261 §15.1.1); only a BYE that crosses it still fits.
        var isOver = State == CarrierLegState.Ended
            || (State == CarrierLegState.Terminating && transaction.Request.Method != SipMethod.Bye);
        if (_dialog is null || isOver)
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
                _layer.Respond(transaction, _messages.Describe(transaction), now, sip);
                break;
            default:
                _layer.Respond(transaction, _messages.RefuseMethod(transaction), now, sip);
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

        End(CallOutcome.CallerHungUp, "BYE", now, sip);
    }

    private void ReceiveReinvite(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        // Until the ACK of our last 2xx is here, the session it stands for is not agreed (RFC 3261 §14.2).
        if (_accepted is { IsWaiting: true } || _negotiation is not { IsOfferPending: false })
        {
            var glare = SipDialog.CreateRefusal(transaction, SipDialogVerdict.Glare, _random).Build();
            Refuse(transaction, glare, now, sip);
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
        Events.Add(new Refreshed(transaction.Request));
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
            if (OpenOffer() is { } verdict)
            {
                Refuse(transaction, SipDialog.CreateRefusal(transaction, verdict, _random).Build(), now, sip);
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
        Events.Add(new Refreshed(transaction.Request));
    }

    // RFC 3311 §5.2: an offer of ours that is open is a reason for 491, one of the peer's for 500.
    private SipDialogVerdict? OpenOffer() =>
        _negotiation is { IsOfferPending: true } ? SipDialogVerdict.Glare
        : IsUnanswered ? SipDialogVerdict.InvitePending
        : null;

    private void ReceiveInfo(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        var request = transaction.Request;
        if (TryTakeToken(transaction, now, sip))
        {
            return;
        }

        var isKnown = request.Body.Length == 0 || InfoDigit.IsDigit(request);
        var hasPackage = request.TryGetHeader("Info-Package", out _);
        var response = hasPackage ? _messages.Respond(transaction, 469).AddHeader("Recv-Info", "nil")
            : isKnown ? _messages.Respond(transaction, 200)
            : _messages.Respond(transaction, 415).AddHeader("Accept", InfoDigit.Accept);
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
        _peerAllowsUpdate = AllowsUpdate(request) ?? _peerAllowsUpdate;

    // Null: the message does not say.
    private static bool? AllowsUpdate(SipMessage message) =>
        message.GetHeaders(SipHeader.Allow) is { Count: > 0 } allowed
            ? allowed.Contains("UPDATE", StringComparer.OrdinalIgnoreCase)
            : null;
}
