using static Farspan.Simulation.Tests.SmallNetwork;

namespace Farspan.Simulation.Tests;

public sealed class RoutingTests
{
    private const int EastToEast = 0, EastToWest = 1;
    private readonly SmallNetwork _small = new();

    [Fact]
    public void WithEverythingUp_BothLinksOfTheOwnRegionShareTheTraffic()
    {
        var state = State(_small, EastToEast);

        Assert.True(state.Works);
        Assert.Equal(["cr/e", "link/0", "vpc", "link/1"], Names(_small, state.Forward));
        Assert.Equal(["vpc", "link/0", "in", "link/1"], Names(_small, state.Return));
        Assert.Equal((1440, 1440), (state.Forward.Mtu, state.Return.Mtu));
    }

    [Fact]
    public void WithoutOneLink_TheOtherCarriesAll()
    {
        var state = State(_small, EastToEast, LinkE1);

        Assert.True(state.Works);
        Assert.Equal(["cr/e", "link/1", "vpc"], Names(_small, state.Forward));
    }

    [Fact] // Longest prefix: the specific ones are withdrawn, the summaries remain.
    public void WithoutTheLinksOfARegion_SummariesLeadOverThePeering_ThereAndBack()
    {
        var state = State(_small, EastToEast, LinkE1, LinkE2);

        Assert.True(state.Works);
        Assert.Equal(["cr/w", "link/2", "peering", "vpc", "link/3"], Names(_small, state.Forward));
        Assert.Equal(["vpc", "peering", "link/2", "in", "link/3"], Names(_small, state.Return));
    }

    [Fact]
    public void WithoutSummaries_TheLossOfTheLinks_IsForEver()
    {
        var state = State(new SmallNetwork(hasSummaries: false), EastToEast, LinkE1, LinkE2);

        Assert.Equal(WalkVerdict.NoRoute, state.Forward.Verdict);
        Assert.Equal(WalkVerdict.NoRoute, state.Return.Verdict);
    }

    [Fact]
    public void WithRegionalRouting_NoOtherRegionHelps()
    {
        var state = State(new SmallNetwork(isGlobal: false), EastToEast, LinkE1, LinkE2);

        Assert.False(state.Forward.IsDelivered);
        Assert.True(state.Return.IsDelivered);
        Assert.True(state.IsOneWay);
    }

    [Fact] // Each hub's summary points at the other.
    public void WithoutAnyLink_PacketsRunInCirclesBetweenTheHubs()
    {
        var state = State(_small, EastToEast, LinkE1, LinkE2, LinkW1, LinkW2);

        Assert.Equal(WalkVerdict.NoRoute, state.Forward.Verdict);
        Assert.Equal(WalkVerdict.Loop, state.Return.Verdict);
    }

    [Fact] // What is allowed is told whether or not anything lives behind it.
    public void ADeadHub_IsABlackHole_WhenThePrefixIsTakenOverBySummariesOfTheOther()
    {
        var state = State(_small, EastToWest, HubW);

        Assert.Equal(WalkVerdict.BlackHole, state.Forward.Verdict);
        Assert.Equal(_small.Table("hub/e"), state.Forward.LostAt);
    }

    [Fact]
    public void ThePeering_IsNotOnTheWayOfLocalCalls()
    {
        var state = State(_small, EastToEast, Peering);

        Assert.Equal(State(_small, EastToEast).Forward.Arcs.ToArray(), state.Forward.Arcs.ToArray());
    }

    [Fact]
    public void APathThroughTheHearersOwnAs_IsRefused()
    {
        var builder = new RoutingNetworkBuilder(1);
        var prefix = System.Net.IPNetwork.Parse("10.0.0.0/8");
        int[] tables =
        [
            .. new uint[] { 1, 2, 1 }.Select((asn, i) =>
                builder.AddTable(new RoutingTable { Name = $"{i}", Asn = asn })),
        ];
        builder.Deliver(tables[0], prefix);
        for (var i = 1; i < tables.Length; i++)
        {
            builder.AddFeed(new Feed
            {
                From = tables[i - 1],
                To = tables[i],
                Arc = builder.AddArc(tables[i], tables[i - 1], "link", 1500),
                Tells = RouteTags.All,
                Prepends = 1,
            });
        }

        var network = builder.Build();

        var routes = new RouteSolver(network).Solve(0, network.IslandOf(tables[2]), []);

        Assert.Equal(1, routes.At(tables[1]).Length);
        Assert.Equal(0, routes.At(tables[2]).Length);
    }

    [Fact] // Each prefers what its neighbour has directly, and the neighbour tells only that.
    public void TablesThatDispute_AreFoundOut()
    {
        var builder = new RoutingNetworkBuilder(1);
        var prefix = System.Net.IPNetwork.Parse("10.0.0.0/8");
        for (var i = 0; i < 4; i++)
        {
            builder.AddTable(new RoutingTable { Name = $"{i}" });
        }

        builder.Deliver(0, prefix);
        for (var i = 1; i <= 3; i++)
        {
            Tell(builder, 0, i, RouteTags.Own, RouteTags.Outside, RouteRank.Vpn);
            Tell(builder, (i % 3) + 1, i, RouteTags.Outside, RouteTags.Peering, RouteRank.Static);
        }

        var network = builder.Build();
        var solver = new RouteSolver(network);

        var walk = new PacketWalker(network).Walk(
            1, network.Covering(prefix), new ElementSet(1), (number, island) => solver.Solve(number, island, []));

        Assert.Equal((WalkVerdict.Unsettled, 1), (walk.Verdict, walk.LostAt));
    }

    private static void Tell(
        RoutingNetworkBuilder builder, int from, int to, RouteTags tells, RouteTags tag, RouteRank rank) =>
        builder.AddFeed(new Feed
        {
            From = from,
            To = to,
            Arc = builder.AddArc(to, from, $"{to}-{from}", 1500),
            Tells = tells,
            Tag = tag,
            Rank = rank,
        });

    [Fact] // Static before prefix list, VPC, Direct Connect, Connect, VPN, peering.
    public void OfRoutesToOnePrefix_TheRankDecidesBeforeTheAsPath()
    {
        var ranks = Enum.GetValues<RouteRank>();

        var keys = ranks.Select((rank, i) =>
            RouteKey.Of(rank, ranks.Length - i, RouteOrigin.Incomplete, 1_000, RouteComparison.Bgp)).ToArray();

        Assert.Equal(keys.Order(), keys);
    }

    [Fact] // RFC 4271 §9.1.2.2
    public void AmongEqualRanks_TheAsPathComesBeforeTheOrigin_AndTheOriginBeforeTheMed()
    {
        var shorter = RouteKey.Of(RouteRank.Static, 1, RouteOrigin.Incomplete, 900, RouteComparison.Bgp);
        var igp = RouteKey.Of(RouteRank.Static, 2, RouteOrigin.Igp, 900, RouteComparison.Bgp);
        var lowMed = RouteKey.Of(RouteRank.Static, 2, RouteOrigin.Egp, 100, RouteComparison.Bgp);
        var highMed = RouteKey.Of(RouteRank.Static, 2, RouteOrigin.Egp, 200, RouteComparison.Bgp);

        Assert.True(shorter < igp && igp < lowMed && lowMed < highMed);
    }

    private static FlowState State(SmallNetwork small, int flow, params int[] failed)
    {
        var solver = new FlowSolver(small.Model());
        solver.Fail(failed);
        return solver.Of(flow);
    }

    private static IEnumerable<string> Names(SmallNetwork small, PacketWalk walk) =>
        walk.Arcs.Select(arc => small.Network.Arcs[arc].Name).Distinct();
}
