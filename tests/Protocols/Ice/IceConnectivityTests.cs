using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Ice.Tests;

public sealed class IceConnectivityTests
{
    private readonly IceWorld _world = new(1);

    [Fact]
    public void Two_hosts_connect_in_one_round_trip_and_agree_on_the_pair()
    {
        var (offerer, answerer) = TwoHosts();
        Exchange(offerer, answerer);
        _world.Run(1);

        Assert.Equal(20, offerer.MomentOf<IceEffect.Connected>()!.Value.Milliseconds);
        AssertCompleted(offerer, answerer);
        Assert.Equal(offerer.Agent.Selection!.Value.Local, answerer.Agent.Selection!.Value.Remote);
        Assert.Equal(offerer.Agent.Selection!.Value.Remote, answerer.Agent.Selection!.Value.Local);
    }

    [Fact] // RFC 8445 §8.1.1: the controlled agent follows USE-CANDIDATE.
    public void The_nomination_reaches_both_sides_within_three_round_trips()
    {
        var (offerer, answerer) = TwoHosts();
        Exchange(offerer, answerer);
        _world.RunUntil(Instant.FromMilliseconds(65));

        AssertCompleted(offerer, answerer);
    }

    [Fact] // RFC 8445 §7.3: checks may come before the answer.
    public void Checks_before_the_description_are_answered_and_remembered()
    {
        var (offerer, answerer) = TwoHosts();
        answerer.Start(offerer.Description);
        _world.Run(0.05);
        Assert.Equal(IceState.New, offerer.Agent.State);
        Assert.Equal(IceState.Connected, answerer.Agent.State);

        // Nothing but what the checks told: the peer's candidates do not arrive.
        offerer.Start(new IceRemoteDescription(answerer.Credentials, []));
        _world.Run(1);

        AssertCompleted(offerer, answerer);
        Assert.Equal(IceCandidateKind.PeerReflexive, offerer.Agent.Selection!.Value.RemoteKind);
    }

    [Fact] // RFC 8445 §7.3.1.3
    public void A_peer_behind_a_NAT_is_found_by_its_checks()
    {
        var natted = _world.AddNode(IceRole.Controlling).AddNatted(1, "10.0.0.5:5000", "198.51.100.7:40000");
        var open = _world.AddNode(IceRole.Controlled).AddHost(1, "203.0.113.1:6000");
        Exchange(natted, open);
        _world.Run(3);

        AssertCompleted(natted, open);
        Assert.Equal("198.51.100.7:40000", open.Agent.Selection!.Value.Remote.ToString());
        Assert.Equal(IceCandidateKind.PeerReflexive, open.Agent.Selection!.Value.RemoteKind);
        Assert.Equal("198.51.100.7:40000", natted.Agent.Selection!.Value.Local.ToString());
        Assert.Equal(IceCandidateKind.PeerReflexive, natted.Agent.Selection!.Value.LocalKind);
    }

    [Fact]
    public void A_server_reflexive_address_is_recognised_as_such()
    {
        var natted = _world.AddNode(IceRole.Controlling).AddNatted(1, "10.0.0.5:5000", "198.51.100.7:40000");
        var mapped = IceWorld.Address("198.51.100.7:40000");
        natted.Agent.AddLocal(
            IceLocalCandidate.ServerReflexive(1, mapped, IceWorld.Address("10.0.0.5:5000")));
        var open = _world.AddNode(IceRole.Controlled).AddHost(1, "203.0.113.1:6000");
        Exchange(natted, open);
        _world.Run(3);

        AssertCompleted(natted, open);
        Assert.Equal(IceCandidateKind.ServerReflexive, natted.Agent.Selection!.Value.LocalKind);
        Assert.Equal(IceCandidateKind.ServerReflexive, open.Agent.Selection!.Value.RemoteKind);
    }

    [Fact]
    public void With_relay_only_everything_goes_through_the_relay()
    {
        var settings = new IceSettings { RelayPolicy = IceRelayPolicy.RelayOnly };
        var (relayed, open) = RelayedAndOpen(settings);

        AssertCompleted(relayed, open);
        Assert.Equal(IceCandidateKind.Relayed, Assert.Single(relayed.Agent.LocalCandidates).Candidate.Kind);
        Assert.Equal(IceCandidateKind.Relayed, relayed.Agent.Selection!.Value.LocalKind);
        Assert.Equal("198.51.100.9:50000", open.Agent.Selection!.Value.Remote.ToString());
        Assert.All(relayed.Sent, sent => Assert.Equal(100, sent.BaseId));
    }

    [Theory]
    [InlineData(IceRelayPolicy.PreferRelay, IceCandidateKind.Relayed)]
    [InlineData(IceRelayPolicy.ByPriority, IceCandidateKind.Host)]
    public void Where_both_work_the_policy_decides(IceRelayPolicy policy, IceCandidateKind expected)
    {
        var (relayed, open) = RelayedAndOpen(new IceSettings { RelayPolicy = policy });

        AssertCompleted(relayed, open);
        Assert.Equal(expected, relayed.Agent.Selection!.Value.LocalKind);
    }

