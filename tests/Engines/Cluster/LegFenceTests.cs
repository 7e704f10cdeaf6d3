using CsCheck;

namespace Farspan.Cluster.Tests;

public sealed class LegFenceTests
{
    private static readonly Epoch Own = new(2, "b");

    private readonly LegFence _fence = new(Own);

    [Fact]
    public void TheHolder_MaySpeak() => Assert.True(_fence.MaySend);

    [Theory]
    [InlineData(3, "a")]
    [InlineData(2, "c")]
    public void AHigherEpoch_FencesForGood(uint number, string node)
    {
        Assert.Equal(EpochVerdict.Newer, _fence.Hear(new Epoch(number, node)));
        _fence.Suspend();
        Assert.False(_fence.Confirm());
        Assert.Equal(EpochVerdict.Stale, _fence.Hear(Own));

        Assert.True(_fence.IsFenced);
        Assert.Equal(new Epoch(number, node), _fence.Highest);
    }

    [Theory]
    [InlineData(1, "z", EpochVerdict.Stale)]
    [InlineData(2, "a", EpochVerdict.Stale)]
    [InlineData(2, "b", EpochVerdict.Current)]
    public void ALowerOrEqualEpoch_ChangesNothing(uint number, string node, EpochVerdict verdict)
    {
        Assert.Equal(verdict, _fence.Hear(new Epoch(number, node)));
        Assert.True(_fence.MaySend);
        Assert.Equal(Own, _fence.Highest);
    }

    [Fact]
    public void AfterAGap_TheHolderIsSilent_UntilItIsConfirmed()
    {
        _fence.Suspend();
        Assert.False(_fence.MaySend);
        Assert.False(_fence.IsFenced);

        Assert.True(_fence.Confirm());
        Assert.True(_fence.MaySend);
    }

    [Fact]
    public void ADoubtfulHolder_ThatHearsAHigherEpoch_IsFenced()
    {
        _fence.Suspend();
        _fence.Hear(Own.Next("c"));

        Assert.False(_fence.Confirm());
        Assert.True(_fence.IsFenced);
    }

    [Fact]
    public void Displacement_Fences()
    {
        _fence.Displace();
        Assert.True(_fence.IsFenced);
    }

    [Fact]
    public void WhateverIsHeard_InWhateverOrder_TheHighestStays_AndOnlyAHigherOneFences() =>
        Gen.Select(Gen.UInt[1, 4], Gen.OneOf(Gen.Const("a"), Gen.Const("b"), Gen.Const("c"))).Array.Sample(heard =>
        {
            var fence = new LegFence(Own);
            foreach (var (number, node) in heard)
            {
                fence.Hear(new Epoch(number, node));
            }

            var highest = heard.Select(h => new Epoch(h.Item1, h.Item2)).Append(Own).Max();
            return fence.Highest == highest && fence.IsFenced == (highest > Own);
        });
}
