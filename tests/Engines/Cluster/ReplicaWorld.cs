using Farspan.Kernel;

namespace Farspan.Cluster.Tests;

/// <summary>
/// Some nodes with their engines and disks, a network between them that loses, delays, repeats and is cut, and one
/// virtual clock. Everything follows from a seed.
/// </summary>
internal sealed class ReplicaWorld
{
    private static readonly DateTimeOffset Epoch = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly RandomSource _random;
    private readonly PullTimings _timings;
    private readonly PriorityQueue<Action, (long At, int Order)> _events = new();
    private readonly HashSet<(int From, int To)> _cuts = [];
    private readonly double _loss;
    private readonly int _pageMax;
    private int _order;
    private int _boots;

    public ReplicaWorld(ulong seed, int nodes, double loss = 0, PullTimings? timings = null)
    {
        _random = new RandomSource(seed);
        _timings = timings ?? new PullTimings();
        _loss = loss;
        _pageMax = 1 + _random.NextInt32(4);
        for (var i = 0; i < nodes; i++)
        {
            Nodes.Add(new Node(i) { SkewMs = _random.NextInt32(4_000) - 2_000 });
        }

        foreach (var node in Nodes)
        {
            Boot(node);
        }
    }

    public List<Node> Nodes { get; } = [];

    public Instant Now { get; private set; } = Instant.Zero;

    public RandomSource Random => _random;

    /// <summary>Questions that were asked in all.</summary>
    public int Questions { get; private set; }

    /// <summary>Whether the same whole is in force everywhere.</summary>
    public bool AllAgree => AllKnowTheSame
        && Nodes.All(n => n.Engine.Current.Values.SequenceEqual(Nodes[0].Engine.Current.Values));

    public bool AllKnowTheSame => Nodes.All(n =>
        n.Engine.Seen.Equals(Nodes[0].Engine.Seen)
        && n.Log.MergedValues().SequenceEqual(Nodes[0].Log.MergedValues()));

    public DateTimeOffset WallOf(Node node) =>
        Epoch.AddTicks(Now.Ticks).AddMilliseconds(node.SkewMs);

    public LogFault? Edit(Node node, string key, string? value)
    {
        var fault = node.Engine.Edit([new ConfigurationEdit(key, value)], WallOf(node), node.Outbox);
        Perform(node);
        return fault;
    }

    public void Cut(int from, int to) => _cuts.Add((from, to));

    public void Heal() => _cuts.Clear();

    /// <summary>Ends a node and starts it again with its disk, or with an empty one.</summary>
    public void Restart(Node node, bool keepsDisk)
    {
        if (!keepsDisk)
        {
            node.Disk.Clear();
            node.DiskSeen = VersionVector.Empty;
            node.DiskInForce = null;
        }

        Boot(node);
    }

    public void Compact(Node node, DateTimeOffset before)
    {
        foreach (var dropped in node.Log.Compact(before))
        {
            node.Disk.Remove((dropped.Writer, dropped.Sequence));
        }
    }

    public void RunFor(TimeSpan time)
    {
        var end = Now + time;
        while (NextMoment() is { } next && next <= end)
        {
            Now = Now > next ? Now : next;
            Step();
        }

        Now = end;
    }

    private Instant? NextMoment()
    {
        Instant? next = _events.TryPeek(out _, out var due) ? new Instant(due.At) : null;
        foreach (var node in Nodes)
        {
            next = Instant.Earlier(next, node.Engine.Deadline);
        }

        return next;
    }

    private void Step()
    {
        while (_events.TryPeek(out var action, out var due) && due.At <= Now.Ticks)
        {
            _events.Dequeue();
            action();
        }

        foreach (var node in Nodes)
        {
            if (node.Engine.Deadline <= Now)
            {
                node.Engine.Expire(Now, node.Outbox);
                Perform(node);
            }
        }
    }

