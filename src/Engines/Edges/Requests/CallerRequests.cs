using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>
/// Requests of carriers that belong to no call yet: INVITE begins one if it is admitted, OPTIONS is told the
/// truth about whether it would be, everything else is answered here.
/// </summary>
public sealed class CallerRequests(
    EdgePorts ports, TrunkTable trunks, EdgeAvailability availability, EdgeCallTable calls)
{
    private long _lastMediaId;

    /// <summary>Answers a request of a trunk, or returns the call that it begins.</summary>
    public EdgeCall? Receive(SipServerTransaction transaction, Trunk trunk, Instant now)
    {
        var request = transaction.Request;
        var messages = new CarrierMessages(trunk.Leg, transaction.Flow, request.RequestUri);
        if (request is { Method: SipMethod.Invite, To.Tag: null })
        {
            return Invite(transaction, trunk, messages, now);
        }

        Respond(transaction, AnswerOther(transaction, messages, now), now);
        return null;
    }

    /// <summary>The number of a call's media, never used before in this process.</summary>
    public long NextMediaId() => ++_lastMediaId;

    /// <summary>Refuses what may not be.</summary>
    public void Refuse(SipServerTransaction transaction, CallOutcome outcome, Instant now) =>
        Refuse(transaction, transaction.CreateRefusal(SipCauseTable.For(outcome)).Build(), now);

    private EdgeCall? Invite(
        SipServerTransaction transaction, Trunk trunk, CarrierMessages messages, Instant now)
    {
        if (transaction.Request.MaxForwards == 0)
        {
            Refuse(transaction, messages.Respond(transaction, 483).Build(), now);
            return null;
        }

        // The trunk's limit comes last: what is refused anyway must not use up its rate.
        var refusal = availability.Refusal ?? (trunks.TryTake(trunk, now) ? null : CallOutcome.TrunkLimit);
        if (refusal is { } outcome)
        {
            Refuse(transaction, messages.Refuse(transaction, SipCauseTable.For(outcome)), now);
            return null;
        }

        var admitted = AdmittedCall.Of(
            transaction.Request, trunk, ports.Random.NextHex(16), NextMediaId());
        var carrier = new CarrierLeg(trunk.Leg, ports.Sip, transaction, ports.Random, ports.Keys);
        var call = new EdgeCall(ports, admitted, carrier, now);
        transaction.Owner = call;
        calls.Add(call);
        ports.Report(CallEvent.Create(
            call.Id,
            CallEventKind.Offered,
            ("sipCallId", transaction.Request.CallId),
            ("localTag", transaction.LocalTag),
            ("trunk", trunk.Name),
            ("calling", admitted.Calling),
            ("called", admitted.Called),
            ("flow", transaction.Flow.ToString())));
        return call;
    }

    private SipResponse AnswerOther(SipServerTransaction transaction, CarrierMessages messages, Instant now)
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

        var judgement = availability.Judge(now);
        return judgement.IsAvailable
            ? messages.Describe(transaction)
            : messages.Refuse(transaction, judgement.ToCause(now));
    }

    private void Refuse(SipServerTransaction transaction, SipResponse refusal, Instant now)
    {
        Respond(transaction, refusal, now);
        ports.Report(CallEvent.Create(
            transaction.Request.CallId,
            CallEventKind.Refused,
            ("method", transaction.Request.MethodName),
            ("status", refusal.StatusCode),
            ("cause", refusal.Reason?.Text ?? refusal.ReasonPhrase),
            ("flow", transaction.Flow.ToString())));
    }

    private void Respond(SipServerTransaction transaction, SipResponse response, Instant now) =>
        ports.Sip.Respond(transaction, response, now, ports.SipEffects);
}
