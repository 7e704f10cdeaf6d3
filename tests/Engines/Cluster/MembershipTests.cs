using System.Collections.Immutable;
using Farspan.Kernel;

namespace Farspan.Cluster.Tests;

public sealed class MembershipTests
{
    private static readonly DateTimeOffset Wall = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    private readonly Membership _membership = new(new MembershipTimings());
    private readonly Outbox<MembershipEffect> _outbox = new();

    [Fact]
    public void ANodeThatRegisters_JoinsOnce()
    {
        var first = Registration("e1", second: 0);
        var second = Registration("e1", second: 2);

        Assert.True(_membership.Hear(first, At(0), _outbox));
        Assert.True(_membership.Hear(second, At(2), _outbox));

        Assert.Equal([new MembershipEffect.Joined(first)], _outbox.Drain());
        Assert.Same(second, Assert.Single(_membership.Members).Registration);
    }

    [Fact]
    public void ANodeThatSaysSomethingElse_HasChanged()
    {
        _membership.Hear(Registration("e1", 0), At(0), _outbox);
        _outbox.Clear();
        var draining = Registration("e1", 2) with { Drain = NodeDrainState.Draining };

        _membership.Hear(draining, At(2), _outbox);

        Assert.Equal([new MembershipEffect.Changed(draining)], _outbox.Drain());
    }

    [Fact]
    public void AnOldRegistration_ChangesNothing()
    {
        _membership.Hear(Registration("e1", 5), At(5), _outbox);
        _outbox.Clear();

        Assert.False(_membership.Hear(Registration("e1", 4), At(6), _outbox));

        Assert.Equal(0, _outbox.Count);
        Assert.Equal(At(5), _membership.Find("e1")!.HeardAt);
    }

    [Fact]
    public void ANewStart_JoinsAgain()
    {
        _membership.Hear(Registration("e1", 0), At(0), _outbox);
        _outbox.Clear();
        var reborn = Registration("e1", 1) with { Boot = "2" };

        _membership.Hear(reborn, At(1), _outbox);

        Assert.Equal([new MembershipEffect.Joined(reborn)], _outbox.Drain());
    }

    [Fact]
    public void Silence_MakesANodeAbsentAndMuchLaterForgotten()
    {
        var registration = Registration("e1", 0);
        _membership.Hear(registration, At(0), _outbox);
        _outbox.Clear();

        _membership.Expire(At(11.9), _outbox);
        Assert.Equal(0, _outbox.Count);
        Assert.Equal(At(12), _membership.Deadline);

        _membership.Expire(At(12), _outbox);
        Assert.Equal([new MembershipEffect.Absent(registration)], _outbox.Drain());
        Assert.False(_membership.Find("e1")!.IsPresent);

        _membership.Expire(_membership.Deadline!.Value, _outbox);
        Assert.Equal([new MembershipEffect.Forgotten("e1")], _outbox.Drain());
        Assert.Null(_membership.Deadline);
    }

    [Fact]
    public void AClockThatIsWrong_MakesNobodyAbsent()
    {
        for (var second = 0; second < 60; second += 2)
        {
            _membership.Hear(Registration("e1", second - 86_000), At(second), _outbox);
            _membership.Expire(At(second), _outbox);
        }

        Assert.True(_membership.Find("e1")!.IsPresent);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(13, false)]
    [InlineData(-5, true)]
    public void ARestoredNode_IsPresentIfItSpokeLately(int ageSeconds, bool isPresent)
    {
        _membership.Restore(Registration("e1", -ageSeconds), Wall, At(1_000), _outbox);

        Assert.Equal(isPresent, _membership.Find("e1")!.IsPresent);
    }

    private static Instant At(double seconds) => Instant.Zero + TimeSpan.FromSeconds(seconds);

    private static NodeRegistration Registration(string node, int second) => new()
    {
        Node = node,
        Boot = "1",
        Region = "eu",
        Roles = ["edge"],
        Addresses = ImmutableSortedDictionary<string, string>.Empty.Add(NodeAddressUse.Sip, "tls:192.0.2.1:5061"),
        CallsMax = 500,
        Calls = 0,
        Drain = NodeDrainState.Serving,
        Version = "0.1.0",
        SeenAt = HybridTimestamp.At(Wall.AddSeconds(second)),
    };
}
