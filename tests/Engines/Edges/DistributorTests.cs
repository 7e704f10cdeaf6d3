using System.Net;
using CsCheck;
using Farspan.Calls;
using Farspan.Kernel;

namespace Farspan.Edges.Tests;

public sealed class DistributorTests
{
    private static readonly Instant Now = Instant.FromMilliseconds(5_000);

    [Fact]
    public void SharesOfCalls_FollowTheWeights_WithinFivePercentOfAll() =>
        Gen.Select(Gen.Double[1, 10].Array[2, 8], Gen.ULong).Sample((weights, seed) =>
        {
            var distributor = Create(seed, [.. weights.Select((weight, i) => Target(i) with { Weight = weight })]);
            var random = new RandomSource(seed + 1);
            var (given, live) = (new int[weights.Length], new List<TargetState>());
            for (var i = 0; i < 2_000; i++)
            {
                var chosen = Choose(distributor)!;
                chosen.Started();
                live.Add(chosen);
                given[distributor.Targets.ToList().IndexOf(chosen)]++;
                while (live.Count > 200)
                {
                    var ended = random.NextInt32(live.Count);
                    live[ended].Ended();
                    live.RemoveAt(ended);
                }
            }

            for (var i = 0; i < weights.Length; i++)
            {
                Assert.InRange(given[i] / 2_000.0 - (weights[i] / weights.Sum()), -0.05, 0.05);
            }
        }, iter: 60);

    [Fact]
    public void NoCallGoesToOneThatIsDeadDrainingFullRefusingOrTried_NorWithoutQuotaWhileAnotherHasSome() =>
        Gen.Select(Gen.Int[0, 6].Array[1, 8], Gen.ULong).Sample((kinds, seed) =>
        {
            var distributor = Create(seed, [.. kinds.Select((_, i) => Target(i))]);
            foreach (var (i, kind) in kinds.Index())
            {
                Make(distributor.Targets[i], kind);
            }

            var isThere = distributor.TryChoose(["c0"], null, Now, out var chosen);
            var good = kinds.Index().Where(k => k.Item == 0 && k.Index > 0).Select(k => $"c{k.Index}").ToArray();
            var exhausted = kinds.Index().Where(k => k.Item == 1 && k.Index > 0).Select(k => $"c{k.Index}").ToArray();
            var may = good.Length > 0 ? good : exhausted;
            Assert.Equal(may.Length > 0, isThere);
            Assert.True(!isThere || may.Contains(chosen!.Target.Name));
        }, iter: 500);

    [Fact]
    public void AConnectorThatReturns_GetsLittleAtFirst_AndItsShareAtTheEnd()
    {
        var distributor = Create(1, Target(0), Target(1));
        var returning = distributor.Targets[0];
        returning.Died();
        returning.Answered(null, TimeSpan.Zero, Now);

        Assert.Equal(0.1, returning.EffectiveWeight(Now), 3);
        Assert.Equal(0.5, returning.EffectiveWeight(Now + TimeSpan.FromSeconds(5)), 3);
        Assert.Equal(1, returning.EffectiveWeight(Now + TimeSpan.FromSeconds(10)), 3);
        var got = 0;
        for (var i = 0; i < 110; i++)
        {
            var chosen = Choose(distributor)!;
            chosen.Started();
            got += chosen == returning ? 1 : 0;
        }

        Assert.InRange(got, 5, 16);
    }

    [Fact]
    public void ThePreferredRegion_ComesFirst_AndTheOtherWhenItHasNobody()
    {
        var settings = new DistributionSettings { PreferredRegion = "west" };
        var distributor = new Distributor(settings, new RandomSource(1));
        distributor.Put(Target(0) with { Region = "east" });
        var west = distributor.Put(Target(1) with { Region = "west" });

        Assert.All(Enumerable.Range(0, 50), _ => Assert.Equal(west, Choose(distributor)));
        west.Refused(new LoadReport(0, 100, 5, IsDraining: true), null, Now);
        Assert.Equal("east", Choose(distributor)!.Target.Region);
    }

    [Fact]
    public void ARegionWithoutQuota_GetsNothingWhileTheOtherHasSome()
    {
        var settings = new DistributionSettings { PreferredRegion = "west" };
        var distributor = new Distributor(settings, new RandomSource(1));
        var east = distributor.Put(Target(0) with { Region = "east" });
        var west = distributor.Put(Target(1) with { Region = "west" });
        west.Answered(new LoadReport(10, 2_000, 1, false), TimeSpan.Zero, Now);
        east.Answered(new LoadReport(10, 2_000, 8, false), TimeSpan.Zero, Now);

        Assert.Equal(west, Choose(distributor));
        west.Started();
        Assert.All(Enumerable.Range(0, 8), _ =>
        {
            Assert.Equal(east, Choose(distributor));
            east.Started();
        });
        Assert.Equal(west, Choose(distributor));
    }

