using Farspan.Calls;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;
using static Farspan.Edges.InnerLegEvent;

namespace Farspan.Edges;

/// <content>What is said in the dialog: by the connector, and by us.</content>
public sealed partial class InnerLeg
{
    private SipClientTransaction? _change;
    private bool _isChangeWanted;
    private List<KeyValuePair<string, string>> _headersWanted = [];

    /// <summary>
    /// Tells the connector that media flows otherwise, or what headers now say (RFC 3311).
    /// </summary>
    public void Change(
        Direction wish,
        IReadOnlyList<KeyValuePair<string, string>> headers,
        Instant now,
        Outbox<SipLayerEffect> sip)
    {
        Wish = wish;
        _headersWanted.AddRange(headers);
        if (State != InnerLegState.Confirmed || _change is not null || _negotiation!.IsOfferPending)
        {
            _isChangeWanted = true;
            return;
        }

        _isChangeWanted = false;
        var offer = _negotiation.Offer(wish, FreshKeys());
        var update = _dialog!.CreateRequest(SipMethod.Update, _layer.CreateVia(_flow));
        var body = new SipBodyPart(InnerMessages.SdpType, SdpWriter.WriteBytes(offer));
        _change = Send(_messages.Finish(update, _headersWanted, body), now, sip);
        _headersWanted = [];
        if (_change is null)
        {
            _negotiation.AbandonOffer();
        }
    }

    /// <summary>Says something in an INFO; its answer comes as <see cref="InfoAnswered"/>.</summary>
    /// <returns>The number of the answer; null if nothing could be said.</returns>
    public long? Inform(
        IReadOnlyList<KeyValuePair<string, string>> headers,
        IReadOnlyList<SipBodyPart> parts,
        Instant now,
        Outbox<SipLayerEffect> sip)
    {
        if (State is not (InnerLegState.Confirmed or InnerLegState.Proceeding) || _dialog is null)
        {
            return null;
        }

        var info = _dialog.CreateRequest(SipMethod.Info, _layer.CreateVia(_flow));
        return Send(_messages.Finish(info, headers, parts), now, sip)?.Id;
    }

    /// <summary>A request of the connector's in this leg's dialog.</summary>
    public void ReceiveRequest(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        var request = transaction.Request;
        if (State == InnerLegState.Superseded)
        {
            Respond(transaction, 412, now, sip);
            return;
        }

        var isOfDialog = _dialog is not null && _dialog.Id == SipDialogId.OfReceived(request)
            && State is InnerLegState.Proceeding or InnerLegState.Confirmed or InnerLegState.Terminating;
        var verdict = isOfDialog ? _dialog!.Receive(request) : SipDialogVerdict.Accept;
        if (!isOfDialog || verdict != SipDialogVerdict.Accept)
        {
            var refusal = isOfDialog
                ? SipDialog.CreateRefusal(transaction, verdict, _random)
                : _messages.Respond(transaction, 481);
            _layer.Respond(transaction, refusal.Build(), now, sip);
            return;
        }

        HearEpochs(request);
        Dispatch(transaction, now, sip);
    }

    private void Dispatch(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        var request = transaction.Request;
        switch (request.Method)
        {
            case SipMethod.Bye:
                ReceiveBye(transaction, now, sip);
                break;
            case SipMethod.Info:
                TakeToken(request);
                Respond(transaction, 200, now, sip);
                break;
            case SipMethod.Update:
                ReceiveUpdate(transaction, now, sip);
                break;
            case SipMethod.Options:
                Respond(transaction, 200, now, sip);
                break;
            case SipMethod.Invite:
                // Both ends know UPDATE, which needs no ACK.
                _dialog!.Answered(request, 488);
                Respond(transaction, 488, now, sip);
                break;
            default:
                Respond(transaction, request.Method == SipMethod.Other ? 501 : 405, now, sip);
                break;
        }
    }