    private void Boot(Node node)
    {
        var log = new ConfigurationLog($"n{node.Number}.{++_boots}", new HybridClock(ClusterLimits.ClockDriftMax));
        log.Restore(node.Disk.Values, node.DiskSeen);
        var inForce = new ConfigurationInForce(v => v.Count(p => p.Value == "bad") > 1 ? "two bad ones" : null);
        if (node.DiskInForce is { } whole)
        {
            inForce.Restore(whole);
        }

        node.Life++;
        node.Log = log;
        node.Engine = new ReplicaEngine(log, inForce, _timings);
        node.Engine.Start(WallOf(node), node.Outbox);
        node.Engine.SetPeers(
            [.. Nodes.Where(n => n != node).Select(n => new PullPeer($"{n.Number}", [$"{n.Number}"]))], Now);
        Perform(node);
    }

    private void Perform(Node node)
    {
        foreach (var effect in node.Outbox.Drain())
        {
            switch (effect)
            {
                case ReplicaEffect.Ask ask:
                    Questions++;
                    Ask(node, ask);
                    break;
                case ReplicaEffect.StoreChanges store:
                    foreach (var change in store.Changes)
                    {
                        node.Disk[(change.Writer, change.Sequence)] = change;
                    }

                    node.DiskSeen = store.Seen;
                    break;
                case ReplicaEffect.PutInForce put:
                    node.DiskInForce = put.Whole;
                    break;
                case ReplicaEffect.Refused refused:
                    node.Refusals.Add(refused.Fault.Kind);
                    break;
            }
        }
    }

    // A question travels, is answered from what the peer has then, and the answer travels back.
    private void Ask(Node node, ReplicaEffect.Ask ask)
    {
        var peer = Nodes[int.Parse(ask.Address)];
        var life = node.Life;
        Travel(node.Number, peer.Number, () => Hold(peer, ask.Request, Now + _timings.HoldMax, () =>
        {
            var page = peer.Log.Read(ask.Request.Have, _pageMax);
            var answer = new PullAnswer(peer.Log.Writer, $"s{peer.Number}", page, [], 0, false);
            Travel(peer.Number, node.Number, () =>
            {
                if (node.Life == life)
                {
                    node.Engine.Receive(
                        ask.Peer, ask.Number, answer, new ClusterMoment(WallOf(node), Now), node.Outbox);
                    Perform(node);
                }
            });
        }));
    }

    private void Hold(Node peer, PullRequest request, Instant until, Action answer)
    {
        if (Now >= until || peer.Engine.HasNewsFor(request.Have))
        {
            answer();
            return;
        }

        Schedule(Now + TimeSpan.FromMilliseconds(50), () => Hold(peer, request, until, answer));
    }

    private void Travel(int from, int to, Action arrive)
    {
        var copies = _loss > 0 && _random.NextDouble() < 0.1 ? 2 : 1;
        for (var i = 0; i < copies; i++)
        {
            if (_random.NextDouble() >= _loss)
            {
                var delay = TimeSpan.FromMilliseconds(1 + _random.NextInt32(_loss > 0 ? 300 : 40));
                Schedule(Now + delay, () =>
                {
                    if (!_cuts.Contains((from, to)))
                    {
                        arrive();
                    }
                });
            }
        }
    }

    private void Schedule(Instant at, Action action) => _events.Enqueue(action, (at.Ticks, _order++));

    internal sealed class Node(int number)
    {
        public int Number { get; } = number;

        public int SkewMs { get; set; }

        public int Life { get; set; }

        public ConfigurationLog Log { get; set; } = null!;

        public ReplicaEngine Engine { get; set; } = null!;

        public Outbox<ReplicaEffect> Outbox { get; } = new();

        public Dictionary<(string Writer, long Sequence), ConfigurationChange> Disk { get; } = [];

        public VersionVector DiskSeen { get; set; } = VersionVector.Empty;

        public ConfigurationWhole? DiskInForce { get; set; }

        public List<LogFaultKind> Refusals { get; } = [];
    }
}
