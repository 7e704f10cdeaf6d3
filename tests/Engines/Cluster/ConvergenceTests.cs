using CsCheck;

namespace Farspan.Cluster.Tests;

/// <summary>Whatever happens on the way: in the end everybody has the same configuration.</summary>
public sealed class ConvergenceTests
{
    [Fact]
    public void AnyHistory_EndsInTheSameWhole() =>
        Gen.ULong.Sample(
            seed =>
            {
                var world = new ReplicaWorld(seed, nodes: 4, loss: 0.2);
                for (var i = 0; i < 60; i++)
                {
                    Disturb(world);
                    world.RunFor(TimeSpan.FromMilliseconds(world.Random.NextInt32(1_500)));
                }

                world.Heal();
                world.RunFor(TimeSpan.FromMinutes(2));
                Assert.True(world.AllKnowTheSame, string.Join('\n', world.Nodes.Select(n => $"{n.Engine.Seen}")));

                // Where that is not valid, nodes may hold different wholes in force until somebody mends it.
                foreach (var (key, _) in world.Nodes[0].Log.MergedValues().Where(v => v.Value == "bad").Skip(1))
                {
                    Assert.Null(world.Edit(world.Nodes[0], key, null));
                }

                world.RunFor(TimeSpan.FromSeconds(20));
                Assert.True(world.AllAgree);
                Assert.All(world.Nodes, n => Assert.DoesNotContain(LogFaultKind.Forked, n.Refusals));
            },
            iter: 60,
            threads: 1);

    [Fact]
    public void WhatEachNodeHoldsInForce_IsTheLastWriteOfEachKey() =>
        Gen.ULong.Sample(
            seed =>
            {
                var world = new ReplicaWorld(seed, nodes: 3);
                var writes = new List<ConfigurationChange>();
                for (var i = 0; i < 40; i++)
                {
                    var node = world.Nodes[world.Random.NextInt32(3)];
                    Assert.Null(world.Edit(node, $"k{world.Random.NextInt32(5)}", $"{i}"));
                    writes.Add(node.Log.Changes.Last(c => c.Writer == node.Log.Writer));
                    world.RunFor(TimeSpan.FromMilliseconds(world.Random.NextInt32(200)));
                }

                world.RunFor(TimeSpan.FromSeconds(10));
                var expected = writes.GroupBy(w => w.Key).ToDictionary(
                    g => g.Key, g => g.OrderBy(c => c.At).ThenBy(c => c.Writer, StringComparer.Ordinal).Last().Value);
                Assert.All(world.Nodes, n => Assert.Equal(
                    expected, n.Engine.Current.Values.ToDictionary(v => v.Key, v => (string?)v.Value)));
            },
            iter: 100,
            threads: 1);

    [Fact]
    public void AChange_IsEverywhereWithinTwoSeconds()
    {
        var world = new ReplicaWorld(seed: 1, nodes: 6);
        world.RunFor(TimeSpan.FromSeconds(30));

        Assert.Null(world.Edit(world.Nodes[3], "trunks/a", "v"));
        world.RunFor(TimeSpan.FromMilliseconds(300));

        Assert.All(world.Nodes, n => Assert.Equal("v", n.Engine.Current.Values["trunks/a"]));
    }

    [Fact]
    public void BothSidesOfAPartition_AgreeSoonAfterItHeals()
    {
        var world = new ReplicaWorld(seed: 2, nodes: 4);
        foreach (var (a, b) in new[] { (0, 2), (0, 3), (1, 2), (1, 3) })
        {
            world.Cut(a, b);
            world.Cut(b, a);
        }

        Assert.Null(world.Edit(world.Nodes[0], "k", "left"));
        Assert.Null(world.Edit(world.Nodes[2], "l", "right"));
        world.RunFor(TimeSpan.FromHours(1));
        Assert.Equal("left", world.Nodes[1].Engine.Current.Values["k"]);
        Assert.False(world.AllAgree);

        world.Heal();
        world.RunFor(TimeSpan.FromSeconds(6));

        Assert.True(world.AllAgree);
        Assert.Equal(["k", "l"], world.Nodes[0].Engine.Current.Values.Keys);
    }

