using Farspan.Calls;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>
/// The edge as a function: everything that happens goes in with its time, everything to be done comes out in
/// order. Owns the SIP transaction layer, the calls and what is known of the connectors.
/// </summary>
/// <remarks>
/// <code>
///  carriers ─► transaction layer ─► CallerRequests ─► EdgeCall ┬─ CarrierLeg ─► carriers
///                                                            ├─ InnerLeg ───► connectors
///  media ───────────────────────────────────────────────────►└─ relay commands
///  connectors ─► OPTIONS answers, life signs, silence ─► TargetProbe ─► Distributor
/// </code>
/// A defect in one call ends that call; the others go on. One owner, one thread; nothing inside waits.
/// </remarks>
public sealed partial class EdgeEngine : INodeEngine<EdgeInput>
{
    private static readonly TimeSpan LivenessGapMax = new LivenessTimings().GapMax;

    private readonly EdgePorts _ports;
    private readonly TrunkTable _trunks;
    private readonly EdgeAvailability _availability;
    private readonly CallerRequests _requests;
    private readonly AdoptionRequests _adoptions;
    private readonly Strangers _strangers;
    private readonly ConnectorWatch _watch;
    private readonly LoopPulse _pulse = new(new LivenessTimings());

    public EdgeEngine(EdgePorts ports, TrunkTable trunks)
    {
        (_ports, _trunks) = (ports, trunks);
        _availability = new EdgeAvailability(Calls, ports.Distributor, ports.Settings.CallsMax);
        _requests = new CallerRequests(ports, trunks, _availability, Calls);
        _adoptions = new AdoptionRequests(ports, trunks, Calls);
        _strangers = new Strangers(ports.Sip, ports.SipEffects, ports.Report);
        _watch = new ConnectorWatch(ports, Calls);
    }

    /// <summary>When to call <see cref="Expire"/>; null while nothing waits.</summary>
    public Instant? Deadline =>
        Instant.Earlier(
            Instant.Earlier(_ports.Sip.Deadline, _strangers.Deadline),
            Instant.Earlier(Calls.Deadline, Instant.Earlier(_watch.Deadline, PulseDeadline)));

    public EdgeCallTable Calls { get; } = new();

    public IReadOnlyList<TargetState> Connectors => _ports.Distributor.Targets;

    public SipTransactionLayer Sip => _ports.Sip;

    /// <summary>Takes one input; the effects are in the <see cref="EdgePorts.World"/> outbox
    /// afterwards.</summary>
    public void Receive(EdgeInput input, Instant now)
    {
        NoteTurn(now);
        switch (input)
        {
            case EdgeInput.SipReceived sip when !IsInner(sip.Flow) && _trunks.Find(sip.Flow) is null:
                _strangers.Receive(sip.Flow, sip.Message.Span, now);
                break;
            case EdgeInput.SipReceived sip:
                _ports.Sip.Receive(sip.Flow, sip.Message.Span, now, _ports.SipEffects);
                break;
            case EdgeInput.SipFlowFailed failed:
                _ports.Sip.FailFlow(failed.Flow, now, _ports.SipEffects);
                _watch.NoteBrokenFlow(failed.Flow, now);
                break;
            case EdgeInput.MediaReported media
                when Calls.TryFindByMedia(media.Event.MediaId, out var call):
                _watch.NoteMedia(call, media.Event, now);
                Guard(call, now, () => call.ReceiveMedia(media.Event, now));
                break;
            case EdgeInput.ConnectorsChanged changed:
                _watch.Put(changed.Connectors, now);
                break;
            case EdgeInput.LifeSignReceived sign:
                _watch.NoteSign(sign.Connector, now);
                break;
            case EdgeInput.MediaStalled stalled:
                _ports.Report(CallEvent.Create(
                    "node",
                    CallEventKind.MediaStalled,
                    ("gapMs", Math.Round(stalled.Gap.TotalMilliseconds)),
                    ("isOver", stalled.IsOver)));
                break;
            case EdgeInput.DrainRequested drain:
                _availability.IsDraining = drain.IsDraining;
                break;
            default:
                // Media of a call that is over.
                Invariant.Require(input is EdgeInput.MediaReported);
                break;
        }

        Settle(now);
    }

    /// <summary>Fires everything that is due.</summary>
    public void Expire(Instant now)
    {
        NoteTurn(now);
        _ports.Sip.Expire(now, _ports.SipEffects);
        _strangers.Expire(now);
        _watch.Expire(now);
        while (Calls.TryTakeDue(now, out var call))
        {
            Guard(call, now, () => call.Expire(now));
        }

        Settle(now);
    }

    /// <summary>The node stops: takes no more calls and ends those that there are.</summary>
    public void Stop(Instant now)
    {
        _availability.IsStopping = true;
        foreach (var call in Calls.All.ToArray())
        {
            Guard(call, now, () => call.Terminate(CallOutcome.NodeStopping, "the node stops", now));
        }

        Settle(now);
    }

    // SIP effects may end calls, calls may send SIP, dead connectors may move calls: until all are quiet.
    private void Settle(Instant now)
    {
        do
        {
            foreach (var effect in _ports.SipEffects.Drain())
            {
                Apply(effect, now);
            }

            while (_watch.TryTakeLost(now, out var callId, out var detail))
            {
                if (Calls.TryFind(callId, out var call))
                {
                    Guard(call, now, () => call.LoseConnector(detail, now));
                }
            }
        }
        while (_ports.SipEffects.Count > 0);

        if (_availability.TryTell(now, out var judgement))
        {
            _ports.World.Add(new EdgeEffect.ShowAvailability(judgement));
        }
    }

    // While there is a call that another edge could adopt, the loop must notice that it did not run.
    private Instant? PulseDeadline => _ports.Anchor is not null && Calls.Count > 0 ? _pulse.Deadline : null;

    private void NoteTurn(Instant now)
    {
        _pulse.Turn(now, out var gap);
        if (_ports.Anchor is null || gap <= LivenessGapMax)
        {
            return;
        }

        foreach (var call in Calls.All.ToArray())
        {
            Guard(call, now, () => call.Doubt(now));
        }
    }

    // The inner side has a listening address of its own, and only connectors are let in there.
    private bool IsInner(in SipFlow flow) =>
        flow.Local.Equals(_ports.Settings.Inner.Local) && flow.IsReliable && _watch.IsConnector(flow.Remote.Address);

    private void Report(string callId, Exception defect) => _ports.Report(
        CallEvent.Create(callId, CallEventKind.Defect, ("exception", defect.ToString())));

    // The bulkhead between calls: a defect while one is handled ends that one.
    private void Guard(EdgeCall call, Instant now, Action action)
    {
        try
        {
            action();
        }
        catch (Exception defect)
        {
            Report(call.Id, defect);
            Abort(call, now);
        }

        _watch.Follow(call);
        if (Calls.Settle(call))
        {
            Release(call);
        }
    }

    private void Abort(EdgeCall call, Instant now)
    {
        try
        {
            call.Terminate(CallOutcome.Defect, "internal error", now);
        }
        catch (Exception)
        {
            // Even ending it fails: give up its media, and forget it.
            _ports.World.Add(new EdgeEffect.CommandMedia(new MediaCommand.Close(call.MediaId)));
            if (Calls.Forget(call))
            {
                Release(call);
            }
        }
    }

    private void Release(EdgeCall call)
    {
        _watch.Forget(call);
        _trunks.Release(call.Admitted.Trunk.Name);
    }
}
