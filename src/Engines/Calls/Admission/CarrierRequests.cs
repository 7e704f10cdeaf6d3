using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// Requests of carriers that belong to no call yet: INVITE begins one if it is admitted, OPTIONS is told the
/// truth about whether it would be, everything else is answered here.
/// </summary>
/// <remarks>A refused INVITE costs one response and nothing else: no ports, no timers beyond its transaction.</remarks>
public sealed class CarrierRequests(
    SipTransactionLayer sip, CallAdmission admission, CallPorts ports, CallTable calls)
{
    /// <summary>The methods we take, for Allow (RFC 3261 §20.5).</summary>
    public const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE";

    /// <summary>Answers the request, or returns the call that it begins.</summary>
    public Call? Receive(SipServerTransaction transaction, Instant now)
    {
        var request = transaction.Request;
        if (admission.FindTrunk(transaction.Flow) is not { } trunk)
        {
            Refuse(transaction, SipCauseTable.For(CallOutcome.UnknownSource), now);
        }
        else if (request.To.Tag is not null)
        {
            Respond(transaction, 481, now);
        }
        else if (request.Method == SipMethod.Invite)
        {
            return Invite(transaction, trunk, now);
        }
        else
        {
            AnswerOther(transaction, now);
        }

        return null;
    }

    private Call? Invite(SipServerTransaction transaction, Trunk trunk, Instant now)
    {
        if (transaction.Request.MaxForwards == 0)
        {
            Respond(transaction, 483, now);
            return null;
        }

        if (!admission.TryAdmit(transaction.Request, trunk, calls.Count, now, out var routed, out var outcome))
        {
            Refuse(transaction, SipCauseTable.For(outcome), now);
            return null;
        }

        var carrier = new CarrierLeg(trunk.Leg, sip, transaction, ports.Random, admission.Keys);
        var call = new Call(ports, routed, carrier, now);
        transaction.Owner = call;
        calls.Add(call);
        ReportOffer(call, transaction);
        return call;
    }

    // Who called whom is personal: it is in the contact's attributes, and in the log only where the operator wants it.
    private void ReportOffer(Call call, SipServerTransaction transaction)
    {
        ports.World.Add(new ConnectorEffect.Report(CallEvent.Create(
            call.Id,
            CallEventKind.Offered,
            ("sipCallId", transaction.Request.CallId),
            ("trunk", call.Routed.Trunk),
            ("flow", transaction.Flow.ToString()))));
        ports.World.Add(new ConnectorEffect.Report(CallEvent.Create(
            call.Id,
            CallEventKind.Routed,
            ("route", call.Routed.Route),
            ("instance", call.Routed.Request.InstanceId),
            ("flow", call.Routed.Request.ContactFlowId),
            ("droppedAttributes", call.Routed.DroppedAttributes))));
    }

    private void AnswerOther(SipServerTransaction transaction, Instant now)
    {
        switch (transaction.Request.Method)
        {
            case SipMethod.Options when admission.IsAccepting(calls.Count):
                var response = transaction.CreateResponse(200)
                    .AddHeader("Allow", Allow)
                    .AddHeader("Accept", "application/sdp")
                    .AddHeader("Supported", "timer");
                sip.Respond(transaction, response.Build(), now, ports.Sip);
                break;
            case SipMethod.Options:
                Refuse(transaction, SipCauseTable.For(CallOutcome.NotAccepting), now);
                break;
            case SipMethod.Bye or SipMethod.Update or SipMethod.Info or SipMethod.Prack or SipMethod.Cancel:
                Respond(transaction, 481, now);
                break;
            case SipMethod.Other:
                Respond(transaction, 501, now);
                break;
            default:
                Respond(transaction, 405, now);
                break;
        }
    }

    private void Refuse(SipServerTransaction transaction, SipCause cause, Instant now)
    {
        var response = transaction.CreateResponse(cause.StatusCode, cause.ReasonPhrase)
            .AddHeader("Reason", cause.ReasonHeader);
        if (cause.RetryAfter is { } retryAfter)
        {
            response.AddHeader("Retry-After", $"{(int)Math.Ceiling(retryAfter.TotalSeconds)}");
        }

        sip.Respond(transaction, response.Build(), now, ports.Sip);
        ports.World.Add(new ConnectorEffect.Report(CallEvent.Create(
            transaction.Request.CallId,
            CallEventKind.Refused,
            ("method", transaction.Request.MethodName),
            ("status", cause.StatusCode),
            ("cause", cause.Text))));
    }

    private void Respond(SipServerTransaction transaction, int statusCode, Instant now)
    {
        var response = transaction.CreateResponse(statusCode).AddHeader("Allow", Allow);
        sip.Respond(transaction, response.Build(), now, ports.Sip);
    }
}
