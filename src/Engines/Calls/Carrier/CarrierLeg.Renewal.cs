using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Calls;

/// <content>What another edge needs to go on with this dialog, and how it does so (decision 0015).</content>
public sealed partial class CarrierLeg
{
    private bool _mustRenew;

    /// <summary>The dialog as it is now, for a token; null before there is one.</summary>
    /// <param name="trunk">The trunk's name.</param>
    /// <param name="headers">What a later contact is to know of the carrier's INVITE.</param>
    public CallerToken? Capture(string trunk, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        if (_dialog is null)
        {
            return null;
        }

        var exchange = _negotiation?.Current;
        return new CallerToken
        {
            Trunk = trunk,
            Dialog = _dialog.Capture(),
            Flow = _flow,
            SessionInterval = _sessionTimer.Interval,
            IsRefresher = _sessionTimer.IsRefresher,
            PeerAllowsUpdate = _peerAllowsUpdate,
            LocalDescription = exchange is null ? null : SdpWriter.Write(exchange.Local),
            RemoteDescription = exchange is null ? null : SdpWriter.Write(exchange.Remote),
            IsLocalOffer = exchange?.IsLocalOffer ?? false,
            RequestUri = _invite?.Request.RequestUri.ToString() ?? _dialog.RemoteTarget.ToString(),
            Headers = headers,
            IsHeld = Audio?.IsHeldByPeer ?? false,
        };
    }

    /// <summary>
    /// Goes on in a dialog that another edge held: offers the carrier our address and fresh keys in a re-INVITE
    /// (RFC 3261 §14.1). Answered by <see cref="CarrierLegEvent.Renewed"/> or <see cref="CarrierLegEvent.Ended"/>.
    /// </summary>
    /// <param name="token">For the session timer and what the carrier can.</param>
    /// <param name="now">The time.</param>
    /// <param name="sip">Takes the request.</param>
    public void Renew(CallerToken token, Instant now, Outbox<SipLayerEffect> sip)
    {
        _mustRenew = true;
        _peerAllowsUpdate = token.PeerAllowsUpdate;
        if (token.SessionInterval is { } interval)
        {
            _sessionTimer.Resume(interval, token.IsRefresher, now);
        }

        Refresh(now, sip);
    }

    private void TellRenewed(Instant now, Outbox<SipLayerEffect> sip)
    {
        if (!_mustRenew)
        {
            return;
        }

        _mustRenew = false;
        if (_toldAudio is null)
        {
            // Nothing new was agreed, and with the old keys nobody may send.
            EndWithBye(CallOutcome.MediaNotAcceptable, "the carrier's answer to an adoption", now, sip);
        }
        else
        {
            Events.Add(new CarrierLegEvent.Renewed());
        }
    }
}
