using Farspan.Media;
using Farspan.Runtime;

namespace Farspan.Node;

/// <summary>What <c>GET /api/v1/status</c> shows.</summary>
public sealed record NodeStatus
{
    public required string Node { get; init; }

    public required string Cluster { get; init; }

    public required string Version { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required long UptimeSeconds { get; init; }

    public required NodeHealth Health { get; init; }

    /// <summary>Live calls by state, and in all.</summary>
    public required CallCounts Calls { get; init; }

    public required IReadOnlyList<InstanceStatus> Instances { get; init; }

    /// <summary>Of an edge: the connectors that it gives calls to.</summary>
    public IReadOnlyList<ConnectorStatus> Connectors { get; init; } = [];

    public required IReadOnlyList<TrunkStatus> Trunks { get; init; }

    public required IReadOnlyList<MediaWorkerStatus> MediaWorkers { get; init; }

    /// <summary>What the media of all live calls have counted so far; of jitter the largest.</summary>
    public MediaReport ActiveMedia { get; init; } = MediaReport.Empty;

    /// <summary>Addresses listened on.</summary>
    public required IReadOnlyList<string> Listeners { get; init; }

    /// <summary>
    /// Contacts whose fate is not settled: live ones, and those that still have to be stopped.
    /// </summary>
    public required int OpenContacts { get; init; }

    /// <summary>Inputs that wait for the signalling loop.</summary>
    public required int LoopQueue { get; init; }

    public required int SipTransactions { get; init; }
}

/// <summary>Live calls by what their caller hears.</summary>
public sealed record CallCounts(int Total, int Ringing, int Talking, int Closing);

/// <summary>An Amazon Connect instance as this node sees it.</summary>
public sealed record InstanceStatus
{
    public required string Name { get; init; }

    public required string InstanceId { get; init; }

    public required string Region { get; init; }

    /// <summary>Contacts of ours that hold a slot of the concurrent-call quota.</summary>
    public required int ActiveContacts { get; init; }

    public required int SlotsLeft { get; init; }

    /// <summary>Callers that hear ringing because of the quota.</summary>
    public required int Waiting { get; init; }

    /// <summary>Null before the first success.</summary>
    public required DateTimeOffset? LastSuccess { get; init; }

    /// <summary>Null while the last request succeeded.</summary>
    public required string? LastError { get; init; }

    /// <summary>Requests since the last success.</summary>
    public required int FailuresInARow { get; init; }
}

/// <summary>A connector as an edge sees it.</summary>
/// <param name="Name">Of its node.</param>
/// <param name="Region">Empty: not said.</param>
/// <param name="Health">What is known of it.</param>
/// <param name="Calls">Calls of this edge that it has.</param>
/// <param name="EstimatedCalls">All that it has, as far as is known.</param>
/// <param name="QuotaLeft">Contacts that Amazon Connect still allows it; null: not known.</param>
/// <param name="LatencyMs">Of its answers to OPTIONS.</param>
public sealed record ConnectorStatus(
    string Name, string Region, string Health, int Calls, int EstimatedCalls, int? QuotaLeft, double LatencyMs);

/// <summary>A trunk and the channels it uses.</summary>
public sealed record TrunkStatus(string Name, int Channels, int? ChannelsMax);

/// <summary>A media thread and what it has done since it started.</summary>
public sealed record MediaWorkerStatus(
    long Sessions, long DatagramsReceived, long DatagramsSent, long DatagramsDropped, long PhasesSkipped,
    long Stalls)
{
    /// <summary>
    /// How many phases were served at most so late: by the bounds of <see cref="LatenessHistogram"/>, each
    /// count including those before it; the last are all.
    /// </summary>
    public IReadOnlyList<long> PhasesByLateness { get; init; } = [];
}

/// <summary>A live call, as <c>GET /api/v1/calls</c> lists it; without anything personal.</summary>
public sealed record CallStatus
{
    public required string Call { get; init; }

    public required string SipCallId { get; init; }

    public required string State { get; init; }

    public required string Trunk { get; init; }

    public required string Route { get; init; }

    public required string InstanceId { get; init; }

    /// <summary>Null before Connect has started the contact.</summary>
    public required string? ContactId { get; init; }

    public required bool HasAgent { get; init; }

    /// <summary>Since the INVITE.</summary>
    public required double AgeSeconds { get; init; }

    /// <summary>Since the 200; null before.</summary>
    public required double? TalkSeconds { get; init; }
}
