using System.Net;
using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>
/// Watches all connectors, says which calls have lost theirs, and lets these go to others at a measured pace.
/// </summary>
internal sealed class ConnectorWatch(EdgePorts ports, EdgeCallTable calls)
{
    private const string DeadDetail = "the connector is dead";

    private readonly OrderedDictionary<string, TargetProbe> _probes = [];
    private readonly Dictionary<string, TargetProbe> _talking = [];
    private readonly Dictionary<string, string> _lost = [];
    private readonly HashSet<IPAddress> _addresses = [];
    private readonly DeadlineQueue<TargetProbe> _deadlines = new();
    private readonly TakeoverPacer _pacer =
        new(ports.Settings.TakeoverBurst, ports.Settings.TakeoversPerSecond);

    public Instant? Deadline => Instant.Earlier(_deadlines.Next, _pacer.Deadline);

    /// <summary>Whether an address is that of a connector.</summary>
    public bool IsConnector(IPAddress address) =>
        _addresses.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address);

    /// <summary>These connectors there are from now on; of the others, calls go on but no new ones
    /// come.</summary>
    public void Put(IReadOnlyList<ConnectorTarget> connectors, Instant now)
    {
        foreach (var connector in connectors)
        {
            _addresses.Add(connector.Address.Address);
            var state = ports.Distributor.Put(connector);
            if (!_probes.ContainsKey(connector.Name))
            {
                var settings = ports.Settings;
                var probe = new TargetProbe(
                    state, settings.Probe, settings.Inner, ports.Sip, ports.Random, now);
                _probes.Add(connector.Name, probe);
                _deadlines.Set(probe, probe.Deadline);
            }
        }

        var gone = _probes.Keys.Except(connectors.Select(connector => connector.Name)).ToArray();
        foreach (var name in gone)
        {
            _deadlines.Remove(_probes[name]);
            _probes.Remove(name);
            ports.Distributor.Find(name)?.Refused(null, null, now);
        }
    }

    public void Expire(Instant now)
    {
        while (_deadlines.TryTakeDue(now, out var probe))
        {
            probe.Expire(now, ports.SipEffects);
            Settle(probe, now);
        }
    }

    /// <summary>Which connector carries the call's media now.</summary>
    public void Follow(EdgeCall call)
    {
        var carrier = call is { State: EdgeCallState.Talking, Inner: { State: InnerLegState.Confirmed } inner }
            ? _probes.GetValueOrDefault(inner.Target.Target.Name)
            : null;
        var before = _talking.GetValueOrDefault(call.Id);
        if (carrier == before)
        {
            return;
        }

        before?.NoteTalking(call.Id, isTalking: false);
        carrier?.NoteTalking(call.Id, isTalking: true);
        if (carrier is null)
        {
            _talking.Remove(call.Id);
        }
        else
        {
            _talking[call.Id] = carrier;
        }
    }

    public void Forget(EdgeCall call)
    {
        if (_talking.Remove(call.Id, out var probe))
        {
            probe.NoteTalking(call.Id, isTalking: false);
        }
    }

    public void NoteMedia(EdgeCall call, MediaEvent media, Instant now)
    {
        if (media is MediaEvent.InnerSilent or MediaEvent.InnerHeard
            && _talking.TryGetValue(call.Id, out var probe))
        {
            probe.NoteMedia(call.Id, media is MediaEvent.InnerSilent, now);
            Settle(probe, now);
        }
    }

    public void NoteSign(string connector, Instant now)
    {
        if (_probes.TryGetValue(connector, out var probe))
        {
            probe.NoteSign(now);
            Settle(probe, now);
        }
    }

    public void NoteBrokenFlow(in SipFlow flow, Instant now)
    {
        if (!flow.Local.Equals(ports.Settings.Inner.Local))
        {
            return;
        }

        foreach (var probe in _probes.Values)
        {
            if (probe.Target.Target.Address.Equals(flow.Remote) && !probe.IsAsking)
            {
                probe.NoteBrokenFlow(now);
                Settle(probe, now);
            }
        }
    }

    /// <summary>Performs what a probe found out.</summary>
    public void Settle(TargetProbe probe, Instant now)
    {
        foreach (var found in probe.Events.Drain())
        {
            ports.Report(CallEvent.Create(
                "node",
                CallEventKind.ConnectorHealthChanged,
                ("connector", probe.Target.Target.Name),
                ("health", probe.Target.Health)));
            if (found == ProbeEvent.Died || probe.Target.Health == TargetHealth.Silent)
            {
                Lose(probe, found == ProbeEvent.Died, now);
            }
        }

        if (_probes.ContainsValue(probe))
        {
            _deadlines.Set(probe, probe.Deadline);
        }
    }

    /// <summary>The next call that is to go to another connector.</summary>
    public bool TryTakeLost(Instant now, out string callId, out string detail)
    {
        var isThere = _pacer.TryTake(now, out callId);
        detail = isThere && _lost.Remove(callId, out var why) ? why : DeadDetail;
        return isThere;
    }

    // A connector that is silent to OPTIONS keeps those that talk; those that still ring may ring elsewhere.
    private void Lose(TargetProbe probe, bool isDead, Instant now)
    {
        foreach (var call in calls.All)
        {
            var isItsCall = call.Inner?.Target == probe.Target;
            if (isItsCall && (isDead || call.State != EdgeCallState.Talking) && !_lost.ContainsKey(call.Id))
            {
                _lost[call.Id] = isDead ? DeadDetail : "the connector does not answer";
                _pacer.Add(call.Id, now);
            }
        }
    }
}