    [Fact]
    public void Where_only_the_relay_works_it_is_used()
    {
        _world.IsCut = (from, to) => from.Port + to.Port == 7001 + 6000;
        var (relayed, open) = RelayedAndOpen(IceSettings.Default);

        AssertCompleted(relayed, open);
        Assert.Equal(IceCandidateKind.Relayed, relayed.Agent.Selection!.Value.LocalKind);
    }

    [Theory] // RFC 8445 §7.3.1.1
    [InlineData(IceRole.Controlling)]
    [InlineData(IceRole.Controlled)]
    public void Two_agents_of_one_role_settle_it_and_connect(IceRole role)
    {
        for (var seed = 0u; seed < 100; seed++)
        {
            var world = new IceWorld(seed);
            var first = world.AddNode(role).AddHost(1, "192.0.2.1:5000");
            var second = world.AddNode(role).AddHost(1, "192.0.2.2:5000");
            first.Start(second.Description);
            world.Run(seed * 0.001);
            second.Start(first.Description);
            world.Run(3);

            Assert.NotEqual(first.Agent.Role, second.Agent.Role);
            AssertCompleted(first, second);
        }
    }

    [Fact] // RFC 8445 §6.1.1: a full agent controls a lite one, which only answers.
    public void A_lite_peer_is_controlled()
    {
        var (full, lite) = TwoHosts(IceRole.Controlled, IceRole.Controlled);
        full.Start(lite.Description with { IsLite = true });
        _world.Run(1);

        Assert.Equal(IceRole.Controlling, full.Agent.Role);
        Assert.Equal(IceState.Completed, full.Agent.State);
        Assert.Equal(IceState.New, lite.Agent.State);
    }

    [Fact]
    public void With_30_percent_loss_every_run_connects_and_nearly_every_one_is_soon_nominated()
    {
        const int runs = 300;
        var slowest = 0L;
        var completed = 0;
        for (var seed = 0u; seed < runs; seed++)
        {
            var world = new IceWorld(seed) { Loss = 0.3 };
            var first = world.AddNode(IceRole.Controlling)
                .AddHost(1, "192.0.2.1:5000").AddHost(2, "[2001:db8::1]:5000", 1000);
            var second = world.AddNode(IceRole.Controlled)
                .AddHost(1, "192.0.2.2:5000").AddHost(2, "[2001:db8::2]:5000", 1000);
            first.Start(second.Description);
            second.Start(first.Description);
            world.Run(20);

            completed += first.Agent.State == IceState.Completed ? 1 : 0;
            Assert.True(
                first.Agent.TrySelect(out _, out _) && second.Agent.TrySelect(out _, out _), $"seed {seed}");
            if (first.Agent.State == IceState.Completed)
            {
                Assert.True(second.Agent.State == IceState.Completed, $"seed {seed}");
                Assert.Equal(first.Agent.Selection!.Value.Remote, second.Agent.Selection!.Value.Local);
            }

            slowest = Math.Max(slowest, first.MomentOf<IceEffect.Connected>()!.Value.Milliseconds);
        }

        Assert.InRange(slowest, 20, 8_000);
        Assert.InRange(completed, runs * 95 / 100, runs);
    }

    [Fact]
    public void A_nomination_that_never_arrives_is_repeated_as_long_as_the_pair_works()
    {
        var (first, second) = TwoHosts();
        _world.IsEaten = bytes => StunMessageView.TryDecode(bytes, out var stun, out _)
            && stun.Has(StunAttribute.UseCandidate);
        Exchange(first, second);
        _world.Run(60);
        Assert.Equal(IceState.Connected, first.Agent.State);
        Assert.Equal(IceState.Connected, second.Agent.State);
        _world.IsEaten = _ => false;
        _world.Run(40);

        AssertCompleted(first, second);
    }

    [Fact] // RFC 8445 §14.2
    public void New_checks_leave_no_closer_than_Ta()
    {
        var first = _world.AddNode(IceRole.Controlling);
        var second = _world.AddNode(IceRole.Controlled);
        for (var i = 1; i <= 4; i++)
        {
            first.AddHost(i, $"192.0.2.{i}:5000");
            second.AddHost(i, $"198.51.100.{i}:5000");
        }

        _world.IsCut = (_, _) => true;
        Exchange(first, second);
        _world.Run(0.49);

        Assert.Equal(16, first.Sent.Count);
        Assert.Equal(16, first.Sent.Select(sent => (sent.BaseId, sent.Remote)).Distinct().Count());
        Assert.Equal(
            Enumerable.Range(0, 16).Select(i => i * 20L), first.Sent.Select(sent => sent.At.Milliseconds));
    }

