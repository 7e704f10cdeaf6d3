using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// The connector as a function: everything that happens goes in with its time, everything to be done comes
/// out in order. Owns the SIP transaction layer, the calls and the contact desk.
/// </summary>
/// <remarks>
/// <code>
///  SIP bytes ─► transaction layer ─► admission ─► Call ┬─ CarrierLeg ─► transaction layer ─► SIP bytes
///                                                      ├─ ContactLeg ─► WebSocket, media commands
///  media, HTTP and WebSocket results ─────────────────►└─ ContactDesk ─► Amazon Connect, journal
/// </code>
/// A defect in one call ends that call; the others go on. One owner, one thread; nothing inside waits.
/// </remarks>
public sealed partial class ConnectorEngine : INodeEngine<ConnectorInput>
{
    private readonly SipTransactionLayer _sip;
    private readonly CallAdmission _admission;
    private readonly CallPorts _ports;
    private readonly CallTable _calls = new();
    private readonly Availability _availability;
    private readonly CarrierRequests _requests;
    private readonly Strangers _strangers;

    public ConnectorEngine(SipTransactionLayer sip, CallAdmission admission, CallPorts ports)
    {
        _sip = sip;
        _admission = admission;
        _ports = ports;
        _availability = new Availability(_calls, ports.Desk, admission.CallsMax);
        _requests = new CarrierRequests(sip, admission, _availability, ports, _calls);
        _orphans = new OrphanContacts(sip, ports);
        _strangers = new Strangers(
            sip, ports.Sip, happened => ports.World.Add(new ConnectorEffect.Report(happened)));
    }

    /// <summary>When to call <see cref="Expire"/>; null while nothing waits.</summary>
    public Instant? Deadline =>
        Instant.Earlier(
            Instant.Earlier(
                Instant.Earlier(_sip.Deadline, ClusterDeadline),
                Instant.Earlier(_strangers.Deadline, _availability.Deadline)),
            Instant.Earlier(_calls.Deadline, _ports.Desk.Deadline));

    public CallTable Calls => _calls;

    public ContactDesk Desk => _ports.Desk;

    public SipTransactionLayer Sip => _sip;

    /// <summary>
    /// Takes one input; the effects are in the <see cref="CallPorts.World"/> outbox afterwards.
    /// </summary>
    public void Receive(ConnectorInput input, Instant now)
    {
        NoteTurn(now);
        switch (input)
        {
            case ConnectorInput.SipReceived sip when _admission.FindTrunk(sip.Flow) is null:
                _strangers.Receive(sip.Flow, sip.Message.Span, now);
                break;
            case ConnectorInput.SipReceived sip:
                _sip.Receive(sip.Flow, sip.Message.Span, now, _ports.Sip);
                break;
            case ConnectorInput.SipFlowFailed failed:
                _sip.FailFlow(failed.Flow, now, _ports.Sip);
                break;
            case ConnectorInput.MediaReported media:
                ReceiveMedia(media.Event, now);
                break;
            case ConnectorInput.MediaStalled stalled:
                _ports.World.Add(new ConnectorEffect.Report(CallEvent.Create(
                    "node",
                    CallEventKind.MediaStalled,
                    ("gapMs", Math.Round(stalled.Gap.TotalMilliseconds)),
                    ("isOver", stalled.IsOver))));
                break;
            case ConnectorInput.EdgeDied died:
                LoseEdge(died, now);
                break;
            case ConnectorInput.DrainRequested drain:
                _availability.IsDraining = drain.IsDraining;
                break;
            default:
                ReceiveFromAmazon(input, now);
                break;
        }

        Settle(now);
    }

    /// <summary>Fires everything that is due.</summary>
    public void Expire(Instant now)
    {
        NoteTurn(now);
        _sip.Expire(now, _ports.Sip);
        _strangers.Expire(now);
        _orphans.Expire(now);
        _availability.Expire(now);
        _ports.Desk.Expire(now, _ports.World);
        while (_calls.TryTakeDue(now, out var call))
        {
            Guard(call, now, () => call.Expire(now), isUrgent: true);
        }

        Settle(now);
    }

    /// <summary>
    /// Takes up the contacts that an earlier process left open. Call once, before the first input.
    /// </summary>
    public void Recover(IEnumerable<OpenContact> open, Instant now)
    {
        foreach (var contact in open)
        {
            RecoverContact(contact, now);
        }

        Settle(now);
    }

