using Farspan.Calls;
using Farspan.Kernel;

namespace Farspan.Node;

/// <summary>Reads what the engine knows into records that other threads may have. On the loop's thread only.</summary>
internal static class StatusReader
{
    public static EngineStatus ReadEngine(ConnectorEngine engine) => new()
    {
        Calls = Count(engine.Calls.All),
        OpenContacts = engine.Desk.OpenContacts,
        SipTransactions = engine.Sip.ServerTransactionCount + engine.Sip.ClientTransactionCount,
        Quotas = engine.Desk.Governors.ToDictionary(
            g => g.Key, g => new QuotaStatus(g.Value.ActiveContacts, g.Value.SlotsLeft, g.Value.WaitingCount)),
        ChannelsByTrunk = engine.Calls.All.CountBy(c => c.Routed.Trunk).ToDictionary(),
    };

    public static IReadOnlyList<CallStatus> ReadCalls(ConnectorEngine engine, Instant now) =>
        [.. engine.Calls.All.Select(call => Read(call, now))];

    private static CallCounts Count(IEnumerable<Call> calls)
    {
        var byState = calls.CountBy(c => c.State).ToDictionary();
        var ringing = Of(CallState.Opening) + Of(CallState.Preparing) + Of(CallState.Joining);
        return new CallCounts(byState.Values.Sum(), ringing, Of(CallState.Talking), Of(CallState.Closing));

        int Of(CallState state) => byState.GetValueOrDefault(state);
    }

    private static CallStatus Read(Call call, Instant now) => new()
    {
        Call = call.Id,
        SipCallId = call.Carrier.DialogId.CallId,
        State = call.State.ToString(),
        Trunk = call.Routed.Trunk,
        Route = call.Routed.Route,
        InstanceId = call.Routed.Request.InstanceId,
        ContactId = call.ContactId,
        HasAgent = call.HasAgent,
        AgeSeconds = Math.Round((now - call.Progress.OfferedAt).TotalSeconds, 1),
        TalkSeconds = call.Progress.AnsweredAt is { } answered
            ? Math.Round((now - answered).TotalSeconds, 1)
            : null,
    };
}

/// <summary>What only the loop's thread can read, copied.</summary>
internal sealed record EngineStatus
{
    public static EngineStatus Empty { get; } = new();

    public CallCounts Calls { get; init; } = new(0, 0, 0, 0);

    public int OpenContacts { get; init; }

    public int SipTransactions { get; init; }

    /// <summary>By the id that AWS has given the instance.</summary>
    public IReadOnlyDictionary<string, QuotaStatus> Quotas { get; init; } = new Dictionary<string, QuotaStatus>();

    public IReadOnlyDictionary<string, int> ChannelsByTrunk { get; init; } = new Dictionary<string, int>();
}

/// <summary>The use of an instance's quota.</summary>
internal sealed record QuotaStatus(int ActiveContacts, int SlotsLeft, int Waiting);