    [Fact]
    public void Pairs_of_one_foundation_do_not_wait_for_each_other_when_there_is_nothing_else_to_do()
    {
        var (first, second) = TwoHosts();
        second.AddHost(2, "192.0.2.2:5001", 1);
        _world.IsCut = (_, to) => to.Port == 5000 && to.ToString() == "192.0.2.2:5000";
        first.Start(second.Description);
        second.Start(new IceRemoteDescription(first.Credentials, []));
        _world.Run(0.5);

        Assert.Equal("192.0.2.2:5001", first.Agent.Selection!.Value.Remote.ToString());
    }

    [Fact] // RFC 8445 §14.3: RTO = max(500 ms, Ta * N).
    public void A_check_is_repeated_after_RTO_and_then_doubling()
    {
        var (first, second) = TwoHosts();
        _world.IsCut = (_, _) => true;
        first.Start(second.Description);
        _world.Run(10);

        Assert.Equal([0L, 500, 1500, 3500, 7500], first.Sent.Select(sent => sent.At.Milliseconds));
        Assert.Single(first.Sent.Select(sent => Convert.ToHexString(sent.Bytes)).Distinct());
    }

    [Fact]
    public void Without_an_answer_the_agent_fails_when_its_time_is_up()
    {
        var (first, second) = TwoHosts();
        _world.IsCut = (_, _) => true;
        Exchange(first, second);
        _world.RunUntil(Instant.FromMilliseconds(29_999));
        Assert.Equal(IceState.Checking, first.Agent.State);
        _world.Run(1);

        Assert.Equal(
            (Instant.FromMilliseconds(30_000), new IceEffect.Failed(IceFailure.NoAnswer)),
            Assert.Single(first.Events));
        Assert.Null(first.Agent.Deadline);
    }

    [Fact]
    public void Without_a_pair_the_failure_says_so()
    {
        var (first, second) = TwoHosts();
        first.Start(new IceRemoteDescription(second.Credentials, []));
        _world.Run(31);

        Assert.Equal(new IceEffect.Failed(IceFailure.NoPairs), Assert.Single(first.Events).Effect);
    }

    [Fact] // RFC 8445 §6.1.2.2
    public void Addresses_of_different_families_make_no_pair()
    {
        var first = _world.AddNode(IceRole.Controlling).AddHost(1, "192.0.2.1:5000");
        var second = _world.AddNode(IceRole.Controlled).AddHost(1, "[2001:db8::2]:5000");
        first.Start(second.Description);
        _world.Run(1);

        Assert.Empty(first.Sent);
    }

    [Fact] // RFC 8838 §11
    public void Candidates_that_come_late_are_checked()
    {
        var (first, second) = TwoHosts();
        first.Start(new IceRemoteDescription(second.Credentials, []));
        second.Start(new IceRemoteDescription(first.Credentials, []));
        _world.Run(1);
        Assert.Equal(IceState.Checking, first.Agent.State);
        first.Agent.AddRemote(second.Description.Candidates[0]);
        _world.Run(1);

        AssertCompleted(first, second);
    }

    private static void AssertCompleted(params IceNode[] nodes)
    {
        foreach (var node in nodes)
        {
            Assert.Equal(IceState.Completed, node.Agent.State);
            Assert.True(node.Agent.TrySelect(out var baseId, out var remote));
            Assert.Equal(
                (node.Agent.Selection!.Value.BaseId, node.Agent.Selection.Value.Remote), (baseId, remote));
            Assert.Single(node.Events, entry => entry.Effect is IceEffect.Connected);
            var last = node.Events.Select(entry => entry.Effect).OfType<IceEffect.Selected>().Last();
            Assert.Equal(node.Agent.Selection, last.Selection);
            Assert.True(last.Selection.IsNominated);
        }
    }

    private static void Exchange(IceNode offerer, IceNode answerer)
    {
        answerer.Start(offerer.Description);
        offerer.Start(answerer.Description);
    }

    private (IceNode First, IceNode Second) TwoHosts(
        IceRole first = IceRole.Controlling,
        IceRole second = IceRole.Controlled) =>
        (_world.AddNode(first).AddHost(1, "192.0.2.1:5000"),
            _world.AddNode(second).AddHost(1, "192.0.2.2:5000"));

    /// <summary>One side has a host candidate and a relayed one, the other is on the open network.</summary>
    private (IceNode Relayed, IceNode Open) RelayedAndOpen(IceSettings settings)
    {
        var relayed = _world.AddNode(IceRole.Controlling, settings)
            .AddHost(1, "192.0.2.1:7001")
            .AddRelay("192.0.2.1:7002", "198.51.100.9:3478", "198.51.100.9:50000");
        var open = _world.AddNode(IceRole.Controlled).AddHost(1, "203.0.113.1:6000");
        _world.Run(0.1);
        Exchange(relayed, open);
        _world.Run(3);
        return (relayed, open);
    }
}
