namespace Farspan.Simulation.Tests;

/// <summary>
/// The recovery times that the design promises for each sort of failure, found by simulating the samples.
/// </summary>
public sealed class RecoveryTableTests
{
    /// <summary>The table's own figures are rounded to half a second.</summary>
    private const double Rounding = 0.25;

    [Theory] // Worst and expected, of the routers alone.
    [InlineData(Samples.CrossCloud, "link/east/a", 6, 4.5)]
    [InlineData(Samples.Colo, "link/east/a", 6, 4.5)]
    [InlineData(Samples.PartnerCrossCloud, "link/east/a", 6, 4.5)]
    [InlineData(Samples.HaVpn, "link/east/a", 31, 25)]
    [InlineData(Samples.CrossCloud, "links/east", 6, 5)]
    [InlineData(Samples.Colo, "links/east", 6, 5)]
    [InlineData(Samples.PartnerCrossCloud, "links/west", 6, 5)]
    [InlineData(Samples.CrossCloud, "peering/us-east-1/us-west-2", 0, 0)]
    public void Routers_RecoverAsTheTableSays(string sample, string cause, double worst, double expected)
    {
        var network = Samples.Fail(Samples.Model(sample), cause).Network;

        Assert.Equal(worst, network.Worst.TotalSeconds);
        Assert.InRange(network.Expected.TotalSeconds, expected - Rounding, expected + Rounding);
        Assert.True(network.Worst - network.Best <= 2 * network.Expected);
    }

    [Fact] // 5 + 8 s: the detection, then 2 s of patience, a call of 1 to 5 s, convergence.
    public void AController_NeedsThirteenSecondsAtWorst()
    {
        var model = Samples.Model(
            Samples.CrossCloud,
            ("fallback: summaries", "fallback: controller"));

        var network = Samples.Fail(model, "links/east").Network;

        Assert.Equal(13, network.Worst.TotalSeconds);
        Assert.InRange(network.Expected.TotalSeconds, 9.5, 10.5);
        string[] alsoDead = ["links/east", "controller/us-east-1", "controller/us-west-2"];
        Assert.True(Samples.Fail(model, alsoDead).Network.IsNever);
    }

