using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.CarrierSimulator;

/// <summary>What the other side asks within the call (RFC 3261 §12.2.2, §14.2, §15.1.2; RFC 3311).</summary>
internal sealed partial class OutgoingCall
{
    private SipServerTransaction? _answered;
    private SipResponse? _answer;

    /// <summary>Answers a request of the peer's within the call.</summary>
    public void Receive(SipServerTransaction transaction, Instant now)
    {
        if (_dialog is null || _phase == Phase.Ended)
        {
            Respond(transaction, transaction.CreateResponse(481).Build(), now);
            return;
        }

        var verdict = _dialog.Receive(transaction.Request);
        if (verdict != SipDialogVerdict.Accept)
        {
            var refusal = SipDialog.CreateRefusal(transaction, verdict, _context.Random);
            Respond(transaction, refusal.Build(), now);
            return;
        }

        AnswerAccepted(transaction, now);
    }

    /// <summary>Takes the ACK of a 2xx of ours, and the answer in it if the offer was ours.</summary>
    public void ReceiveAck(SipRequest ack)
    {
        if (_accepted is null || !_accepted.Acknowledge())
        {
            return;
        }

        _accepted = null;
        if (!_negotiation.IsOfferPending)
        {
            return;
        }

        if (CallerMessages.ReadSession(ack) is { } answer)
        {
            _negotiation.Accept(answer);
            ReportAudio();
        }
        else
        {
            _negotiation.AbandonOffer();
        }
    }

    private void AnswerAccepted(SipServerTransaction transaction, Instant now)
    {
        switch (transaction.Request.Method)
        {
            case SipMethod.Bye:
                _detail = transaction.Request.Reason?.ToString() ?? "";
                Respond(transaction, transaction.CreateResponse(200).Build(), now);
                End(_phase == Phase.Talking ? CallResult.EndedByPeer : _result);
                break;

            case SipMethod.Invite or SipMethod.Update:
                AnswerOffer(transaction, now);
                break;

            case SipMethod.Options or SipMethod.Info or SipMethod.Message or SipMethod.Notify:
                Respond(transaction, transaction.CreateResponse(200).Build(), now);
                break;

            default:
                Respond(transaction, CallerMessages.RefuseMethod(transaction), now);
                break;
        }
    }

    private void AnswerOffer(SipServerTransaction transaction, Instant now)
    {
        if (_negotiation.IsOfferPending)
        {
            Respond(transaction, transaction.CreateResponse(491).Build(), now);
            return;
        }

        var isInvite = transaction.Request.Method == SipMethod.Invite;
        SessionDescription? description = null;
        if (CallerMessages.ReadSession(transaction.Request) is { } offer)
        {
            var failure = _negotiation.Answer(offer, Direction.SendReceive, FreshKeys(), out description);
            if (failure != NegotiationFailure.None)
            {
                Respond(transaction, transaction.CreateResponse(488).Build(), now);
                return;
            }
        }
        else if (isInvite)
        {
            description = _negotiation.Offer(Direction.SendReceive, FreshKeys());
        }

        var response = _messages.Accept(transaction, description);
        Respond(transaction, response, now);
        if (isInvite)
        {
            (_answered, _answer) = (transaction, response);
            _accepted = new AcceptedInvite(_context.Settings.Timings, now);
        }

        ReportAudio();
    }

    private void RepeatAnswer(Instant now)
    {
        switch (_accepted?.Expire(now))
        {
            case AcceptedInviteEffect.Retransmit:
                _context.Layer.Respond(_answered!, _answer!, now, _context.Outbox);
                break;

            case AcceptedInviteEffect.GiveUp:
                _accepted = null;
                HangUp(CallResult.Unusable, now);
                break;

            default:
                break;
        }
    }
}
