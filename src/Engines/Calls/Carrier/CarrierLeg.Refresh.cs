using System.Net;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Calls;

/// <content>Our requests within the dialog, session refreshes and the BYE, and their answers.</content>
public sealed partial class CarrierLeg
{
    private const int DefaultPort = 5060;
    private const int DefaultTlsPort = 5061;

    private SipClientTransaction? _refresh;
    private TimeSpan? _minSe;

    /// <summary>An answer to a request of ours.</summary>
    public void ReceiveResponse(
        SipClientTransaction transaction, SipResponse response, Instant now, Outbox<SipLayerEffect> sip)
    {
        if (State == CarrierLegState.Fenced)
        {
            return;
        }

        if (transaction.Request.Method == SipMethod.Invite && response.IsSuccess)
        {
            // Each 2xx gets its ACK, a retransmitted one too (RFC 3261 §13.2.2.4), and one that crossed our
            // BYE.
            var ack = _dialog!.CreateAck(transaction.Request.CSeq.Number, _layer.CreateVia(RequestFlow()));
            _layer.SendAck(_messages.Finish(ack, null), RequestFlow(), sip);
        }

        if (!response.IsFinal || IsOver)
        {
            return;
        }

        if (transaction.Request.Method == SipMethod.Bye)
        {
            State = CarrierLegState.Ended;
        }
        else if (ReferenceEquals(transaction, _info))
        {
            CompleteInfo(response);
        }
        else if (ReferenceEquals(transaction, _refresh) && State == CarrierLegState.Confirmed)
        {
            _refresh = null;
            CompleteRefresh(transaction.Request, response, now, sip);
        }
    }

    /// <summary>A request of ours ended without an answer.</summary>
    public void FailClient(
        SipClientTransaction transaction,
        SipTransactionOutcome outcome,
        Instant now,
        Outbox<SipLayerEffect> sip)
    {
        if (ReferenceEquals(transaction, _info))
        {
            FailInfo(transaction.Flow);
        }

        var isBye = transaction.Request.Method == SipMethod.Bye;
        if (IsSilent || !(isBye || ReferenceEquals(transaction, _refresh)))
        {
            return;
        }

        _dialog!.Failed(transaction.Request);
        var mayRepeat = outcome == SipTransactionOutcome.TransportFailed && TryReconnect(transaction.Flow);
        if (isBye && mayRepeat)
        {
            SendBye(now, sip);
        }
        else if (isBye)
        {
            State = CarrierLegState.Ended;
        }
        else
        {
            FailRefresh(mayRepeat, outcome, now, sip);
        }
    }

    private void FailRefresh(
        bool mayRepeat, SipTransactionOutcome outcome, Instant now, Outbox<SipLayerEffect> sip)
    {
        _refresh = null;
        _negotiation!.AbandonOffer();
        if (mayRepeat)
        {
            Refresh(now, sip);
        }
        else
        {
            // RFC 4028 §10: a refresh without an answer ends the session, like 408 and 481.
            EndWithBye(CallOutcome.CarrierLost, $"session refresh: {outcome}", now, sip);
        }
    }

    // UPDATE refreshes without touching the session; a peer that has none gets a re-INVITE with what stands.
    private void Refresh(Instant now, Outbox<SipLayerEffect> sip)
    {
        var (dialog, negotiation) = (_dialog!, _negotiation!);
        var isBusy = _refresh is not null || dialog.HasRemoteInvitePending || negotiation.IsOfferPending;
        if (State != CarrierLegState.Confirmed || isBusy)
        {
            _timers.Start(Timer.Refresh, now + dialog.GlareDelay(_random));
            return;
        }

        var usesUpdate = _peerAllowsUpdate && !_mustRenew;
        var method = usesUpdate ? SipMethod.Update : SipMethod.Invite;
        var offer = usesUpdate ? null : negotiation.Offer(Direction.SendReceive, FreshKeys());
        var builder = dialog.CreateRequest(method, _layer.CreateVia(RequestFlow()));
        var expires = _settings.SessionTimer.Ask(_minSe, SessionRefresher.Uac);
        var refresh = _messages.Refresh(builder, expires, offer);
        _refresh = Send(refresh, now, sip);
        if (_refresh is null)
        {
            // Too many transactions: nothing went out, and the session runs to its end unless the peer
            // refreshes it.
            dialog.Failed(refresh);
            negotiation.AbandonOffer();
        }
    }

