using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges;

/// <content>A leg that the connector began: it asked for an adoption (RFC 3261 §13.3).</content>
public sealed partial class InnerLeg
{
    private AcceptedInvite? _accepted;
    private SipResponse? _acceptedResponse;

    /// <summary>Answers the connector's INVITE: from then on the leg is like any other.</summary>
    /// <returns>False if the INVITE makes no dialog or has no media in common; it is not answered then.</returns>
    public bool TryAccept(
        SipServerTransaction invite,
        CarrierMediaSettings media,
        LocalMedia local,
        Direction wish,
        Instant now,
        Outbox<SipLayerEffect> sip)
    {
        Invariant.Require(State == InnerLegState.Idle);
        if (SessionBody.Read(invite.Request).Session is not { } offer
            || !SipDialog.TryAccept(invite, _messages.Contact, out _dialog))
        {
            State = InnerLegState.Ended;
            return false;
        }

        (Wish, LocalTag, _adoption) = (wish, invite.LocalTag, invite);
        _negotiation = new CarrierNegotiation(media, local);
        if (_negotiation.Answer(offer, wish, FreshKeys(), out var answer) != NegotiationFailure.None)
        {
            State = InnerLegState.Ended;
            return false;
        }

        State = InnerLegState.Confirmed;
        _dialog.Answered(invite.Request, 200);
        var response = _messages.Respond(invite, 200).WithContact(_messages.Contact)
            .AddHeader(Cluster.ClusterHeaders.Epoch, Epochs)
            .WithBody(InnerMessages.SdpType, SdpWriter.WriteBytes(answer!));
        _acceptedResponse = response.Build();
        _accepted = new AcceptedInvite(SipTimings.Default, now);
        _layer.Respond(invite, _acceptedResponse, now, sip);
        return true;
    }

    /// <summary>The ACK of our 200.</summary>
    public void ReceiveAck() => _accepted?.Acknowledge();

    // A 200 is repeated until its ACK comes, over TCP too (RFC 3261 §13.3.1.4).
    private void ExpireAccepted(Instant now, Outbox<SipLayerEffect> sip)
    {
        switch (_accepted?.Expire(now))
        {
            case AcceptedInviteEffect.Retransmit:
                _layer.Respond(_adoption!, _acceptedResponse!, now, sip);
                break;
            case AcceptedInviteEffect.GiveUp:
                _accepted = null;
                Events.Add(new InnerLegEvent.Lost("no ACK to our 200"));
                break;
        }
    }
}
