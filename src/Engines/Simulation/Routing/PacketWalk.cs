using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>The ways of packets from a table to a destination.</summary>
public sealed record PacketWalk
{
    public required WalkVerdict Verdict { get; init; }

    /// <summary>Ways that are used, by number, each once: with ECMP not one path but a net of them.</summary>
    public required ImmutableArray<int> Arcs { get; init; }

    /// <summary>One of the equal paths, from the beginning as far as it leads.</summary>
    public required ImmutableArray<int> Path { get; init; }

    /// <summary>What each table on the way used: the table, the prefix and the hop.</summary>
    public required ImmutableArray<RouteUse> Uses { get; init; }

    /// <summary>The least MTU of the ways, in bytes.</summary>
    public required int Mtu { get; init; }

    /// <summary>The table at which packets are lost; null: none are.</summary>
    public required int? LostAt { get; init; }

    /// <summary>The failure of anything else leaves the walk as it is.</summary>
    public required ElementSet Support { get; init; }

    /// <summary>Whether the destination is reached whatever way a flow hashes on.</summary>
    public bool IsDelivered => Verdict == WalkVerdict.Delivered;
}