    [Fact] // The core network tells what peerings cannot; the links' gateways must still allow it.
    public void CloudWan_LeadsOverTheOtherRegionsLinks_WhereTheyAllowIt()
    {
        var model = Samples.Model(
            Samples.CrossCloud,
            ("  fallback: summaries", "  kind: cloud-wan"));

        var outcome = Samples.Fail(model, "links/east");

        Assert.Equal(6, outcome.Network.Worst.TotalSeconds);
        Assert.Contains(outcome.Changes, change => change.State.Forward.Arcs.Any(arc =>
            model.Network.Arcs[arc].Name.StartsWith("core-network/", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("legacy")]
    [InlineData("standard")]
    public void EitherWayOfComparingCloudRouters_PrefersTheOwnRegion(string mode)
    {
        var model = Samples.Model(
            Samples.CrossCloud,
            ("project: contact-centre-prod", $"project: contact-centre-prod\n  bestPathMode: {mode}"));

        var healthy = new FlowSolver(model).Healthy(model.FlowNumber(0, 0));

        Assert.True(healthy.Works);
        Assert.DoesNotContain(
            healthy.Forward.Arcs, arc => model.Network.Arcs[arc].Name.Contains("west", StringComparison.Ordinal));
    }

    [Fact] // What a gateway association does not allow is not told, whatever stands behind it.
    public void AllowedPrefixesOfTheOwnRegionAlone_LeaveNoWayOverTheOther()
    {
        var model = Samples.Model(
            Samples.CrossCloud,
            ("aws: us-west-2", "aws: us-west-2\n    directConnectGateway: { allowedPrefixes: [10.17.0.0/16] }"));

        Assert.True(Samples.Fail(model, "links/east").Network.IsNever);
        Assert.False(Samples.Fail(model, "links/west").Network.IsNever);
    }

    [Fact]
    public void WithoutAFallback_TheLossOfARegionsLinksIsForEver_ForRouters()
    {
        var model = Samples.Model(Samples.CrossCloud, ("fallback: summaries", "fallback: none"));

        var outcome = Samples.Fail(model, "links/east");

        Assert.True(outcome.Network.IsNever);
        Assert.All(outcome.Changes, change => Assert.Equal(WalkVerdict.NoRoute, change.State.Forward.Verdict));
    }

    [Fact]
    public void TheGuideAsWritten_CarriesNoCallEvenBeforeAnythingFails()
    {
        var model = Samples.Model(Samples.GuideAsWritten);

        var outcome = new FailureSweep(model).Healthy();

        Assert.Equal(ServiceLevel.None, outcome.Level);
        Assert.NotEmpty(new FailureStory(model).OfNothing());
    }

    [Fact] // What is allowed stays allowed: routers never learn that a region died.
    public void ADeadTransitGateway_IsABlackHoleForRouters_AndFourSecondsForCalls()
    {
        var outcome = Samples.Fail(Samples.Model(Samples.CrossCloud), "tgw/us-east-1");

        Assert.True(outcome.Network.IsNever);
        Assert.Contains(outcome.Changes, change => change.State.Forward.Verdict == WalkVerdict.BlackHole);
        Assert.Equal((4.0, Actors.Edge), (outcome.NewCalls.Worst.TotalSeconds, outcome.NewCallActors));
    }

    [Theory]
    [InlineData(Samples.PartnerCrossCloud)]
    [InlineData(Samples.CrossCloud)]
    [InlineData(Samples.Colo)]
    [InlineData(Samples.HaVpn)]
    public void EverySingleFailure_GivesNewCallsBackWithinFiveSeconds(string sample)
    {
        var model = Samples.Model(sample);

        var slow = new FailureSweep(model).Singles()
            .Where(each => each.Level != ServiceLevel.All || each.NewCalls.Worst > TimeSpan.FromSeconds(5))
            .Select(outcome => outcome.Failure.ToString());

        Assert.Empty(slow);
    }

    [Fact]
    public void CarriersThatLookOurNamesUp_DependOnTheZone()
    {
        var outcome = Samples.Fail(Samples.Model(Samples.CrossCloud, Samples.WithNames), "dns/calls.example.com");

        Assert.Equal((ServiceLevel.None, CallFate.Untouched), (outcome.Level, outcome.Established));
    }

    [Theory]
    [InlineData(Samples.CrossCloud)]
    [InlineData(Samples.HaVpn)]
    public void NoSingleFailureOfOurs_EndsAnEstablishedCall(string sample)
    {
        var model = Samples.Model(sample);

        var losing = new FailureSweep(model).Singles()
            .Where(outcome => outcome.Established == CallFate.Lost)
            .Select(outcome => outcome.Failure.ToString());

        Assert.Equal(["carrier/acme", "carrier/globex"], losing);
    }

    [Fact] // Each hub's summary points at the other.
    public void WithoutAnyLink_PacketsRunInCircles()
    {
        var outcome = Samples.Fail(Samples.Model(Samples.CrossCloud), "links/east", "links/west");

        Assert.Equal(ServiceLevel.None, outcome.Level);
        Assert.Contains(outcome.Changes, change => change.State.Return.Verdict == WalkVerdict.Loop);
    }

    [Fact]
    public void WithRegionalRouting_TheOtherRegionsLinksAreOneWay()
    {
        var model = Samples.Model(
            Samples.CrossCloud,
            ("project: contact-centre-prod", "project: contact-centre-prod\n  routingMode: regional"));

        var outcome = Samples.Fail(model, "links/east");

        Assert.True(outcome.Network.IsNever);
    }
}
