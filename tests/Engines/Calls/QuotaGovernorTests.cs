using CsCheck;
using Farspan.Calls;
using Farspan.Kernel;
using static Farspan.Calls.QuotaEffect;

namespace Farspan.Calls.Tests;

public sealed class QuotaGovernorTests
{
    private readonly Outbox<QuotaEffect> _outbox = new();

    [Fact]
    public void ABurst_IsGrantedAtOnce_AndTheRestAtTheSustainedRate()
    {
        var governor = Create(
            new QuotaSettings { StartsPerSecond = 2, StartBurst = 3, ConcurrentContactsMax = 100 });
        for (var i = 0; i < 6; i++)
        {
            governor.Request($"call-{i}", Instant.Zero, _outbox);
        }

        Assert.Equal([0, 0, 0, 500, 1000, 1500], RunUntilQuiet(governor).Select(e => e.AtMs));
    }

    [Fact]
    public void CallersAreGrantedInTheOrderInWhichTheyAsked()
    {
        var governor = Create(
            new QuotaSettings { StartsPerSecond = 10, StartBurst = 1, ConcurrentContactsMax = 100 });
        for (var i = 0; i < 5; i++)
        {
            governor.Request($"call-{i}", Instant.Zero, _outbox);
        }

        Assert.Equal(
            ["call-0", "call-1", "call-2", "call-3", "call-4"],
            RunUntilQuiet(governor).Select(e => Assert.IsType<Grant>(e.Effect).CallId));
    }

    [Fact]
    public void AFullInstance_KeepsCallersWaiting_UntilASlotIsFree()
    {
        var governor = Create(new QuotaSettings { ConcurrentContactsMax = 1, StartBurst = 5 });
        governor.Request("first", Instant.Zero, _outbox);
        governor.Request("second", Instant.Zero, _outbox);
        Assert.Equal([new Grant("first", "instance")], _outbox.Drain());
        Assert.Equal(1, governor.WaitingCount);

        governor.Release(Instant.FromMilliseconds(700), _outbox);

        Assert.Equal([new Grant("second", "instance")], _outbox.Drain());
        Assert.Equal(0, governor.SlotsLeft);
    }

    [Fact]
    public void ACallerIsRefused_AtTheEndOfTheWait_AndNotOneTickBefore()
    {
        var settings = new QuotaSettings { ConcurrentContactsMax = 0, WaitMax = TimeSpan.FromSeconds(20) };
        var governor = Create(settings);
        governor.Request("call", Instant.Zero, _outbox);

        Assert.Equal(Instant.Zero + settings.WaitMax, governor.Deadline);
        governor.Expire(Instant.Zero + settings.WaitMax - TimeSpan.FromTicks(1), _outbox);
        Assert.Empty(_outbox.Drain());
        governor.Expire(Instant.Zero + settings.WaitMax, _outbox);

        Assert.IsType<Refuse>(Assert.Single(_outbox.Drain()));
        Assert.Null(governor.Deadline);
    }

    [Fact]
    public void AFullQueue_RefusesAtOnce_AndSaysWhenToComeBack()
    {
        var governor = Create(
            new QuotaSettings { ConcurrentContactsMax = 0, WaitingMax = 4, StartsPerSecond = 2 });
        for (var i = 0; i < 5; i++)
        {
            governor.Request($"call-{i}", Instant.Zero, _outbox);
        }

        var refusal = Assert.IsType<Refuse>(Assert.Single(_outbox.Drain()));
        Assert.Equal("call-4", refusal.CallId);
        Assert.Equal(TimeSpan.FromSeconds(2), refusal.RetryAfter);
    }

    [Fact]
    public void AThrottleFromConnect_PausesStarts_ForTheTimeGiven()
    {
        var governor = Create(
            new QuotaSettings { StartsPerSecond = 10, StartBurst = 10, ConcurrentContactsMax = 100 });
        governor.NoteThrottled(TimeSpan.FromSeconds(3), Instant.Zero);
        governor.Request("call", Instant.Zero, _outbox);

        Assert.Equal([3000L], RunUntilQuiet(governor).Select(e => e.AtMs));
    }

    [Fact]
    public void TwoInstancesOfOneAccount_ShareTheStartRate()
    {
        var limiter = new StartRateLimiter(startsPerSecond: 1, burst: 1);
        var settings = new QuotaSettings { ConcurrentContactsMax = 10 };
        var a = new QuotaGovernor("a", settings, limiter);
        var b = new QuotaGovernor("b", settings, limiter);
        a.Request("call-a", Instant.Zero, _outbox);
        b.Request("call-b", Instant.Zero, _outbox);

        Assert.Equal([new Grant("call-a", "a")], _outbox.Drain());
        Assert.Equal(Instant.FromMilliseconds(1000), b.Deadline);
    }

    [Fact]
    public void WhateverHappens_NeitherTheRateNorTheSlotsAreExceeded() =>
        Gen.Select(Gen.Int[0, 2], Gen.Int[0, 400]).Array[1, 150].Sample(steps =>
        {
            var settings = new QuotaSettings
            {
                StartsPerSecond = 5,
                StartBurst = 2,
                ConcurrentContactsMax = 4,
            };
            var governor = Create(settings);
            var outbox = new Outbox<QuotaEffect>();
            var now = Instant.Zero;
            var grants = new List<Instant>();
            for (var i = 0; i < steps.Length; i++)
            {
                now += TimeSpan.FromMilliseconds(steps[i].Item2);
                Step(governor, steps[i].Item1, i, now, outbox);
                grants.AddRange(outbox.Drain().OfType<Grant>().Select(_ => now));
                Assert.InRange(governor.ActiveContacts, 0, settings.ConcurrentContactsMax);
            }

            for (var i = 0; i + 2 < grants.Count; i++)
            {
                Assert.True(grants[i + 2] - grants[i] >= TimeSpan.FromMilliseconds(200));
            }
        });

    private static void Step(
        QuotaGovernor governor, int kind, int index, Instant now, Outbox<QuotaEffect> outbox)
    {
        if (kind == 0 && governor.ActiveContacts > 0)
        {
            governor.Release(now, outbox);
        }
        else if (kind == 1)
        {
            governor.Expire(now, outbox);
        }
        else
        {
            governor.Request($"call-{index}", now, outbox);
        }
    }

    private static QuotaGovernor Create(QuotaSettings settings) =>
        new("instance", settings, new StartRateLimiter(settings.StartsPerSecond, settings.StartBurst));

    private List<(long AtMs, QuotaEffect Effect)> RunUntilQuiet(QuotaGovernor governor)
    {
        var log = new List<(long, QuotaEffect)>();
        var now = Instant.Zero;
        log.AddRange(_outbox.Drain().Select(e => (0L, e)));
        while (governor.Deadline is { } deadline)
        {
            now = deadline;
            governor.Expire(now, _outbox);
            log.AddRange(_outbox.Drain().Select(e => (now.Milliseconds, e)));
        }

        return log;
    }
}
