using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// Requests of carriers that belong to no call yet: INVITE begins one if it is admitted, OPTIONS is told the
/// truth about whether it would be, everything else is answered here.
/// </summary>
/// <remarks>A refused INVITE costs its transaction and nothing else: no ports, no call.</remarks>
public sealed class CarrierRequests(
    SipTransactionLayer sip,
    CallAdmission admission,
    Availability availability,
    CallPorts ports,
    CallTable calls)
{
    private readonly EdgeRequests _edges = new(sip, admission, availability, ports, calls);

    /// <summary>Answers a request of a trunk, or returns the call that it begins.</summary>
    public Call? Receive(SipServerTransaction transaction, Instant now)
    {
        var request = transaction.Request;
        var trunk = admission.FindTrunk(transaction.Flow);
        Invariant.Require(trunk is not null);
        var messages = new CarrierMessages(trunk.Leg, transaction.Flow, request.RequestUri);
        if (request is { Method: SipMethod.Invite, To.Tag: null })
        {
            return Invite(transaction, trunk, messages, now);
        }

        messages.Load = trunk.IsEdge ? availability.Report().Write() : "";
        Respond(transaction, AnswerOther(transaction, messages, now), now);
        return null;
    }

    /// <summary>Answers what a defect of ours kept from becoming a call.</summary>
    public void RefuseDefect(SipServerTransaction transaction, Instant now) =>
        Refuse(transaction, transaction.CreateRefusal(SipCauseTable.For(CallOutcome.Defect)).Build(), now);

    /// <summary>Answers a request in a dialog of another trunk, which must not hear of it.</summary>
    public void RefuseForeign(SipServerTransaction transaction, Instant now)
    {
        var cause = SipCauseTable.For(CallOutcome.ForeignTrunk);
        Refuse(transaction, transaction.CreateRefusal(cause).Build(), now);
    }

    private Call? Invite(
        SipServerTransaction transaction, Trunk trunk, CarrierMessages messages, Instant now)
    {
        if (transaction.Request.MaxForwards == 0)
        {
            Refuse(transaction, messages.Respond(transaction, 483).Build(), now);
            return null;
        }

        if (trunk.IsEdge)
        {
            return _edges.Invite(transaction, trunk, messages, now);
        }

        if (!admission.TryAdmit(
            transaction.Request, trunk, availability, now, out var routed, out var outcome))
        {
            Refuse(transaction, messages.Refuse(transaction, SipCauseTable.For(outcome)), now);
            return null;
        }

        var carrier = new CarrierLeg(trunk.Leg, sip, transaction, ports.Random, admission.Keys);
        var call = new Call(ports, routed, carrier, now);
        transaction.Owner = call;
        calls.Add(call);
        ReportOffer(call, transaction);
        return call;
    }

    // Who called whom is in the contact's attributes, and in the log only where the operator wants it.
    private void ReportOffer(Call call, SipServerTransaction transaction)
    {
        ports.World.Add(new ConnectorEffect.Report(CallEvent.Create(
            call.Id,
            CallEventKind.Offered,
            ("sipCallId", transaction.Request.CallId),
            ("localTag", transaction.LocalTag),
            ("trunk", call.Routed.Trunk),
            ("calling", call.Routed.Calling),
            ("called", call.Routed.Called),
            ("flow", transaction.Flow.ToString()))));
        ports.World.Add(new ConnectorEffect.Report(CallEvent.Create(
            call.Id,
            CallEventKind.Routed,
            ("route", call.Routed.Route),
            ("instance", call.Routed.Request.InstanceId),
            ("flow", call.Routed.Request.ContactFlowId),
            ("droppedAttributes", call.Routed.DroppedAttributes))));
    }

    private SipResponse AnswerOther(
        SipServerTransaction transaction, CarrierMessages messages, Instant now)
    {
        var request = transaction.Request;
        var isInDialog = request.To.Tag is not null
            || request.Method is SipMethod.Bye or SipMethod.Update or SipMethod.Info or SipMethod.Prack;
        if (isInDialog)
        {
            return messages.Respond(transaction, 481).Build();
        }

        if (request.Method != SipMethod.Options)
        {
            return messages.RefuseMethod(transaction);
        }

        var judgement = availability.Judge();
        return judgement.IsAvailable
            ? messages.Describe(transaction)
            : messages.Refuse(transaction, judgement.ToCause(now));
    }

    private void Refuse(SipServerTransaction transaction, SipResponse refusal, Instant now)
    {
        Respond(transaction, refusal, now);
        ports.World.Add(new ConnectorEffect.Report(CallEvent.Create(
            transaction.Request.CallId,
            CallEventKind.Refused,
            ("method", transaction.Request.MethodName),
            ("status", refusal.StatusCode),
            ("cause", refusal.Reason?.Text ?? refusal.ReasonPhrase),
            ("flow", transaction.Flow.ToString()))));
    }

    private void Respond(SipServerTransaction transaction, SipResponse response, Instant now) =>
        sip.Respond(transaction, response, now, ports.Sip);
}