    [Fact]
    public void ANodeThatLostItsDisk_GetsItsOwnPastBack()
    {
        var world = new ReplicaWorld(seed: 3, nodes: 2);
        Assert.Null(world.Edit(world.Nodes[0], "k", "v"));
        world.RunFor(TimeSpan.FromSeconds(3));

        world.Restart(world.Nodes[0], keepsDisk: false);
        Assert.Null(world.Edit(world.Nodes[0], "l", "w"));
        world.RunFor(TimeSpan.FromSeconds(3));

        Assert.True(world.AllAgree);
        Assert.Equal(["k", "l"], world.Nodes[1].Engine.Current.Values.Keys);
    }

    [Fact]
    public void AWholeThatIsNotValid_LeavesTheLastValidOneInForceUntilItIsMended()
    {
        var world = new ReplicaWorld(seed: 4, nodes: 2);
        world.Cut(0, 1);
        world.Cut(1, 0);
        Assert.Null(world.Edit(world.Nodes[0], "a", "bad"));
        Assert.Null(world.Edit(world.Nodes[1], "b", "bad"));
        world.Heal();
        world.RunFor(TimeSpan.FromSeconds(3));

        Assert.All(world.Nodes, n => Assert.Equal("two bad ones", n.Engine.Alarm!.Reason));
        Assert.Equal(["a"], world.Nodes[0].Engine.Current.Values.Keys);

        world.Restart(world.Nodes[0], keepsDisk: true);
        Assert.Equal(["a"], world.Nodes[0].Engine.Current.Values.Keys);
        Assert.NotNull(world.Nodes[0].Engine.Alarm);

        Assert.Null(world.Edit(world.Nodes[0], "b", null));
        world.RunFor(TimeSpan.FromSeconds(3));
        Assert.True(world.AllAgree);
        Assert.All(world.Nodes, n => Assert.Null(n.Engine.Alarm));
    }

    [Fact]
    public void AnEditThatWouldNotBeValid_IsRefusedWhereItIsMade()
    {
        var world = new ReplicaWorld(seed: 5, nodes: 1);
        Assert.Null(world.Edit(world.Nodes[0], "a", "bad"));

        Assert.Equal(LogFaultKind.Invalid, world.Edit(world.Nodes[0], "b", "bad")!.Kind);
    }

    [Fact]
    public void ANodeWithAFastClock_WaitsWithItsChangesAndHindersNobody()
    {
        var world = new ReplicaWorld(seed: 6, nodes: 3);
        world.Nodes[0].SkewMs = 60_000;
        Assert.Null(world.Edit(world.Nodes[0], "k", "from the future"));
        Assert.Null(world.Edit(world.Nodes[1], "l", "now"));
        world.RunFor(TimeSpan.FromSeconds(5));

        Assert.Equal(["l"], world.Nodes[2].Engine.Current.Values.Keys);
        Assert.Contains(LogFaultKind.TimestampAhead, world.Nodes[2].Refusals);

        world.RunFor(TimeSpan.FromMinutes(2));
        Assert.True(world.AllAgree);
    }

    [Fact]
    public void Peace_IsQuiet()
    {
        var world = new ReplicaWorld(seed: 7, nodes: 2);

        world.RunFor(TimeSpan.FromMinutes(1));

        // Each of both asks once per hold time.
        Assert.InRange(world.Questions, 50, 64);
    }

    private static void Disturb(ReplicaWorld world)
    {
        var random = world.Random;
        var node = world.Nodes[random.NextInt32(world.Nodes.Count)];
        switch (random.NextInt32(12))
        {
            case 0:
                world.Cut(node.Number, random.NextInt32(world.Nodes.Count));
                break;
            case 1:
                world.Heal();
                break;
            case 2:
                world.Restart(node, keepsDisk: random.NextInt32(3) > 0);
                break;
            case 3:
                world.Compact(node, world.WallOf(node).AddSeconds(-random.NextInt32(30)));
                break;
            case 4:
                node.SkewMs += random.NextInt32(6_000) - 3_000;
                break;
            default:
                // Refused where the whole would not be valid, or the clock was set back: that is an answer too.
                var value = random.NextInt32(4) switch { 0 => null, 1 => "bad", _ => $"{random.NextUInt32()}" };
                _ = world.Edit(node, $"k{random.NextInt32(8)}", value);
                break;
        }
    }
}