    /// <summary>The node stops: takes no more calls and ends those that there are.</summary>
    public void Stop(Instant now)
    {
        _availability.IsStopping = true;
        foreach (var call in _calls.All.ToArray())
        {
            Guard(call, now, () => call.Terminate(CallOutcome.NodeStopping, "the node stops", now));
        }

        Settle(now);
    }

    private void ReceiveMedia(MediaEvent media, Instant now)
    {
        _availability.Note(media, now);
        if (_calls.TryFindByMedia(media.MediaId, out var call))
        {
            Guard(call, now, () => call.ReceiveMedia(media, now));
        }
    }

    private void ReceiveFromAmazon(ConnectorInput input, Instant now)
    {
        switch (input)
        {
            case ConnectorInput.ContactStarted started:
                _ports.Desk.CompleteStart(started.IntentId, started.Contact, now, _ports.World);
                break;
            case ConnectorInput.ContactStartFailed failed:
                _ports.Desk.FailStart(failed.IntentId, failed.Error, now, _ports.World);
                break;
            case ConnectorInput.ContactStopCompleted stopped:
                _ports.Desk.CompleteStop(stopped.IntentId, stopped.Error, now, _ports.World);
                break;
            case ConnectorInput.InstanceProbed probed:
                _ports.Desk.CompleteProbe(probed.InstanceId, probed.Error, now);
                break;
            case ConnectorInput.ParticipantConnected participant:
                ForCall(participant.CallId, now, call => call.CompleteParticipant(participant.Result, now));
                break;
            case ConnectorInput.DigitsSent digits:
                ForCall(digits.CallId, now, call => call.CompleteDigits(digits.Error, now));
                break;
            case ConnectorInput.AttributesUpdated updated:
                ForCall(updated.CallId, now, call => call.CompleteAttributes(updated.Error, now));
                break;
            default:
                ReceiveFromSocket(input, now);
                break;
        }
    }

    private void ReceiveFromSocket(ConnectorInput input, Instant now)
    {
        switch (input)
        {
            case ConnectorInput.SocketOpened opened:
                ForContact(opened.Socket, now, leg =>
                    leg.SocketOpened(opened.Socket.Number, now, _ports.World));
                break;
            case ConnectorInput.SocketReceived received:
                ForContact(received.Socket, now, leg =>
                    leg.SocketReceived(received.Socket.Number, received.Message.Span, now, _ports.World));
                break;
            case ConnectorInput.SocketClosed closed:
                ForContact(closed.Socket, now, leg =>
                    leg.SocketClosed(closed.Socket.Number, closed.Code, closed.Reason, now, _ports.World));
                break;
            case ConnectorInput.SocketRefused refused:
                ForContact(refused.Socket, now, leg =>
                    leg.SocketRefused(refused.Socket.Number, refused.HttpStatus, now, _ports.World));
                break;
            default:
                throw Invariant.Unreachable(input);
        }
    }

    private void ForContact(SocketId socket, Instant now, Action<ContactLeg> receive) =>
        ForCall(socket.CallId, now, call => call.ReceiveContact(receive, now));

    private void ForCall(string callId, Instant now, Action<Call> action)
    {
        if (_calls.TryFind(callId, out var call))
        {
            Guard(call, now, () => action(call));
        }
    }

    // SIP effects may end calls, calls may ask the desk, the desk may tell calls: until all are quiet.
    private void Settle(Instant now)
    {
        while (_ports.Sip.Count > 0 || _ports.Desk.Events.Count > 0)
        {
            foreach (var effect in _ports.Sip.Drain())
            {
                Apply(effect, now);
            }

            foreach (var desk in _ports.Desk.Events.Drain())
            {
                ForCall(desk.CallId, now, call => call.ReceiveDesk(desk, now));
            }
        }

        if (_availability.TryTell(out var judgement))
        {
            _ports.World.Add(new ConnectorEffect.ShowAvailability(judgement));
        }
    }

