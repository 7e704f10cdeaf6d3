namespace Farspan.LabRun;

/// <summary>How a running lab is, for a table that is drawn each second.</summary>
public sealed record LabSnapshot
{
    /// <summary>Calls of the simulated carrier that ring or talk, and those that talk.</summary>
    public required int ActiveCalls { get; init; }

    public required int TalkingCalls { get; init; }

    /// <summary>Calls that are over, by how they ended.</summary>
    public required IReadOnlyDictionary<string, int> Results { get; init; }

    public required Spread SetupMs { get; init; }

    public required double LossPercent { get; init; }

    /// <summary>Null while the connector does not answer.</summary>
    public required ConnectorSeen? Connector { get; init; }

    /// <summary>The last ones, the latest last.</summary>
    public required IReadOnlyList<LabEvent> Events { get; init; }
}
