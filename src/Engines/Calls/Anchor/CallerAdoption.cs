using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// What a call needs to ask another edge for an adoption: the way out, how we talk to edges, and keys
/// (decision 0015).
/// </summary>
public sealed class CallerAdoption(SipTransactionLayer layer, CarrierLegSettings settings, KeyMaterialSource keys)
{
    private const int TagDigits = 16;

    internal SipTransactionLayer Layer => layer;

    /// <summary>Sends the INVITE.</summary>
    /// <returns>Null if there are too many transactions.</returns>
    internal AdoptionAttempt? Ask(
        EdgeTarget target, Call call, LocalMedia local, AdoptionBody body, CallPorts ports, Instant now)
    {
        // The carrier hears one codec, for an edge does not transcode; what was encrypted inside stays so.
        var media = call.Carrier.Audio is { } audio
            ? settings.Media with
            {
                Codecs = [audio.Codec],
                Srtp = audio.IsEncrypted ? SrtpPolicy.Require : settings.Media.Srtp,
            }
            : settings.Media;
        var negotiation = new CarrierNegotiation(media, local);
        var fresh = new byte[CarrierNegotiation.FreshKeyBytes];
        keys(fresh);
        var offer = negotiation.Offer(Direction.SendReceive, fresh);
        var invite = AdoptionAttempt.CreateInvite(
            target, call.Id, layer.CreateVia(target.Flow), ports.Random.NextHex(TagDigits), offer, body);
        var transaction = layer.SendRequest(invite, target.Flow, now, ports.Sip);
        if (transaction is null)
        {
            return null;
        }

        transaction.Owner = call;
        return new AdoptionAttempt(target, body.Epochs.Caller!.Value, negotiation, transaction);
    }

    /// <summary>Acknowledges the 2xx and goes on in its dialog.</summary>
    internal CarrierLeg Continue(AdoptionAttempt attempt, SipDialog dialog, Call call, CallPorts ports)
    {
        var request = attempt.Transaction.Request;
        var ack = dialog.CreateAck(request.CSeq.Number, layer.CreateVia(attempt.Target.Flow)).Build();
        layer.SendAck(ack, attempt.Target.Flow, ports.Sip);
        var adopted = new AdoptedDialog(dialog, attempt.Negotiation, attempt.Target.Flow, call)
        {
            Random = ports.Random,
            Keys = keys,
        };
        return CarrierLeg.Continue(settings, layer, adopted);
    }
}
