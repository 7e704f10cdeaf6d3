using CsCheck;

namespace Farspan.Cluster.Tests;

public sealed class EpochTests
{
    private static readonly Gen<Epoch> Epochs =
        Gen.Select(Gen.UInt[1, 5], Gen.OneOf(Gen.Const("edge-e1"), Gen.Const("edge-w1"), Gen.Const("connector-e2")))
            .Select(pair => new Epoch(pair.Item1, pair.Item2));

    [Fact]
    public void TheHigherNumberWins_AndOfEqualOnesTheHigherName()
    {
        Assert.True(new Epoch(2, "a") > new Epoch(1, "b"));
        Assert.True(new Epoch(1, "b") > new Epoch(1, "a"));
        Assert.True(new Epoch(1, "a") > Epoch.None);
    }

    [Fact]
    public void TheOrder_IsTotal() =>
        Gen.Select(Epochs, Epochs, Epochs).Sample((a, b, c) =>
            (a == b) == (a.CompareTo(b) == 0)
            && Math.Sign(a.CompareTo(b)) == -Math.Sign(b.CompareTo(a))
            && (!(a < b && b < c) || a < c));

    [Fact]
    public void WhoTakesOver_CountsOneUp() =>
        Assert.Equal(new Epoch(4, "edge-w1"), new Epoch(3, "edge-e1").Next("edge-w1"));

    [Fact]
    public void AHeader_SaysBothEpochs_AndReadsBack()
    {
        var epochs = new CallEpochs(new Epoch(3, "edge-e1"), new Epoch(1, "connector-e2"));

        Assert.Equal("caller=3;node=edge-e1, contact=1;node=connector-e2", epochs.ToString());
        Assert.True(CallEpochs.TryParse(epochs.ToString(), out var read));
        Assert.Equal(epochs, read);
    }

    [Fact]
    public void EveryPairOfEpochs_ReadsBack() =>
        Gen.Select(Epochs, Epochs, Gen.Int[0, 2]).Sample((caller, contact, which) =>
        {
            var epochs = new CallEpochs(which == 1 ? null : caller, which == 2 ? null : contact);
            return CallEpochs.TryParse(epochs.ToString(), out var read) && read == epochs;
        });

    [Theory]
    [InlineData("")]
    [InlineData("caller")]
    [InlineData("caller=")]
    [InlineData("caller=1")]
    [InlineData("caller=1;node=")]
    [InlineData("caller=0;node=edge-e1")]
    [InlineData("caller=-1;node=edge-e1")]
    [InlineData("caller=1000001;node=edge-e1")]
    [InlineData("caller=99999999999;node=edge-e1")]
    [InlineData("caller=1;node=Edge")]
    [InlineData("caller=1;node=edge e1")]
    [InlineData("caller=1;node=edge-e1, caller=2;node=edge-e1")]
    [InlineData("caller=1;node=edge-e1, contact=x")]
    [InlineData("other=1;node=edge-e1")]
    public void AHeaderThatSaysNoEpoch_IsNotRead(string text) => Assert.False(CallEpochs.TryParse(text, out _));

    [Fact]
    public void AnotherName_IsPassedOver() =>
        Assert.True(CallEpochs.TryParse("later=7;node=x, contact=2;node=c1", out var epochs)
            && epochs == new CallEpochs(null, new Epoch(2, "c1")));

    [Fact]
    public void AnyText_GivesEpochsOrNone() =>
        Gen.String.Sample(text => CallEpochs.TryParse(text, out var read) || read == default);

    [Fact]
    public void OfTwoMessages_EachHalfKeepsTheHigherEpoch()
    {
        var first = new CallEpochs(new Epoch(3, "a"), new Epoch(1, "c"));
        var second = new CallEpochs(new Epoch(2, "b"), null);

        Assert.Equal(first, first.Raise(second));
        Assert.Equal(first, second.Raise(first));
    }
}
