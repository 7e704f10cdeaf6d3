using System.Diagnostics.CodeAnalysis;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// The INVITE that asks an edge to adopt the caller of a dead one (decision 0015): we are its UAC, and offer the media
/// that the contact's half has (RFC 3261 §13.2, RFC 3264).
/// </summary>
/// <param name="target">Whom we ask.</param>
/// <param name="caller">The epoch that it is to have.</param>
/// <param name="negotiation">With our offer pending.</param>
/// <param name="transaction">That of the INVITE.</param>
internal sealed class AdoptionAttempt(
    EdgeTarget target, Epoch caller, CarrierNegotiation negotiation, SipClientTransaction transaction)
{
    public EdgeTarget Target => target;

    public Epoch Caller => caller;

    public SipClientTransaction Transaction => transaction;

    public CarrierNegotiation Negotiation => negotiation;

    /// <summary>Takes the dialog and the answer of a 2xx.</summary>
    public bool TryAccept(SipResponse response, [NotNullWhen(true)] out SipDialog? dialog) =>
        SipDialog.TryCall(transaction.Request, response, out dialog)
        && SessionBody.Read(response).Session is { } answer
        && negotiation.Accept(answer) == NegotiationFailure.None;

    /// <summary>The INVITE, with everything that an edge needs that knows nothing of the call.</summary>
    public static SipRequest CreateInvite(
        EdgeTarget target, string callId, Via via, string tag, SessionDescription offer, AdoptionBody body)
    {
        var (local, remote) = (target.Flow.Local, target.Flow.Remote);
        var us = new SipUri(null, local.Address, local.Port).WithParameter("transport", "tcp");
        var them = new SipUri("adopt", remote.Address, remote.Port).WithParameter("transport", "tcp");
        var builder = new SipRequestBuilder(SipMethod.Invite, them)
        {
            From = new NameAddress(us).WithTag(tag),
            To = new NameAddress(them),
            CallId = $"{tag}-{callId}",
            CSeqNumber = 1,
            Contact = new NameAddress(us),
        };
        var whole = SipMultipart.Write(
            new SipBodyPart("application/sdp", SdpWriter.WriteBytes(offer)),
            new SipBodyPart(ClusterHeaders.CallerType, body.Caller.Bytes),
            new SipBodyPart(ClusterHeaders.ResumeType, body.Resume.Bytes));
        return builder.AddVia(via)
            .AddHeader(ClusterHeaders.Call, callId)
            .AddHeader(ClusterHeaders.Trunk, body.CarrierTrunk)
            .AddHeader(ClusterHeaders.Epoch, body.Epochs.ToString())
            .AddHeader("Allow", CarrierMessages.Allow)
            .WithBody(whole.ContentType, whole.Content)
            .Build();
    }
}

/// <summary>What an adoption's INVITE carries beside the offer.</summary>
/// <param name="Caller">Of the edge that is lost.</param>
/// <param name="Resume">Ours, the newest.</param>
/// <param name="Epochs">The caller's is that of the adopting edge.</param>
/// <param name="CarrierTrunk">By its name at the edges.</param>
internal sealed record AdoptionBody(
    SealedToken Caller, SealedToken Resume, CallEpochs Epochs, string CarrierTrunk);