    private void CompleteRefresh(
        SipRequest request, SipResponse response, Instant now, Outbox<SipLayerEffect> sip)
    {
        _dialog!.Receive(response);
        if (response.IsSuccess)
        {
            TakeRefreshed(request, response, now, sip);
            return;
        }

        _negotiation!.AbandonOffer();
        switch (response.StatusCode)
        {
            case 408 or 481:
                EndWithBye(CallOutcome.CarrierLost, $"session refresh: {response.StatusCode}", now, sip);
                break;
            case 422 when response.MinSe is { } minSe && minSe > request.SessionExpires?.Interval:
                _minSe = minSe;
                Refresh(now, sip);
                break;
            case 405 or 501 when request.Method == SipMethod.Update:
                _peerAllowsUpdate = false;
                Refresh(now, sip);
                break;
            case 491:
                _timers.Start(Timer.Refresh, now + _dialog.GlareDelay(_random));
                break;
            default:
                if (_mustRenew && response.RetryAfter is null)
                {
                    EndWithBye(CallOutcome.CarrierLost, $"adoption: {response.StatusCode}", now, sip);
                    break;
                }

                // Without a word about when to ask again the session runs to its end (RFC 4028 §10).
                RepeatRefresh(response.RetryAfter, now);
                break;
        }
    }

    private void RepeatRefresh(TimeSpan? retryAfter, Instant now)
    {
        if (retryAfter is { } wait)
        {
            _timers.Start(Timer.Refresh, now + (wait > _settings.Timings.T2 ? wait : _settings.Timings.T2));
        }
    }

    private void TakeRefreshed(
        SipRequest request, SipResponse response, Instant now, Outbox<SipLayerEffect> sip)
    {
        _timers.Stop(Timer.Refresh);
        if (response.SessionExpires is { } agreed)
        {
            _sessionTimer.Start(agreed, isUac: true, now);
        }
        else
        {
            // The peer knows no session timers: we go on refreshing to find out when it dies.
            _sessionTimer.Resume(request.SessionExpires!.Value.Interval, isRefresher: true, now);
        }

        if (_negotiation is { IsOfferPending: true })
        {
            TakeAnswer(SessionBody.Read(response), now, sip);
        }

        TellRenewed(now, sip);
    }

    // An INVITE of ours that only ever gets 1xx would wait for ever (RFC 3261 §9.1).
    private void TakeBackRefresh(Instant now, Outbox<SipLayerEffect> sip)
    {
        if (_refresh is { Request.Method: SipMethod.Invite })
        {
            _layer.Cancel(_refresh, null, now, sip);
        }

        _refresh = null;
    }

    private SipClientTransaction? Send(SipRequest request, Instant now, Outbox<SipLayerEffect> sip)
    {
        var transaction = _layer.SendRequest(request, RequestFlow(), now, sip);
        transaction?.Owner = Owner;
        return transaction;
    }

    // A connection is used again as long as it lives (RFC 5923); over UDP the request goes where the dialog
    // says.
    private SipFlow RequestFlow() =>
        !_flow.IsReliable && NextHop() is { } remote ? SipFlow.Udp(_flow.Local, remote) : _flow;

    // Once: after a connection that broke, one that we open ourselves, to where the dialog says.
    private bool TryReconnect(in SipFlow failed)
    {
        if (!failed.IsReliable || failed.ConnectionId == 0)
        {
            return false;
        }

        if (_flow == failed)
        {
            _flow = SipFlow.Connect(failed.Transport, failed.Local, NextHop() ?? failed.Remote);
        }

        return true;
    }

    // Null for a host name: names are not looked up here, the request goes back to where the last one came
    // from.
    private IPEndPoint? NextHop()
    {
        if (_dialog is null || !IPAddress.TryParse(_dialog.NextHop.Host.Trim('[', ']'), out var address))
        {
            return null;
        }

        if (address.IsIPv6LinkLocal)
        {
            // Whoever names such an address is on the link that we know him from.
            address.ScopeId = _flow.Remote.Address.IsIPv6LinkLocal ? _flow.Remote.Address.ScopeId : 0;
        }

        var defaultPort = _flow.Transport == SipTransport.Tls ? DefaultTlsPort : DefaultPort;
        return new IPEndPoint(address, _dialog.NextHop.Port ?? defaultPort);
    }
}
