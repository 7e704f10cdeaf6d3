using static Farspan.Simulation.Tests.DelayTests;

namespace Farspan.Simulation.Tests;

/// <summary>
/// Each mechanism against its published arithmetic, and against what was measured on real routers.
/// </summary>
public sealed class DetectionTests
{
    [Theory] // Hold time, keepalive, worst and expected; measured 53.6, 23.8 and 2.93 s.
    [InlineData(60, 20, 60, 50, 53.6)]
    [InlineData(30, 10, 30, 25, 23.8)]
    [InlineData(3, 1, 3, 2.5, 2.93)]
    public void ASilentBgpPeer_IsMissedWhenTheHoldTimerRunsOut(
        double hold, double keepalive, double worst, double expected, double measured)
    {
        var local = new BgpTimers(S(hold), S(keepalive));

        var delay = PathDetection.BgpHold(local, new BgpTimers(S(90), S(keepalive)));

        Expect(delay, worst, expected);
        Assert.InRange(S(measured), delay.Best, delay.Worst);
    }

    [Fact] // RFC 4271 §4.2
    public void TheSmallerHoldTimeOfTheTwo_Counts() =>
        Expect(PathDetection.BgpHold(BgpTimers.OfHold(S(60)), BgpTimers.OfHold(S(30))), 30, 25);

    [Theory] // Interval and multiplier of both ends, worst and expected; measured without convergence.
    [InlineData(1, 5, 5, 4.5, 4.76)]
    [InlineData(0.3, 3, 0.9, 0.75, 0.89)]
    public void BfdOfEqualEnds_TakesTheMultiplierTimesTheInterval(
        double interval, int multiplier, double worst, double expected, double measured)
    {
        var delay = PathDetection.Bfd(Second(interval, multiplier), Second(interval, multiplier));

        Expect(delay, worst, expected);
        Assert.InRange(S(measured), delay.Best, delay.Worst);
    }

    [Fact] // RFC 5880 §6.8.4: Cloud Router 1 s x 5 with Direct Connect 0.3 s x 3; measured 2.53 and 4.74 s.
    public void BfdOfUnequalEnds_IsDetectedByEachWithTheOthersMultiplier()
    {
        var (google, aws) = (Second(1, 5), Second(0.3, 3));

        Expect(PathDetection.Bfd(local: google, remote: aws), 3, 2.5);
        Expect(PathDetection.Bfd(local: aws, remote: google), 5, 4.5);
    }

    [Theory] // Interval, threshold, failing probe: a timeout, a refusal, our own heartbeat of 1 s.
    [InlineData(5, 2, 5, 15, 12.5)]
    [InlineData(5, 2, 0, 10, 7.5)]
    [InlineData(1, 3, 1, 4, 3.5)]
    public void AHealthCheck_NeedsItsThresholdOfFailures(
        double interval, int threshold, double probe, double worst, double expected) =>
        Expect(ServiceDetection.HealthCheck(S(interval), threshold, S(probe)), worst, expected);

    [Theory]
    [InlineData(60, 5, 30, 32, 212, 182)]
    [InlineData(10, 2, 10, 2, 22, 17)]
    public void ACarriersOptions_WaitForThePingTheRetriesAndTheTransaction(
        double interval, int attempts, double retry, double timeout, double worst, double expected) =>
        Expect(
            ServiceDetection.OptionsProbing(new OptionsProbe(S(interval), attempts, S(retry), S(timeout))),
            worst,
            expected);

    [Fact]
    public void ChangedRecords_AreSeenAfterTheHealthCheckAndTheTimeToLive() =>
        Expect(
            ServiceDetection.DnsFailover(ServiceDetection.HealthCheck(S(10), 3, TimeSpan.Zero), S(60)), 90, 55);

    [Fact]
    public void AControllerSwap_FollowsTheDetection_DwellsAndCallsTheApi()
    {
        var detection = PathDetection.Bfd(Second(1, 5), Second(1, 5));

        var swap = detection
            .Then(PathDetection.ControllerSwap(S(2), S(3), calls: 1))
            .Then(PathDetection.RemoteConvergence());

        Expect(swap, 13, 9.8);
    }

    [Fact]
    public void OurOwnNodes_AreMissedWithinSixTenthsOfASecond()
    {
        var silence = NodeTimings.Default.NodeSilence;

        Assert.True(silence.Worst <= S(0.6) && silence.Best >= S(0.35));
    }

    [Fact]
    public void AContactLeg_IsWholeAgainAsPromised()
    {
        var timings = NodeTimings.Default;

        var here = timings.NodeSilence.Then(timings.ResumeContactLeg);
        var across = timings.NodeSilence.Then(timings.ResumeContactLegAcrossRegions);

        Assert.True(DelayPercentiles.Of(here, 1)!.P50 <= S(1.0));
        Assert.True(here.Worst <= S(2.0));
        Assert.True(across.Worst <= S(2.5));
    }

    [Fact]
    public void NoIntervalOfAPathDetection_IsWiderThanTwiceItsExpectedTime()
    {
        Delay[] detections =
        [
            PathDetection.BgpHold(BgpTimers.OfHold(S(60)), BgpTimers.OfHold(S(90))),
            PathDetection.Bfd(Second(1, 5), Second(0.3, 3)),
            PathDetection.DeadPeer(S(10), 3),
            PathDetection.Bfd(Second(0.3, 3), Second(0.3, 3)).Then(PathDetection.RemoteConvergence()),
            ServiceDetection.OptionsProbing(new OptionsProbe(S(10), 2, S(10), S(2))),
            NodeTimings.Default.NodeSilence.Then(NodeTimings.Default.ResumeContactLeg),
            NodeTimings.Default.NodeSilence.Then(NodeTimings.Default.AdoptCallerLeg),
            NodeTimings.Default.NodeSilence.Then(NodeTimings.Default.NewContact),
        ];

        Assert.All(detections, delay => Assert.InRange(delay.Worst - delay.Best, TimeSpan.Zero, 2 * delay.Expected));
    }

    private static void Expect(Delay delay, double worst, double expected)
    {
        Assert.Equal(S(worst), delay.Worst);
        Assert.Equal(expected, delay.Expected.TotalSeconds, 3);
    }
}