    private void Apply(SipLayerEffect effect, Instant now)
    {
        switch (effect)
        {
            case SipLayerEffect.Transmit transmit:
                _ports.World.Add(new ConnectorEffect.TransmitSip(transmit.Flow, transmit.Message));
                break;
            case SipLayerEffect.RequestReceived received:
                ApplyRequest(received.Transaction, now);
                break;
            case SipLayerEffect.AckReceived { Ack: var ack, Flow: var flow }
                when FindCall(ack) is { } call && IsFromTrunkOf(call, flow):
                Guard(call, now, () => call.ReceiveCarrier(leg => leg.ReceiveAck(ack, now, _ports.Sip), now));
                break;
            case SipLayerEffect.CancelReceived { Invite.Owner: Call call } cancel:
                ApplyCancel(call, cancel, now);
                break;
            case SipLayerEffect.ResponseReceived { Transaction: { Owner: Call call } client } response:
                Guard(call, now, () => call.ReceiveResponse(client, response.Response, now), isUrgent: true);
                break;
            case SipLayerEffect.ClientFailed { Transaction: { Owner: Call call } client } failed:
                Guard(call, now, () => call.FailClient(client, failed.Outcome, now), isUrgent: true);
                break;
            case SipLayerEffect.ResponseReceived answered:
                _orphans.Receive(answered.Transaction, answered.Response, now);
                break;
            case SipLayerEffect.ClientFailed unanswered:
                _orphans.Fail(unanswered.Transaction, now);
                break;
            default:
                // An ACK, a CANCEL or an outcome that belongs to no call any more; a message that made no
                // sense; a
                // response that did not arrive: its request is repeated, or its ACK is missed.
                break;
        }
    }

    private void ApplyRequest(SipServerTransaction request, Instant now)
    {
        if (FindCall(request.Request) is not { } call)
        {
            BeginRequest(request, now);
        }
        else if (IsFromTrunkOf(call, request.Flow))
        {
            Guard(call, now, () => call.ReceiveRequest(request, now));
        }
        else
        {
            _requests.RefuseForeign(request, now);
        }
    }

    private void ApplyCancel(Call call, SipLayerEffect.CancelReceived cancel, Instant now)
    {
        if (IsFromTrunkOf(call, cancel.Flow))
        {
            Guard(call, now, () => call.ReceiveCarrier(leg => leg.ReceiveCancel(now, _ports.Sip), now));
        }
        else
        {
            _sip.DisregardCancel(cancel.Invite);
        }
    }

    // Any address of the carrier may go on with a dialog, and nobody else.
    private bool IsFromTrunkOf(Call call, in SipFlow flow) =>
        _admission.FindTrunk(flow) is { } trunk
        && (trunk.Name == call.Routed.Trunk || (trunk.IsEdge && call.IsAnchored));

    private void BeginRequest(SipServerTransaction transaction, Instant now)
    {
        try
        {
            if (_requests.Receive(transaction, now) is { } call)
            {
                Guard(call, now, call.Start);
            }
        }
        catch (Exception defect)
        {
            Report(transaction.Request.CallId, defect);
            _requests.RefuseDefect(transaction, now);
        }
    }

    private Call? FindCall(SipRequest request) =>
        _calls.TryFindByDialog(SipDialogId.OfReceived(request), out var call) ? call : null;

    private void Report(string callId, Exception defect) => _ports.World.Add(new ConnectorEffect.Report(
        CallEvent.Create(callId, CallEventKind.Defect, ("exception", defect.ToString()))));

    // The bulkhead between calls: a defect while one is handled ends that one.
    private void Guard(Call call, Instant now, Action action, bool isUrgent = false)
    {
        try
        {
            if (isUrgent)
            {
                action();
            }
            else
            {
                call.Do(action);
            }
        }
        catch (Exception defect)
        {
            Report(call.Id, defect);
            Abort(call, now);
        }

        if (_calls.Settle(call))
        {
            _admission.Release(call.Routed);
        }
    }

    private void Abort(Call call, Instant now)
    {
        try
        {
            call.Terminate(CallOutcome.Defect, "internal error", now);
        }
        catch (Exception)
        {
            // Even ending it fails: give up its contact and its media, and forget it.
            _ports.Desk.Abandon(call.Id, now, _ports.World);
            _ports.World.Add(new ConnectorEffect.CommandMedia(new Media.MediaCommand.Close(call.MediaId)));
            if (_calls.Forget(call))
            {
                _admission.Release(call.Routed);
            }
        }
    }
}
