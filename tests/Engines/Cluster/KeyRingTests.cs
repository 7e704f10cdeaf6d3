using Farspan.Kernel;

namespace Farspan.Cluster.Tests;

public sealed class KeyRingTests
{
    private static readonly DateTimeOffset Wall = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Overlap = TimeSpan.FromHours(24);

    [Fact]
    public void ANewGeneration_SealsFromItsTimeOnAndTheOldOneOpensAWhileLonger()
    {
        var begins = Wall.AddMinutes(1);
        var ring = First().Rotate(Secret(2), Wall, begins, Overlap);

        Assert.Equal(1, ring.SealingAt(begins.AddTicks(-1)).Generation);
        Assert.Equal(2, ring.SealingAt(begins).Generation);
        Assert.True(ring.TryFindOpening(1, begins + Overlap - TimeSpan.FromTicks(1), out _));
        Assert.False(ring.TryFindOpening(1, begins + Overlap, out _));
    }

    [Fact]
    public void ANodeWhoseClockIsAhead_IsUnderstood()
    {
        var ring = First().Rotate(Secret(2), Wall, Wall.AddMinutes(1), Overlap);

        Assert.True(ring.TryFindOpening(2, Wall, out var key));
        Assert.Equal(2, key.Secret.Reveal()[0]);
    }

    [Fact]
    public void TheLastGeneration_NeverEndsByItself()
    {
        var far = Wall.AddYears(50);

        Assert.Equal(1, First().SealingAt(far).Generation);
        Assert.True(First().TryFindOpening(1, far, out _));
    }

    [Fact]
    public void AClockBeforeTheFirstGeneration_SealsWithIt() =>
        Assert.Equal(1, First().SealingAt(Wall.AddYears(-1)).Generation);

    [Fact]
    public void AnUnknownGeneration_OpensNothing() =>
        Assert.False(First().TryFindOpening(9, Wall, out _));

    [Fact]
    public void ManyRotations_KeepABoundedNumberInOrder()
    {
        var ring = First();
        for (var i = 2; i < 100; i++)
        {
            ring = ring.Rotate(Secret((byte)i), Wall.AddMinutes(i), Wall.AddMinutes(i + 1), Overlap);
        }

        Assert.Equal(KeyRing.GenerationsMax, ring.Keys.Length);
        Assert.Equal(99, ring.Keys[^1].Generation);
        Assert.True(KeyRing.TryCreate(ring.Keys.Reverse(), out _));
    }

    [Fact]
    public void ARotationAfterTheOverlap_ForgetsWhatHasEnded()
    {
        var later = Wall.AddDays(2);
        var ring = First().Rotate(Secret(2), Wall, Wall, Overlap).Rotate(Secret(3), later, later, Overlap);

        Assert.Equal([2, 3], ring.Keys.Select(k => k.Generation));
    }

    [Fact]
    public void KeysThatDoNotFit_MakeNoRing()
    {
        var key = First().Keys[0];

        Assert.False(KeyRing.TryCreate([], out _));
        Assert.False(KeyRing.TryCreate([key, key], out _));
        Assert.False(KeyRing.TryCreate([key with { Secret = new Redacted<byte[]>(new byte[16]) }], out _));
        Assert.False(KeyRing.TryCreate([key with { NotAfter = Wall }], out _));
        Assert.False(KeyRing.TryCreate([key with { Generation = 0 }], out _));
        Assert.False(KeyRing.TryCreate([key, key with { Generation = 2 }], out _));
    }

    [Fact]
    public void ANode_TakesOnlyTheKeysThatItsRolesNeedAndOnlyNewerOnes()
    {
        var all = ClusterKeys.None.With(KeyPurpose.ResumeToken, First()).With(KeyPurpose.CallerToken, First());
        var rotated = all.Rotate(() => Secret(2), Wall, Wall, Overlap);

        var edge = ClusterKeys.None.Merge(all, ClusterRoles.Edge);
        Assert.Equal([KeyPurpose.CallerToken], edge.Rings.Select(r => r.Key));
        Assert.Equal(2, edge.Merge(rotated, ClusterRoles.Edge).Rings.Single().Value.Newest.Generation);
        Assert.Same(edge, edge.Merge(all, ClusterRoles.Edge));
        Assert.Empty(ClusterKeys.None.Merge(rotated, ClusterRoles.None).Rings);
    }

    [Fact]
    public void AKey_DoesNotPrintItsSecret() =>
        Assert.DoesNotContain("System.Byte", First().Keys[0].ToString(), StringComparison.Ordinal);

    private static KeyRing First()
    {
        Assert.True(KeyRing.TryCreate([new ClusterKey(1, Secret(1), Wall, null)], out var ring));
        return ring;
    }

    private static Redacted<byte[]> Secret(byte fill) =>
        new(Enumerable.Repeat(fill, ClusterKey.SecretBytes).ToArray());
}
