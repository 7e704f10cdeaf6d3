using Farspan.Edges;
using Farspan.Kernel;

namespace Farspan.Node;

/// <summary>
/// Reads what the edge engine knows into records that other threads may have. On the loop's thread only.
/// </summary>
internal static class EdgeStatusReader
{
    public static EdgeStatus Read(EdgeEngine engine)
    {
        var byState = engine.Calls.All.CountBy(c => c.State).ToDictionary();
        var ringing = Of(EdgeCallState.Opening) + Of(EdgeCallState.Distributing);
        return new EdgeStatus(
            new CallCounts(
                engine.Calls.Count, ringing, Of(EdgeCallState.Talking), Of(EdgeCallState.Closing)),
            engine.Sip.ServerTransactionCount + engine.Sip.ClientTransactionCount,
            [.. engine.Connectors.Select(Read)],
            engine.Calls.All.CountBy(c => c.Admitted.Trunk.Name).ToDictionary());

        int Of(EdgeCallState state) => byState.GetValueOrDefault(state);
    }

    public static IReadOnlyList<CallStatus> ReadCalls(EdgeEngine engine, Instant now) =>
        [.. engine.Calls.All.Select(call => Read(call, now))];

    private static ConnectorStatus Read(TargetState target) => new(
        target.Target.Name,
        target.Target.Region,
        $"{target.Health}",
        target.Calls,
        target.EstimatedCalls,
        target.Load?.QuotaLeft,
        Math.Round(target.Latency.TotalMilliseconds, 2));

    private static CallStatus Read(EdgeCall call, Instant now) => new()
    {
        Call = call.Id,
        SipCallId = call.DialogId.CallId,
        State = $"{call.State}",
        Trunk = call.Admitted.Trunk.Name,
        Route = call.Inner?.Target.Target.Name ?? "",
        InstanceId = "",
        ContactId = null,
        HasAgent = false,
        AgeSeconds = Math.Round((now - call.Progress.OfferedAt).TotalSeconds, 1),
        TalkSeconds = call.Progress.AnsweredAt is { } answered
            ? Math.Round((now - answered).TotalSeconds, 1)
            : null,
    };
}

/// <summary>What only the loop's thread can read, copied.</summary>
internal sealed record EdgeStatus(
    CallCounts Calls,
    int SipTransactions,
    IReadOnlyList<ConnectorStatus> Connectors,
    IReadOnlyDictionary<string, int> ChannelsByTrunk);
