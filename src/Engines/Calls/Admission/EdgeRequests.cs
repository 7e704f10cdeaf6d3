using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// INVITEs of our own edges: a new call, a call whose contact goes on here, or one that is here already and whose edge
/// comes back over another dialog (decision 0015).
/// </summary>
internal sealed class EdgeRequests(
    SipTransactionLayer sip,
    CallAdmission admission,
    Availability availability,
    CallPorts ports,
    CallTable calls)
{
    /// <summary>Answers the INVITE, or returns the call that it begins.</summary>
    public Call? Invite(
        SipServerTransaction transaction, Trunk trunk, CarrierMessages messages, Instant now)
    {
        if (ports.Anchor is not { } anchor)
        {
            Refuse(transaction, messages.Refuse(transaction, SipCauseTable.For(CallOutcome.ForeignTrunk)), now);
            return null;
        }

        if (!EdgeInvite.TryRead(transaction.Request, out var edge, out var fault))
        {
            Refuse(transaction, Malformed(transaction, messages, fault), now);
            return null;
        }

        var context = new Incoming(transaction, trunk, messages, edge, edge.EpochFor(anchor.Node));
        messages.Epochs = new CallEpochs(edge.Caller, context.Own).ToString();
        if (calls.TryFind(edge.CallId, out var known))
        {
            return Meet(known, context, now);
        }

        return edge.Resume is { } token ? Resume(anchor, token, context, now) : Begin(anchor, context, null, now);
    }

    private Call? Begin(ConnectorAnchor anchor, Incoming incoming, ResumeToken? previous, Instant now)
    {
        var transaction = incoming.Transaction;
        if (!admission.TryAdmit(
            transaction.Request, incoming.Trunk, availability, now, out var routed, out var outcome))
        {
            var cause = SipCauseTable.For(outcome);
            Refuse(transaction, incoming.Messages.Refuse(transaction, cause), now);
            return null;
        }

        var callId = incoming.Edge.CallId;
        var own = incoming.Own;
        routed = routed with
        {
            CallId = callId,
            Request = routed.Request with
            {
                // Another connector's attempt for the same call is another contact.
                ClientToken = $"farspan-{callId}-{own.Number}-{own.Node}",
                RelatedContactId = previous?.ContactId,
                SharedWith = incoming.Sharing,
            },
        };
        return Add(routed, new CallAnchor(anchor, incoming.Edge, own, resumed: null), incoming, now);
    }

    private Call? Resume(ConnectorAnchor anchor, SealedToken sealedToken, Incoming incoming, Instant now)
    {
        var wall = ports.WallAt(now);
        ResumeToken? token = null;
        var isOpen = anchor.Opener.TryOpen(
            sealedToken, incoming.Edge.CallId, newest: null, wall, out var content, out var error)
            && ResumeToken.TryDecode(content, out token, out error);
        if (!isOpen)
        {
            RefuseToken(incoming, error, now);
            return null;
        }

        if (incoming.Edge.IsReplacement)
        {
            StopPrevious(incoming.Edge.CallId, token!, now);
            return Begin(anchor, incoming, token, now);
        }

        if (incoming.Own <= sealedToken.Header.Stamp.Epoch)
        {
            incoming.Messages.Epochs =
                new CallEpochs(incoming.Edge.Caller, sealedToken.Header.Stamp.Epoch).ToString();
            Refuse(incoming.Transaction, incoming.Messages.Respond(incoming.Transaction, 412).Build(), now);
            return null;
        }

        if (!admission.TryAdmitResumed(
            incoming.Edge, token!, incoming.Trunk, availability, now, out var routed, out var outcome))
        {
            var cause = SipCauseTable.For(outcome);
            Refuse(incoming.Transaction, incoming.Messages.Refuse(incoming.Transaction, cause), now);
            return null;
        }

        routed = routed with { Request = routed.Request with { SharedWith = incoming.Sharing } };
        return Add(routed, new CallAnchor(anchor, incoming.Edge, incoming.Own, token), incoming, now);
    }

    // The call is here: its edge was cut off from us, or a message came late.
    private Call? Meet(Call known, Incoming incoming, Instant now)
    {
        var transaction = incoming.Transaction;
        if (!known.MayReturnTo(incoming.Edge, incoming.Own))
        {
            incoming.Messages.Epochs = known.Epochs.ToString();
            Refuse(transaction, incoming.Messages.Respond(transaction, 412).Build(), now);
            return null;
        }

        var carrier = new CarrierLeg(incoming.Trunk.Leg, sip, transaction, ports.Random, admission.Keys);
        transaction.Owner = known;
        known.Return(carrier, incoming.Edge, incoming.Own, now);
        calls.Settle(known);
        return null;
    }

    private Call Add(RoutedCall routed, CallAnchor anchor, Incoming incoming, Instant now)
    {
        var carrier = new CarrierLeg(
            incoming.Trunk.Leg, sip, incoming.Transaction, ports.Random, admission.Keys);
        var call = new Call(ports, routed, carrier, now, anchor)
        {
            Adopter = new CallerAdoption(sip, incoming.Trunk.Leg, admission.Keys),
        };
        incoming.Transaction.Owner = call;
        calls.Add(call);
        ports.World.Add(new ConnectorEffect.Report(CallEvent.Create(
            call.Id,
            CallEventKind.Offered,
            ("sipCallId", incoming.Transaction.Request.CallId),
            ("localTag", incoming.Transaction.LocalTag),
            ("trunk", incoming.Edge.Trunk),
            ("edge", incoming.Edge.Caller.Node),
            ("epochs", anchor.Epochs.ToString()),
            ("resumes", anchor.Resumed?.ContactId),
            ("instance", routed.Request.InstanceId))));
        return call;
    }

    // Nobody can join it any more, but it may live: it must not cost an agent's time.
    private void StopPrevious(string callId, ResumeToken token, Instant now)
    {
        var request = new StartContactRequest
        {
            InstanceId = token.InstanceId,
            ContactFlowId = "",
            DisplayName = "",
            ClientToken = token.IntentId,
        };
        var open = new OpenContact(
            token.IntentId, $"{callId}-{token.ContactId}", request, token.ContactId, IsStopWanted: true);
        ports.Desk.TryAdopt(open.CallId, request, token.ContactId, now, ports.World);
        ports.Desk.Abandon(open.CallId, now, ports.World);
    }

    private void RefuseToken(Incoming incoming, TokenError error, Instant now)
    {
        var outcome = error switch
        {
            // Another connector may have the keys, or the version.
            TokenError.UnknownGeneration or TokenError.UnknownVersion => CallOutcome.NotAccepting,
            TokenError.Expired or TokenError.Incomplete => CallOutcome.ContactGone,
            _ => CallOutcome.ForeignTrunk,
        };
        var (transaction, messages) = (incoming.Transaction, incoming.Messages);
        messages.ContactState = outcome == CallOutcome.ContactGone ? ClusterHeaders.ContactGone : "";
        var cause = SipCauseTable.For(outcome) with { Text = $"resume token: {error}" };
        Refuse(transaction, messages.Refuse(transaction, cause), now);
    }

    private static SipResponse Malformed(
        SipServerTransaction transaction, CarrierMessages messages, string fault) =>
        messages.Respond(transaction, 400).AddHeader("Warning", $"399 farspan \"{fault}\"").Build();

    private void Refuse(SipServerTransaction transaction, SipResponse refusal, Instant now)
    {
        sip.Respond(transaction, refusal, now, ports.Sip);
        ports.World.Add(new ConnectorEffect.Report(CallEvent.Create(
            transaction.Request.CallId,
            CallEventKind.Refused,
            ("method", transaction.Request.MethodName),
            ("status", refusal.StatusCode),
            ("cause", refusal.Reason?.Text ?? refusal.ReasonPhrase),
            ("flow", transaction.Flow.ToString()))));
    }

    /// <param name="Transaction">The INVITE.</param>
    /// <param name="Trunk">Of the edges.</param>
    /// <param name="Messages">For its answers.</param>
    /// <param name="Edge">What it says.</param>
    /// <param name="Own">The epoch that our half is to have.</param>
    private sealed record Incoming(
        SipServerTransaction Transaction, Trunk Trunk, CarrierMessages Messages, EdgeInvite Edge, Epoch Own)
    {
        public ContactSharing Sharing => ContactSharing.Of(
            Edge.Caller.Node, Transaction.Flow, Transaction.Request.Contact, Own);
    }
}
