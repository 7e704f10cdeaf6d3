using System.Net;
using Farspan.Kernel;

namespace Farspan.Cluster.Tests;

/// <summary>Two nodes that watch each other over a network that loses and delays.</summary>
public sealed class LifeSignsTests
{
    private static readonly IPEndPoint Address = new(IPAddress.Loopback, 7000);

    private readonly LifeSigns[] _nodes = [Create("connector-e1", "edge-e1"), Create("edge-e1", "connector-e1")];
    private readonly List<(Instant At, int To, byte[] Datagram)> _network = [];
    private readonly List<(int Node, LifeSignsEffect What)> _noticed = [];
    private readonly RandomSource _random = new(5);
    private readonly bool[] _isFrozen = new bool[2];
    private Instant _now;
    private bool _isCut;

    [Fact]
    public void NodesThatRun_NoticeNothing_For10MinutesAt2PercentLoss()
    {
        Run(TimeSpan.FromMinutes(10));
        Assert.Empty(_noticed);
        Assert.All(_nodes, node => Assert.Equal(PeerState.Alive, node.Peers.StateOf(node.Peers.Nodes.Single())));
    }

    [Fact]
    public void AFrozenNode_IsNoticedIn600Milliseconds_AndNoticesItselfFirstWhenItReturns()
    {
        Run(TimeSpan.FromSeconds(5));
        var frozenAt = _now;
        _isFrozen[1] = true;
        Run(TimeSpan.FromMilliseconds(600));
        Assert.IsType<LivenessEffect.Died>(
            Assert.IsType<LifeSignsEffect.Noticed>(Assert.Single(_noticed).What).What);
        Assert.True(_now - frozenAt <= TimeSpan.FromMilliseconds(600));

        _noticed.Clear();
        Run(TimeSpan.FromSeconds(3));
        _isFrozen[1] = false;
        Run(TimeSpan.FromMilliseconds(300));
        var first = _noticed[0];
        Assert.Equal(1, first.Node);
        Assert.IsType<LifeSignsEffect.DidNotRun>(first.What);
        Assert.DoesNotContain(_noticed, n => n is (1, LifeSignsEffect.Noticed));
    }

    [Fact]
    public void ACutBetweenBoth_IsADeathForEach_AndEachComesBack()
    {
        Run(TimeSpan.FromSeconds(5));
        _isCut = true;
        Run(TimeSpan.FromSeconds(1));
        Assert.Equal(2, _noticed.Count);

        _isCut = false;
        Run(TimeSpan.FromSeconds(2));
        Assert.Equal(2, _noticed.Count(n =>
            n.What is LifeSignsEffect.Noticed { What: LivenessEffect.Returned }));
    }

    [Fact]
    public void AStrangersDatagram_IsAnError_AndChangesNothing()
    {
        var outbox = new Outbox<LifeSignsEffect>();
        Assert.NotEqual(TokenError.None, _nodes[0].Receive(new byte[40], _now, outbox));
        Assert.Equal(PeerState.Unknown, _nodes[0].Peers.StateOf("edge-e1"));
    }

    private static LifeSigns Create(string node, string peer)
    {
        var self = new LifeSign { Node = node, Boot = "b00t", StartedAt = Tokens.Wall, Sequence = 0 };
        var signs = new LifeSigns(
            self, new LifeSignCodec(Tokens.Keys(TokenRole.LifeSign)), new LivenessTimings(), Tokens.Wall);
        signs.Watch(peer, Address);
        return signs;
    }

    private void Run(TimeSpan duration)
    {
        var end = _now + duration;
        while (_now < end)
        {
            _now += TimeSpan.FromMilliseconds(5);
            for (var node = 0; node < 2; node++)
            {
                Turn(node);
            }
        }
    }

    private void Turn(int node)
    {
        if (_isFrozen[node])
        {
            return;
        }

        var outbox = new Outbox<LifeSignsEffect>();
        foreach (var arrived in _network.Where(m => m.To == node && m.At <= _now).ToArray())
        {
            _network.Remove(arrived);
            Assert.Equal(TokenError.None, _nodes[node].Receive(arrived.Datagram, _now, outbox));
        }

        if (_nodes[node].Deadline <= _now)
        {
            _nodes[node].Expire(_now, outbox);
        }

        foreach (var effect in outbox.Drain())
        {
            Perform(node, effect);
        }
    }

    private void Perform(int node, LifeSignsEffect effect)
    {
        if (effect is not LifeSignsEffect.Send send)
        {
            _noticed.Add((node, effect));
        }
        else if (!_isCut && _random.NextInt32(100) >= 2)
        {
            var at = _now + TimeSpan.FromMilliseconds(_random.NextInt32(40));
            _network.Add((at, 1 - node, send.Datagram.ToArray()));
        }
    }
}
