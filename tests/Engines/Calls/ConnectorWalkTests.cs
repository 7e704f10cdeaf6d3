using CsCheck;

namespace Farspan.Calls.Tests;

/// <summary>Whatever happens in whatever order: the promises that hold for every run.</summary>
public sealed class ConnectorWalkTests
{
    [Fact]
    public void AfterAnyRun_AndAQuietTime_NothingIsLeft_AndEveryContactEndedOnce() =>
        Gen.ULong.Sample(
            seed =>
            {
                var walk = new ConnectorWalk(seed);
                walk.Run(steps: 120);
                walk.Settle();
                walk.AssertPromises();
            },
            iter: 1_000);

    // A walk that gets nowhere would prove nothing.
    [Fact]
    public void TheWalks_GetAbout()
    {
        HashSet<object?> seen = [];
        for (var seed = 0ul; seed < 200; seed++)
        {
            var walk = new ConnectorWalk(seed);
            walk.Run(steps: 120);
            walk.Settle();
            seen.UnionWith(walk.Events.Select(line => line["outcome"] ?? line["fate"] ?? line.Kind));
        }

        object[] expected =
        [
            CallEventKind.Answered, CallEventKind.Fenced, CallEventKind.HoldChanged, CallEventKind.Rejoined,
            CallEventKind.DigitsDelivered, CallEventKind.QuotaWaiting, CallEventKind.StartRepeated,
            CallOutcome.CallerHungUp, CallOutcome.CallerCancelled, CallOutcome.NoAck,
            CallOutcome.SessionExpired, CallOutcome.CarrierLost,
            CallOutcome.Displaced, CallOutcome.ContactEnded, CallOutcome.QuotaWait,
            CallOutcome.MediaResources, CallOutcome.ContactMediaLost, CallOutcome.ConnectTimedOut,
            ContactFate.NeverStarted, ContactFate.Stopped, ContactFate.EndedByConnect, ContactFate.HandedOver,
        ];
        Assert.Empty(expected.Except(seen));
    }
}
