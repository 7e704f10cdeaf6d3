using System.Collections.Immutable;
using System.Net;
using CsCheck;

namespace Farspan.Simulation.Tests;

/// <summary>
/// What is left out because it cannot matter is held against the plain computation of everything.
/// </summary>
public sealed class ExactnessTests
{
    private const int ElementCount = 10;
    private const int TableCount = 7;
    private static readonly IPNetwork Wide = IPNetwork.Parse("10.0.0.0/8");
    private static readonly IPNetwork Narrow = IPNetwork.Parse("10.1.0.0/16");
    private static readonly IPNetwork Other = IPNetwork.Parse("10.2.0.0/16");
    private static readonly IPNetwork[] Prefixes = [Wide, Narrow, Other];

    [Fact]
    public void EveryFlowUnderEveryFailure_IsWhatThePlainComputationSays() =>
        Gen.ULong.Sample(seed =>
        {
            var model = Random(new Farspan.Kernel.RandomSource(seed));
            var solver = new FlowSolver(model);
            foreach (var failed in Sets())
            {
                solver.Fail(failed);
                var plain = new Dictionary<(int Prefix, int Island), PrefixRoutes>();
                for (var flow = 0; flow < model.Flows.Length; flow++)
                {
                    AssertSame(Plain(model, model.Flows[flow], failed, plain), solver.Of(flow));
                }
            }
        }, iter: 60);

    [Fact]
    public void MostOfTheWork_IsLeftOut()
    {
        var model = new SmallNetwork().Model();
        var solver = new FlowSolver(model);
        var sets = 0;
        foreach (var failed in Sets().Where(set => set.All(e => e < model.Elements.Length)))
        {
            sets++;
            solver.Fail(failed);
            for (var flow = 0; flow < model.Flows.Length; flow++)
            {
                _ = solver.Of(flow);
            }
        }

        Assert.InRange(solver.SettledCount, 1, sets * model.Network.Prefixes.Length / 2);
    }

    private static IEnumerable<int[]> Sets()
    {
        yield return [];
        for (var a = 0; a < ElementCount; a++)
        {
            yield return [a];
            for (var b = a + 1; b < ElementCount; b++)
            {
                yield return [a, b];
            }
        }

        yield return [0, 3, 5, 8];
        yield return [1, 2, 4, 6, 7, 9];
    }

    private static (PacketWalk Forward, PacketWalk Return) Plain(
        SimulationModel model, Flow flow, int[] failed, Dictionary<(int Prefix, int Island), PrefixRoutes> known)
    {
        var solver = new RouteSolver(model.Network);
        var walker = new PacketWalker(model.Network);
        var down = ElementSet.Of(ElementCount, failed);
        PrefixRoutes Routes(int prefix, int island) => known.TryGetValue((prefix, island), out var routes)
            ? routes
            : known[(prefix, island)] = solver.Solve(prefix, island, failed);
        return (
            walker.Walk(flow.Forward.From, flow.Forward.Covering, down, Routes),
            walker.Walk(flow.Return.From, flow.Return.Covering, down, Routes));
    }

    private static void AssertSame((PacketWalk Forward, PacketWalk Return) plain, FlowState state)
    {
        AssertSame(plain.Forward, state.Forward);
        AssertSame(plain.Return, state.Return);
    }

    private static void AssertSame(PacketWalk expected, PacketWalk actual)
    {
        Assert.Equal(expected.Verdict, actual.Verdict);
        Assert.Equal(expected.Arcs.ToArray(), actual.Arcs.ToArray());
        Assert.Equal(expected.Path.ToArray(), actual.Path.ToArray());
        Assert.Equal(expected.Uses.ToArray(), actual.Uses.ToArray());
        Assert.Equal(expected.LostAt, actual.LostAt);
        Assert.Equal(expected.Mtu, actual.Mtu);
    }

    /// <summary>Any tables, ways, sessions and static routes: loops and black holes are welcome.</summary>
    private static SimulationModel Random(Farspan.Kernel.RandomSource random)
    {
        var builder = new RoutingNetworkBuilder(ElementCount);
        for (var i = 0; i < TableCount; i++)
        {
            builder.AddTable(new RoutingTable
            {
                Name = $"t{i}",
                Asn = (uint)random.NextInt32(6),
                PathsMax = 1 + random.NextInt32(3),
                Compares = (RouteComparison)random.NextInt32(8),
                Elements = random.NextInt32(3) == 0 ? [random.NextInt32(ElementCount)] : [],
            });
        }

        builder.Deliver(random.NextInt32(TableCount), Narrow);
        builder.Deliver(random.NextInt32(TableCount), Other);
        for (var i = 0; i < 24; i++)
        {
            AddFeed(builder, random);
        }

        for (var i = 0; i < 5; i++)
        {
            var arc = random.NextInt32(builder.Arcs.Count);
            builder.AddStatic(builder.Arcs[arc].From, Prefixes[random.NextInt32(3)], arc);
        }

        var network = builder.Build();
        return new SmallNetwork().Model() with
        {
            Elements =
            [
                .. Enumerable.Range(0, ElementCount).Select(i => new Element($"{i}", ElementKind.Link, "")),
            ],
            Network = network,
            Flows = [.. Enumerable.Range(0, TableCount).Select(i => FlowFrom(network, i))],
        };
    }

    private static Flow FlowFrom(RoutingNetwork network, int table) => new(
        0,
        0,
        new FlowDirection(table, network.Covering(Narrow)),
        new FlowDirection((table + 3) % TableCount, network.Covering(Other)));

    private static void AddFeed(RoutingNetworkBuilder builder, Farspan.Kernel.RandomSource random)
    {
        var (from, to) = (random.NextInt32(TableCount), random.NextInt32(TableCount));
        ImmutableArray<int> elements = [random.NextInt32(ElementCount)];
        builder.AddFeed(new Feed
        {
            From = from,
            To = to,
            Arc = builder.AddArc(to, from, $"{to}-{from}", 1_400 + random.NextInt32(100), elements),
            Announces = random.NextInt32(4) == 0 ? [builder.Prefix(Prefixes[random.NextInt32(3)])] : [],
            Tells = (RouteTags)random.NextInt32(32),
            Tag = (RouteTags)(1 << random.NextInt32(5)),
            Rank = (RouteRank)(10 * random.NextInt32(9)),
            Prepends = random.NextInt32(3),
            Med = random.NextInt32(2) == 0 ? random.NextInt32(3) : null,
            Cost = random.NextInt32(3),
            Elements = elements,
        });
    }
}
