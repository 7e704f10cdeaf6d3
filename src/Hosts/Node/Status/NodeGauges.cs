using System.Diagnostics.Metrics;
using Farspan.Media;
using Farspan.Runtime;

namespace Farspan.Node;

/// <summary>The instruments that show what a node holds now, taken from its last status.</summary>
internal sealed class NodeGauges
{
    private volatile NodeStatus? _status;

    public NodeGauges(Meter meter)
    {
        Gauge(meter, "farspan.calls.active", "Live calls, by state.", s =>
        [
            Of(s.Calls.Ringing, "state", "ringing"),
            Of(s.Calls.Talking, "state", "talking"),
            Of(s.Calls.Closing, "state", "closing"),
        ]);
        Gauge(meter, "farspan.trunk.channels", "Channels in use, by trunk.", s =>
            s.Trunks.Select(t => Of(t.Channels, "trunk", t.Name)));
        Gauge(meter, "farspan.quota.slots.left", "Slots left of the concurrent-call quota, by instance.", s =>
            s.Instances.Select(i => Of(i.SlotsLeft, "instance", i.Name)));
        Gauge(meter, "farspan.quota.waiting", "Callers that wait for quota, by instance.", s =>
            s.Instances.Select(i => Of(i.Waiting, "instance", i.Name)));
        Gauge(
            meter, "farspan.connect.failures.in.a.row", "Requests since the last success, by instance.", s =>
            s.Instances.Select(i => Of(i.FailuresInARow, "instance", i.Name)));
        Gauge(
            meter, "farspan.contacts.open", "Contacts whose fate is not settled.", s => [Of(s.OpenContacts)]);
        Gauge(
            meter, "farspan.loop.queue", "Inputs that wait for the signalling loop.", s => [Of(s.LoopQueue)]);
        Gauge(meter, "farspan.sip.transactions", "Live SIP transactions.", s => [Of(s.SipTransactions)]);
        Gauge(meter, "farspan.node.ready", "1 while calls are taken.", s => [Of(s.Health.IsReady ? 1 : 0)]);
        Gauge(meter, "farspan.node.warnings", "Things that are wrong although calls are taken.", s =>
            [Of(s.Health.Warnings.Count)]);
        Gauge(meter, "farspan.edge.connector.calls", "Calls of this edge that a connector has.", s =>
            s.Connectors.Select(c => Of(c.Calls, "connector", c.Name)));
        Gauge(meter, "farspan.edge.connector.up", "1 for a connector that takes calls.", s =>
            s.Connectors.Select(c => Of(c.Health is "Up" or "Unknown" ? 1 : 0, "connector", c.Name)));
        Gauge(
            meter, "farspan.media.sessions", "Media sessions, by worker.", s => ByWorker(s, w => w.Sessions));
        Count(
            meter,
            "farspan.media.datagrams.received",
            "Datagrams received, by worker.",
            w => w.DatagramsReceived);
        Count(meter, "farspan.media.datagrams.sent", "Datagrams sent, by worker.", w => w.DatagramsSent);
        Count(meter, "farspan.media.datagrams.dropped", "Datagrams the system did not take, by worker.", w =>
            w.DatagramsDropped);
        Count(
            meter,
            "farspan.media.phases.skipped",
            "Ticks too old to be made up for, by worker.",
            w => w.PhasesSkipped);
        Count(
            meter,
            "farspan.media.stalls",
            "Times a media worker did not run although it had to.",
            w => w.Stalls);
        meter.CreateObservableCounter(
            "farspan.media.phases.served", () => _status is { } status ? PhasesServed(status) : [], null,
            "Ticks of the media workers, by worker and by how late at most (le, in milliseconds).");
        ShowActiveMedia(meter);
        meter.CreateObservableGauge("farspan.build", Build, null, "1; the version is a label.");
    }

    /// <summary>What the next export shows.</summary>
    public void Show(NodeStatus status) => _status = status;

    private static Measurement<long> Of(long value) => new(value);

    private static Measurement<long> Of(long value, string name, object? label) =>
        new(value, new KeyValuePair<string, object?>(name, label));

    private static IEnumerable<Measurement<long>> ByWorker(
        NodeStatus status, Func<MediaWorkerStatus, long> value) =>
        status.MediaWorkers.Index().Select(w => Of(value(w.Item), "worker", w.Index));

    private void Gauge(
        Meter meter,
        string name,
        string description,
        Func<NodeStatus, IEnumerable<Measurement<long>>> measure) =>
        meter.CreateObservableGauge(
            name, () => _status is { } status ? measure(status) : [], null, description);

    private void Count(Meter meter, string name, string description, Func<MediaWorkerStatus, long> value) =>
        meter.CreateObservableCounter(
            name, () => _status is { } status ? ByWorker(status, value) : [], null, description);

    private void ShowActiveMedia(Meter meter)
    {
        Gauge(
            meter, "farspan.rtp.active.packets",
            "RTP packets of live calls so far, by leg and fate: sent, received, lost, late, refused.", s =>
            [
                .. PacketsOf("carrier", s.ActiveMedia.Carrier),
                .. PacketsOf("contact", s.ActiveMedia.Contact),
            ]);
        Gauge(
            meter, "farspan.audio.active.frames.concealed", "Frames made up in live calls so far, by leg.", s =>
            [
                Of(s.ActiveMedia.Carrier.FramesConcealed, "leg", "carrier"),
                Of(s.ActiveMedia.Contact.FramesConcealed, "leg", "contact"),
            ]);
        meter.CreateObservableGauge(
            "farspan.rtp.active.jitter", () => _status is { } s ? JitterOf(s.ActiveMedia) : [], "s",
            "The largest interarrival jitter (RFC 3550 §6.4.1) of the live calls, by leg.");
    }

    private static IEnumerable<Measurement<long>> PacketsOf(string leg, MediaSideReport side)
    {
        (string Fate, long Count)[] fates =
        [
            ("sent", side.PacketsSent),
            ("received", side.PacketsReceived),
            ("lost", side.PacketsLost),
            ("late", side.PacketsLate),
            ("refused", side.PacketsRefused),
        ];
        return fates.Select(f => new Measurement<long>(f.Count, new("leg", leg), new("fate", f.Fate)));
    }

    private static IEnumerable<Measurement<double>> JitterOf(MediaReport media) =>
    [
        new(media.Carrier.JitterMs / 1_000, new KeyValuePair<string, object?>("leg", "carrier")),
        new(media.Contact.JitterMs / 1_000, new KeyValuePair<string, object?>("leg", "contact")),
    ];

    private static IEnumerable<Measurement<long>> PhasesServed(NodeStatus status) =>
        from worker in status.MediaWorkers.Index()
        from served in worker.Item.PhasesByLateness.Index()
        select new Measurement<long>(
            served.Item, new("worker", worker.Index), new("le", BoundOf(served.Index)));

    private static string BoundOf(int bucket) => bucket < LatenessHistogram.BoundsMilliseconds.Length
        ? $"{LatenessHistogram.BoundsMilliseconds[bucket]}"
        : "+Inf";

    private IEnumerable<Measurement<long>> Build() =>
        _status is { } status ? [Of(1, "version", status.Version)] : [];
}
