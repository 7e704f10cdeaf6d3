using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Edges;

/// <content>What the transaction layer delivers, and whose it is.</content>
public sealed partial class EdgeEngine
{
    private void Apply(SipLayerEffect effect, Instant now)
    {
        switch (effect)
        {
            case SipLayerEffect.Transmit transmit:
                _ports.World.Add(new EdgeEffect.TransmitSip(transmit.Flow, transmit.Message));
                break;
            case SipLayerEffect.RequestReceived { Transaction: var request }:
                Guard(request, now, () => ApplyRequest(request, now));
                break;
            case SipLayerEffect.AckReceived { Ack: var ack, Flow: var flow }
                when FindCall(ack) is { } call && IsFromTrunkOf(call, flow):
                Guard(call, now, () => call.ReceiveCarrier(
                    leg => leg.ReceiveAck(ack, now, _ports.SipEffects), now));
                break;
            case SipLayerEffect.AckReceived { Ack: var ack, Flow: var flow } when IsInner(flow):
                Calls.All.SelectMany(c => c.Legs).FirstOrDefault(l => l.SipCallId == ack.CallId)?.ReceiveAck();
                break;
            case SipLayerEffect.CancelReceived { Invite.Owner: EdgeCall call } cancel:
                ApplyCancel(call, cancel, now);
                break;
            case SipLayerEffect.ResponseReceived response:
                ApplyResponse(response.Transaction, response.Response, now);
                break;
            case SipLayerEffect.ClientFailed failed:
                ApplyFailure(failed.Transaction, failed.Outcome, now);
                break;
            default:
                // An ACK, a CANCEL or an outcome that belongs to no call any more; a message that made no sense.
                break;
        }
    }

    private void ApplyResponse(SipClientTransaction client, SipResponse response, Instant now)
    {
        switch (client.Owner)
        {
            case EdgeCall call:
                Guard(call, now, () => call.ReceiveCarrier(
                    leg => leg.ReceiveResponse(client, response, now, _ports.SipEffects), now));
                break;
            case InnerLeg { Owner: { } call } leg:
                Guard(call, now, () => call.ReceiveInner(
                    leg, l => l.ReceiveResponse(client, response, now, _ports.SipEffects), now));
                break;
            case TargetProbe probe:
                probe.ReceiveResponse(client, response, now);
                _watch.Settle(probe, now);
                break;
        }
    }

    private void ApplyFailure(SipClientTransaction client, SipTransactionOutcome outcome, Instant now)
    {
        switch (client.Owner)
        {
            case EdgeCall call:
                Guard(call, now, () => call.ReceiveCarrier(
                    leg => leg.FailClient(client, outcome, now, _ports.SipEffects), now));
                break;
            case InnerLeg { Owner: { } call } leg:
                Guard(call, now, () => call.ReceiveInner(leg, l => l.FailClient(client, outcome), now));
                break;
            case TargetProbe probe:
                probe.FailClient(client, outcome, now);
                _watch.Settle(probe, now);
                break;
        }
    }

    private void ApplyRequest(SipServerTransaction request, Instant now)
    {
        if (IsInner(request.Flow))
        {
            ApplyInner(request, now);
        }
        else if (FindCall(request.Request) is not { } call)
        {
            BeginRequest(request, now);
        }
        else if (IsFromTrunkOf(call, request.Flow))
        {
            Guard(call, now, () => call.ReceiveCarrier(
                leg => leg.ReceiveRequest(request, now, _ports.SipEffects), now));
        }
        else
        {
            _requests.Refuse(request, CallOutcome.ForeignTrunk, now);
        }
    }

    private void ApplyInner(SipServerTransaction request, Instant now)
    {
        if (request.Request is { Method: SipMethod.Invite, To.Tag: null })
        {
            BeginAdoption(request, now);
            return;
        }

        // Of a call that was adopted, the connector has drawn the Call-ID: it is looked for.
        var callId = InnerCallId.ReadCall(request.Request.CallId);
        Calls.TryFind(callId, out var call);
        call ??= Calls.All.FirstOrDefault(c => c.Legs.Any(l => l.SipCallId == request.Request.CallId));
        var leg = call?.Legs.FirstOrDefault(l => l.SipCallId == request.Request.CallId);
        if (leg is not null && request.Request.To.Tag == leg.LocalTag)
        {
            Guard(call!, now, () => call!.ReceiveInner(
                leg, l => l.ReceiveRequest(request, now, _ports.SipEffects), now));
            return;
        }

        var status = request.Request is { Method: SipMethod.Options, To.Tag: null } ? 200 : 481;
        _ports.Sip.Respond(request, request.CreateResponse(status).Build(), now, _ports.SipEffects);
    }

    private void ApplyCancel(EdgeCall call, SipLayerEffect.CancelReceived cancel, Instant now)
    {
        if (IsFromTrunkOf(call, cancel.Flow))
        {
            Guard(call, now, () => call.ReceiveCarrier(leg => leg.ReceiveCancel(now, _ports.SipEffects), now));
        }
        else
        {
            _ports.Sip.DisregardCancel(cancel.Invite);
        }
    }

    private void BeginRequest(SipServerTransaction request, Instant now)
    {
        var trunk = _trunks.Find(request.Flow);
        Invariant.Require(trunk is not null);
        if (_requests.Receive(request, trunk, now) is { } call)
        {
            Guard(call, now, call.Start);
        }
    }

    private void BeginAdoption(SipServerTransaction request, Instant now)
    {
        if (_adoptions.Receive(request, _requests.NextMediaId(), now) is { } call)
        {
            Guard(call, now, call.Start);
        }
    }

    // Any address of the carrier may go on with a dialog, and nobody else.
    private bool IsFromTrunkOf(EdgeCall call, in SipFlow flow) =>
        _trunks.Find(flow)?.Name == call.Admitted.Trunk.Name;

    private EdgeCall? FindCall(SipRequest request) =>
        Calls.TryFindByDialog(SipDialogId.OfReceived(request), out var call) ? call : null;

    // A defect in a request that is no call's yet ends the request.
    private void Guard(SipServerTransaction request, Instant now, Action action)
    {
        try
        {
            action();
        }
        catch (Exception defect)
        {
            Report(request.Request.CallId, defect);
            _requests.Refuse(request, CallOutcome.Defect, now);
        }
    }
}
