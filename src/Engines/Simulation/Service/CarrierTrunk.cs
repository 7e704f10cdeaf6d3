using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>A carrier, and how it behaves when one of our edges does not answer.</summary>
public sealed record CarrierTrunk
{
    public required string Name { get; init; }

    /// <summary>Calls at once at its busiest time.</summary>
    public int PeakCalls { get; init; }

    /// <summary>The carrier itself.</summary>
    public required ImmutableArray<int> Elements { get; init; }

    /// <summary>Where it looks our names up; none: it was given addresses.</summary>
    public ImmutableArray<int> Names { get; init; } = [];

    /// <summary>
    /// The edge sites it sends to, by number; the first <see cref="ActiveTargets"/> of them always.
    /// </summary>
    public required ImmutableArray<int> Targets { get; init; }

    /// <summary>How many of the targets share its calls while all is well; the rest are for later.</summary>
    public required int ActiveTargets { get; init; }

    /// <summary>Null: it does not ping.</summary>
    public Delay? Probing { get; init; }

    /// <summary>An INVITE without an answer goes to the next target after this; null: it does not.</summary>
    public Delay? InviteFailover { get; init; }

    /// <summary>Names whose records must change first; null: it has addresses.</summary>
    public Delay? DnsFailover { get; init; }

    /// <summary>Whether it accepts a re-INVITE from another edge in the middle of a call.</summary>
    public bool AllowsAdoption { get; init; } = true;

    /// <summary>When it stops sending to a dead target, whichever way it learns of it.</summary>
    public Delay Failover => Delay.Earliest(
        [.. new[] { Probing, InviteFailover, DnsFailover }.OfType<Delay>()]);
}