    [Fact]
    public void AnOutlier_IsEjectedForLongerEachTime_ButNotIfItIsAllThereIs()
    {
        var distributor = Create(1, Target(0), Target(1));
        var outlier = distributor.Targets[0];
        for (var i = 0; i < 3; i++)
        {
            outlier.Failed(null, Now);
        }

        Assert.True(outlier.IsEjected(Now + TimeSpan.FromSeconds(4.9)));
        Assert.False(outlier.IsEjected(Now + TimeSpan.FromSeconds(5)));
        Assert.All(Enumerable.Range(0, 20), _ => Assert.NotEqual(outlier, Choose(distributor)));
        outlier.Failed(null, Now + TimeSpan.FromSeconds(6));
        Assert.True(outlier.IsEjected(Now + TimeSpan.FromSeconds(15.9)));
        distributor.Targets[1].Died();
        Assert.Equal(outlier, Choose(distributor));
    }

    [Fact]
    public void OfTwoEquallyLoaded_TheNearerIsChosen()
    {
        var distributor = Create(1, Target(0), Target(1));
        distributor.Targets[0].Answered(null, TimeSpan.FromMilliseconds(70), Now);
        distributor.Targets[1].Answered(null, TimeSpan.FromMilliseconds(1), Now);

        Assert.Equal("c1", Choose(distributor)!.Target.Name);
    }

    [Fact]
    public void ALoadReport_IsReadAsItIsWritten() =>
        Gen.Select(Gen.Int[0, 9_999], Gen.Int[1, 9_999], Gen.Int[0, 99], Gen.Bool).Sample(said =>
        {
            var (calls, most, quota, drains) = said;
            var report = new LoadReport(calls, most, quota > 50 ? null : quota, drains);
            Assert.True(LoadReport.TryParse(report.Write(), out var read));
            Assert.Equal(report, read);
        });

    [Fact]
    public void AnyTextInALoadReport_IsAValueOrNone() =>
        Gen.String.Sample(text => Assert.Equal(LoadReport.TryParse(text, out var report), report is not null));

    [Theory]
    [InlineData(408, true)]
    [InlineData(500, true)]
    [InlineData(502, true)]
    [InlineData(503, true)]
    [InlineData(504, true)]
    [InlineData(404, false)]
    [InlineData(480, false)]
    [InlineData(486, false)]
    [InlineData(487, false)]
    [InlineData(501, false)]
    [InlineData(603, false)]
    public void WhatTheCalleeSaid_EndsTheCall_AndWhatServersFail_DoesNot(int status, bool goesOn) =>
        Assert.Equal(goesOn, FinalCodePolicy.GoesOn(status));

    [Fact]
    public void TakeoversOfMany_GoInABurstAndThenAtARate()
    {
        var pacer = new TakeoverPacer(burst: 5, perSecond: 10);
        for (var i = 0; i < 8; i++)
        {
            pacer.Add($"{i}", Now);
        }

        var taken = new List<(string, long)>();
        for (var now = Now; pacer.Deadline is { } deadline; now = deadline > now ? deadline : now)
        {
            while (pacer.TryTake(now, out var callId))
            {
                taken.Add((callId, (now - Now).Ticks / TimeSpan.TicksPerMillisecond));
            }
        }

        Assert.Equal(
            [("0", 0), ("1", 0), ("2", 0), ("3", 0), ("4", 0), ("5", 100), ("6", 200), ("7", 300)], taken);
    }

    private static void Make(TargetState target, int kind)
    {
        var load = new LoadReport(1, 10, 5, false);
        switch (kind)
        {
            case 0:
                target.Answered(load, TimeSpan.Zero, Now);
                break;
            case 1:
                target.Answered(load with { QuotaLeft = 0 }, TimeSpan.Zero, Now);
                break;
            case 2:
                target.Died();
                break;
            case 3:
                target.FellSilent();
                break;
            case 4:
                target.Refused(load, null, Now);
                break;
            case 5:
                target.Answered(load with { IsDraining = true }, TimeSpan.Zero, Now);
                break;
            default:
                target.Answered(load with { Calls = 10 }, TimeSpan.Zero, Now);
                break;
        }
    }

    private static TargetState? Choose(Distributor distributor) =>
        distributor.TryChoose([], null, Now, out var chosen) ? chosen : null;

    private static Distributor Create(ulong seed, params ConnectorTarget[] targets)
    {
        var distributor = new Distributor(new DistributionSettings(), new RandomSource(seed));
        foreach (var target in targets)
        {
            distributor.Put(target);
        }

        return distributor;
    }

    private static ConnectorTarget Target(int number) => new()
    {
        Name = $"c{number}",
        Address = new IPEndPoint(IPAddress.Loopback, 5_062 + number),
    };
}