    private void ReceiveBye(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        Respond(transaction, 200, now, sip);
        if (State is InnerLegState.Confirmed or InnerLegState.Proceeding)
        {
            var cause = InnerMessages.ToCause(transaction.Request, 480, "Temporarily Unavailable");
            Events.Add(new HungUp(cause, InnerMessages.ContactOf(transaction.Request)));
        }

        State = InnerLegState.Ended;
        _timers.StopAll();
    }

    // Refreshes of the session (RFC 4028), and new keys or addresses of the connector.
    private void ReceiveUpdate(SipServerTransaction transaction, Instant now, Outbox<SipLayerEffect> sip)
    {
        var request = transaction.Request;
        var body = SessionBody.Read(request);
        SessionDescription? answer = null;
        if (body.Session is { } offer)
        {
            var failure = _negotiation!.Answer(offer, Wish, FreshKeys(), out answer);
            if (failure != NegotiationFailure.None)
            {
                Respond(transaction, failure == NegotiationFailure.OfferPending ? 491 : 488, now, sip);
                return;
            }

            Events.Add(new MediaChanged(Audio!));
        }

        var isSupported = request.Supported.Contains("timer", StringComparer.OrdinalIgnoreCase);
        var timer = _settings.SessionTimer.Answer(request.SessionExpires, request.MinSe, isSupported);
        _dialog!.Answered(request, 200);
        var response = _messages.Respond(transaction, 200);
        if (!timer.IsTooSmall && request.SessionExpires is not null)
        {
            response.AddHeader("Session-Expires", timer.Expires.ToString());
        }

        if (answer is not null)
        {
            response.WithBody(InnerMessages.SdpType, SdpWriter.WriteBytes(answer));
        }

        _layer.Respond(transaction, response.Build(), now, sip);
    }

    private void CompleteChange(
        SipClientTransaction transaction, SipResponse response, Instant now, Outbox<SipLayerEffect> sip)
    {
        _dialog!.Receive(response);
        if (!ReferenceEquals(transaction, _change) || State != InnerLegState.Confirmed)
        {
            return;
        }

        _change = null;
        if (response.IsSuccess && SessionBody.Read(response).Session is { } answer
            && _negotiation!.Accept(answer) == NegotiationFailure.None)
        {
            Events.Add(new MediaChanged(Audio!));
        }
        else
        {
            FailChange();
        }

        if (response.StatusCode == 491)
        {
            _timers.Start(Timer.Change, now + _dialog.GlareDelay(_random));
        }
        else if (response.StatusCode is 481 or 408)
        {
            Events.Add(new Lost($"UPDATE: {response.StatusCode}"));
        }
        else if (_isChangeWanted)
        {
            Change(Wish, [], now, sip);
        }
    }

    private void FailChange()
    {
        _change = null;
        if (_negotiation is { IsOfferPending: true } && State == InnerLegState.Confirmed)
        {
            _negotiation.AbandonOffer();
        }
    }

    private void CompleteInfo(SipClientTransaction transaction, int statusCode)
    {
        Events.Add(new InfoAnswered(transaction.Id, statusCode));
        if (statusCode == 481 && State == InnerLegState.Confirmed)
        {
            Events.Add(new Lost("INFO: 481"));
        }
    }

    private void TakeToken(SipMessage message)
    {
        if (SipMultipart.TryFind(message, ClusterHeaders.ResumeType, out var part))
        {
            Events.Add(new TokenReceived(part.Content));
        }
    }

    private void HearEpochs(SipMessage message)
    {
        if (message.TryGetHeader(ClusterHeaders.Epoch, out var epochs))
        {
            Events.Add(new EpochsHeard(epochs));
        }
    }

    private void Respond(
        SipServerTransaction transaction, int statusCode, Instant now, Outbox<SipLayerEffect> sip)
    {
        var response = _messages.Respond(transaction, statusCode);
        if (Epochs.Length > 0)
        {
            response.AddHeader(ClusterHeaders.Epoch, Epochs);
        }

        _layer.Respond(transaction, response.Build(), now, sip);
    }
}
