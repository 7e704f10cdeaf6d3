using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>What is watched, and who is told.</summary>
public sealed record Monitoring
{
    public required Origin Origin { get; init; }

    /// <summary>Whether each BGP session, virtual interface and tunnel has an alarm of its own.</summary>
    public required bool HasSessionAlarms { get; init; }

    /// <summary>Whether no data raises an alarm of heartbeats.</summary>
    public required bool MissingDataIsBad { get; init; }

    /// <summary>
    /// What decides on a failover: <c>probes</c> of our own, or <c>metrics</c> of the clouds.
    /// </summary>
    public required FailoverSignal Signal { get; init; }

    /// <summary>How often a synthetic call checks each path; null: never.</summary>
    public required TimeSpan? ProbeInterval { get; init; }

    /// <summary>Regions whose calls are probed from outside; usually all.</summary>
    public required ImmutableArray<string> ProbedRegions { get; init; }

    /// <summary>AWS regions in which alarms are kept.</summary>
    public required ImmutableArray<string> AlarmRegions { get; init; }

    /// <summary>Days; null: for ever.</summary>
    public required int? LogRetentionDays { get; init; }

    /// <summary>Whether logs are encrypted with a key of our own.</summary>
    public required bool HasLogKey { get; init; }

    /// <summary>Whether telephone numbers are hidden in logs and traces.</summary>
    public required bool RedactsPersonalData { get; init; }

    /// <summary>Mail addresses and the like.</summary>
    public required ImmutableArray<string> Notify { get; init; }
}

/// <summary>What decides that a path is dead.</summary>
public enum FailoverSignal
{
    /// <summary>Our own, every second or so.</summary>
    Probes,

    /// <summary>The clouds': a minute or five old.</summary>
    Metrics,
}
