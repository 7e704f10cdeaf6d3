using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls;

/// <content>The caller's half is lost: another edge is asked to adopt it (decision 0015).</content>
public sealed partial class Call
{
    /// <summary>Null for a carrier's call.</summary>
    public CallerAdoption? Adopter { get; init; }

    /// <summary>
    /// The edge is dead, as far as this node can tell. The caller is adopted as soon as the call's own media says so
    /// too: of a dead signalling alone nobody hangs up.
    /// </summary>
    public void LoseEdge(string node, string cause, Instant now)
    {
        if (_anchor is not { Contact.IsFenced: false } anchor || IsClosing || anchor.EdgeNode != node)
        {
            return;
        }

        if (!WasAnswered)
        {
            End(CallOutcome.CarrierLost, $"the edge is lost: {cause}", now);
            Pump(now);
            return;
        }

        if (!anchor.Adoption.IsWanted)
        {
            _reports.Add(CallEventKind.EdgeLost, ("edge", node), ("cause", cause));
            anchor.Adoption.Begin(node, now);
        }

        AskNextEdge(anchor, now);
    }

    /// <summary>An answer to a request of ours, in a dialog or to make one.</summary>
    public void ReceiveResponse(SipClientTransaction transaction, SipResponse response, Instant now)
    {
        if (_anchor is { } anchor && anchor.Adoption.Attempt is { } attempt
            && ReferenceEquals(attempt.Transaction, transaction))
        {
            CompleteAdoption(anchor, attempt, response, now);
        }
        else
        {
            Carrier.ReceiveResponse(transaction, response, now, _ports.Sip);
        }

        Pump(now);
    }

    /// <summary>A request of ours ended without an answer.</summary>
    public void FailClient(SipClientTransaction transaction, SipTransactionOutcome outcome, Instant now)
    {
        if (_anchor is { } anchor && anchor.Adoption.Attempt is { } attempt
            && ReferenceEquals(attempt.Transaction, transaction))
        {
            FailAdoption(anchor, attempt, $"{outcome}", now);
        }
        else
        {
            Carrier.FailClient(transaction, outcome, now, _ports.Sip);
        }

        Pump(now);
    }

    // The edge was lost while we were talking: the caller may still be on its line.
    private bool MayBeAdopted(CallOutcome outcome) =>
        _anchor is { Contact.IsFenced: false } && WasAnswered && !IsClosing
        && outcome is CallOutcome.CarrierLost or CallOutcome.SessionExpired or CallOutcome.NoAck;

    private void NoteEdgeMedia(bool isFlowing, Instant now)
    {
        if (_anchor is not { } anchor)
        {
            return;
        }

        anchor.IsMediaFlowing = isFlowing;
        _ports.World.Add(new ConnectorEffect.NoteEdgeMedia(anchor.EdgeNode, Id, isFlowing));
        if (anchor.Adoption.IsWanted)
        {
            AskNextEdge(anchor, now);
        }
    }

    private void AskNextEdge(CallAnchor anchor, Instant now)
    {
        var isReady = anchor.Adoption.Attempt is null && !anchor.IsMediaFlowing && !IsClosing;
        if (!isReady || anchor.CallerToken is not { } caller || _local is null)
        {
            return;
        }

        if (!anchor.Adoption.TryNext(anchor.Node.Edges, anchor.EdgeNode, now, out var target))
        {
            return;
        }

        var epochs = anchor.Epochs.With(CallSide.Caller, anchor.Caller.Highest.Next(target.Node));
        var body = new AdoptionBody(caller, SealToken(now), epochs, anchor.CarrierTrunk);
        var local = _local with { SessionId = _ports.Random.NextUInt64() >> 2 };
        anchor.Adoption.Attempt = Adopter!.Ask(target, this, local, body, _ports, now);
        _reports.Add(CallEventKind.AdoptionAsked, ("edge", target.Node), ("epochs", epochs.ToString()));
    }

    private void CompleteAdoption(
        CallAnchor anchor, AdoptionAttempt attempt, SipResponse response, Instant now)
    {
        if (!response.IsFinal)
        {
            return;
        }

        if (response.TryGetHeader(ClusterHeaders.Epoch, out var text))
        {
            Hear(text);
        }

        if (!response.IsSuccess || !attempt.TryAccept(response, out var dialog))
        {
            FailAdoption(anchor, attempt, $"{response.StatusCode}", now);
            return;
        }

        var carrier = Adopter!.Continue(attempt, dialog, this, _ports);
        if (IsClosing)
        {
            // The contact is over meanwhile: the edge that has the caller now is told.
            carrier.HangUp(SipCauseTable.For(Outcome!.Value), now, _ports.Sip);
            anchor.Adoption.Attempt = null;
            return;
        }

        var gap = now - anchor.Adoption.LostAt;
        anchor.Caller.Hear(attempt.Caller);
        Use(carrier, now);
        Carrier.Tell();
        anchor.Tokens.Renew();
        _reports.Add(
            CallEventKind.CallerAdopted,
            ("edge", attempt.Target.Node),
            ("epochs", anchor.Epochs.ToString()),
            ("gapMs", Math.Round(gap.TotalMilliseconds)));
    }

    private void FailAdoption(CallAnchor anchor, AdoptionAttempt attempt, string cause, Instant now)
    {
        _reports.Add(CallEventKind.AdoptionFailed, ("edge", attempt.Target.Node), ("cause", cause));
        anchor.Adoption.Attempt = null;
        if (anchor.Adoption.IsOverdue)
        {
            GiveCallerUp(now);
            return;
        }

        if (anchor.Caller.Highest.Node != attempt.Target.Node && anchor.Caller.Highest > attempt.Caller)
        {
            // Somebody else has the caller already: it will come to us.
            return;
        }

        AskNextEdge(anchor, now);
    }

    private void ExpireAdoption(CallAnchor anchor, Instant now)
    {
        if (anchor.Adoption.Expire(now))
        {
            AskNextEdge(anchor, now);
        }

        if (anchor.Adoption is { IsOverdue: true, IsTakenBack: false, Attempt: { } late })
        {
            anchor.Adoption.IsTakenBack = true;

            // What crosses the CANCEL, a 200 even now, is welcome.
            Adopter!.Layer.Cancel(late.Transaction, null, now, _ports.Sip);
        }
        else if (anchor.Adoption is { IsOverdue: true, Attempt: null })
        {
            GiveCallerUp(now);
        }
    }

    private void GiveCallerUp(Instant now) => End(CallOutcome.CarrierLost, "no edge has adopted the caller", now);
}
