using System.Net;
using Farspan.Calls;
using Farspan.Calls.Tests;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Edges.Tests;

/// <summary>
/// Real edges before real connectors in virtual time: what one sends the other receives, byte for byte, unless it is
/// dead or frozen. Carrier, Connect, Chime and media are scripted.
/// </summary>
internal sealed class TwoAnchors
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(10);

    private readonly List<ConnectorNode> _connectors = [];
    private readonly List<EdgeNode> _edges = [];

    public TwoAnchors(int connectors = 2, int edges = 1)
    {
        for (var i = 0; i < connectors; i++)
        {
            var address = new IPAddress([10, 0, 0, (byte)(20 + i)]);
            _connectors.Add(new ConnectorNode($"c{i}", new IPEndPoint(address, 5_062)));
            Connect.Serve(_connectors[i].Harness);
        }

        for (var i = 0; i < edges; i++)
        {
            _edges.Add(new EdgeNode($"edge-e{i}"));
            var targets = _connectors.Select(c =>
                new ConnectorTarget { Name = c.Name, Address = c.Address, Region = "" });
            _edges[i].Harness.Take(new EdgeInput.ConnectorsChanged([.. targets]));
        }

        Pass(TimeSpan.FromMilliseconds(50));
    }

    public SharedConnect Connect { get; } = new();

    public EdgeHarness Edge => _edges[0].Harness;

    public EdgeHarness OtherEdge => _edges[1].Harness;

    public IReadOnlyList<ConnectorNode> Connectors => _connectors;

    /// <summary>The connector that has the call, as the edge sees it.</summary>
    public ConnectorNode Holder => _connectors.Single(c => c.Name == Edge.Call.Inner!.Target.Target.Name);

    public ConnectorNode Other => _connectors.First(c => c != Holder);

    public void Establish()
    {
        Edge.SendInvite();
        Pump();
        Edge.Send(Edge.Request("ACK", 1, branch: "z9hG4bK-ack"));
        Pass(TimeSpan.FromMilliseconds(100));
    }

    public void Pass(TimeSpan duration)
    {
        for (var passed = TimeSpan.Zero; passed < duration; passed += Step)
        {
            foreach (var connector in _connectors.Where(c => c.Runs))
            {
                connector.Harness.Pass(Step);
            }

            foreach (var edge in _edges.Where(e => e.Runs))
            {
                edge.Harness.Pass(Step);
            }

            Pump();
        }
    }

    /// <summary>The connector's process stands still; what is sent to it waits.</summary>
    public void Freeze(ConnectorNode connector) => connector.Runs = false;

    /// <summary>It goes on, and finds what has come meanwhile.</summary>
    public void Thaw(ConnectorNode connector, TimeSpan wasFrozen)
    {
        connector.Runs = true;
        connector.Harness.Skip(wasFrozen);
        foreach (var (flow, bytes) in connector.Waiting)
        {
            connector.Harness.Take(new ConnectorInput.SipReceived(flow, bytes));
        }

        connector.Waiting.Clear();
        Pump();
    }

    /// <summary>The connector's process is no more.</summary>
    /// <param name="connector">Which one.</param>
    /// <param name="edge">Whose connection to it breaks; null: the first edge's.</param>
    public void Kill(ConnectorNode connector, EdgeHarness? edge = null)
    {
        (connector.Runs, connector.IsDead) = (false, true);
        (edge ?? Edge).Take(new EdgeInput.SipFlowFailed(FlowTo(connector.Address) with { ConnectionId = 1 }, "reset"));
        Pump();
    }

    /// <summary>The first edge's process is no more, and the connectors have noticed.</summary>
    public void KillEdge()
    {
        _edges[0].Runs = false;
        foreach (var connector in _connectors)
        {
            connector.Anchor.Edges =
                [.. _edges.Where(e => e.Runs).Select(e => new EdgeTarget(e.Name, FlowFrom(connector.Address)))];
            connector.Harness.Take(new ConnectorInput.EdgeDied(_edges[0].Name, PeerDeath.Silent));
        }

        Pump();
    }

    /// <summary>Carries messages until nobody says anything more.</summary>
    public void Pump()
    {
        var isBusy = true;
        while (isBusy)
        {
            isBusy = false;
            foreach (var edge in _edges.Where(e => e.Runs))
            {
                isBusy |= CarryFrom(edge);
            }

            foreach (var connector in _connectors.Where(c => c.Runs))
            {
                isBusy |= CarryFrom(connector);
            }
        }
    }

    private static SipFlow FlowTo(IPEndPoint connector) =>
        SipFlow.Connect(SipTransport.Tcp, EdgeHarness.Inner, connector);

    private static SipFlow FlowFrom(IPEndPoint connector) =>
        SipFlow.Connect(SipTransport.Tcp, connector, EdgeHarness.Inner);

    private bool CarryFrom(EdgeNode edge)
    {
        var log = edge.Harness.Log;
        var from = edge.Seen;
        edge.Seen = log.Count;
        for (var i = from; i < edge.Seen; i++)
        {
            if (log[i] is EdgeEffect.TransmitSip transmit
                && _connectors.Find(c => c.Address.Equals(transmit.Flow.Remote)) is { } connector)
            {
                Deliver(edge, connector, transmit);
            }
        }

        return edge.Seen > from;
    }

    private static void Deliver(EdgeNode edge, ConnectorNode connector, EdgeEffect.TransmitSip transmit)
    {
        var flow = FlowFrom(connector.Address) with { ConnectionId = 1 };
        if (connector.IsDead)
        {
            edge.Harness.Take(new EdgeInput.SipFlowFailed(transmit.Flow, "refused"));
        }
        else if (connector.Runs)
        {
            connector.Harness.Take(new ConnectorInput.SipReceived(flow, transmit.Message));
        }
        else
        {
            connector.Waiting.Add((flow, transmit.Message));
        }
    }

    private bool CarryFrom(ConnectorNode connector)
    {
        var log = connector.Harness.Log;
        var from = connector.Seen;
        connector.Seen = log.Count;
        for (var i = from; i < connector.Seen; i++)
        {
            if (log[i] is ConnectorEffect.TransmitSip transmit)
            {
                var flow = FlowTo(connector.Address) with { ConnectionId = 1 };
                _edges.First(e => e.Runs).Harness.Take(new EdgeInput.SipReceived(flow, transmit.Message));
            }
        }

        return connector.Seen > from;
    }

    /// <summary>A connector on its machine.</summary>
    internal sealed class ConnectorNode
    {
        public ConnectorNode(string name, IPEndPoint address)
        {
            (Name, Address) = (name, address);
            Anchor = EdgeScript.Anchor(name);
            Harness = new ConnectorHarness(
                trunk: t => t with { IsEdge = true, Sources = [IPNetwork.Parse("10.0.0.0/24")] }, anchor: Anchor);
        }

        public string Name { get; }

        public IPEndPoint Address { get; }

        public ConnectorAnchor Anchor { get; }

        public ConnectorHarness Harness { get; }

        public bool Runs { get; set; } = true;

        public bool IsDead { get; set; }

        public int Seen { get; set; }

        public List<(SipFlow Flow, ReadOnlyMemory<byte> Bytes)> Waiting { get; } = [];
    }

    /// <summary>An edge on its machine; of several only the first that runs is reached.</summary>
    private sealed class EdgeNode(string name)
    {
        public string Name => name;

        public EdgeHarness Harness { get; } = new(connectors: 0, anchor: new EdgeAnchor(
            new TokenSealer(EdgeScript.CallerKeys, name, "b00t"),
            new TokenOpener(EdgeScript.CallerKeys),
            DateTimeOffset.UnixEpoch));

        public bool Runs { get; set; } = true;

        public int Seen { get; set; }
    }
}
