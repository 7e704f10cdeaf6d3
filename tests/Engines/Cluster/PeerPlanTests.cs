using System.Collections.Immutable;
using Farspan.Kernel;

namespace Farspan.Cluster.Tests;

public sealed class PeerPlanTests
{
    private static readonly Member[] Members =
    [
        Node("eu-1", "eu"), Node("eu-2", "eu"), Node("eu-3", "eu", isPresent: false),
        Node("us-1", "us"), Node("us-2", "us"), Node("ap-1", "ap"),
    ];

    [Fact]
    public void Neighbours_AreAskedEachAndOtherRegionsOnce()
    {
        var plan = PeerPlan.Make("eu-1", "eu", [], Members);

        Assert.Equal(["eu-2", "ap", "us"], plan.Select(p => p.Name));
        Assert.Equal(["https://us-1", "https://us-2"], plan[2].Addresses.Order());
    }

    [Fact]
    public void ASeed_CountsUntilItsNodeIsKnown()
    {
        Assert.Equal(["https://us-1"], Names(PeerPlan.Make("eu-1", "eu", ["https://us-1"], [])));
        Assert.DoesNotContain("https://us-1", Names(PeerPlan.Make("eu-1", "eu", ["https://us-1"], Members)));
        Assert.Contains("https://eu-3", Names(PeerPlan.Make("eu-1", "eu", ["https://eu-3"], Members)));
    }

    [Fact]
    public void Nobody_AsksHimself() =>
        Assert.Equal(["eu-2", "ap", "us"], Names(PeerPlan.Make("eu-1", "eu", ["https://eu-1"], Members)));

    private static IEnumerable<string> Names(IEnumerable<PullPeer> plan) => plan.Select(p => p.Name);

    private static Member Node(string name, string region, bool isPresent = true) => new(
        new NodeRegistration
        {
            Node = name,
            Boot = "1",
            Region = region,
            Roles = [],
            Addresses = ImmutableSortedDictionary<string, string>.Empty
                .Add(NodeAddressUse.Replication, $"https://{name}"),
            CallsMax = 0,
            Calls = 0,
            Drain = NodeDrainState.Serving,
            Version = "",
            SeenAt = default,
        },
        Instant.Zero,
        isPresent);
}
