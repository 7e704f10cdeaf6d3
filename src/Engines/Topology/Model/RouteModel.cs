using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>One line of the dial plan: conditions, all of which must hold, and where the call goes.</summary>
public sealed record RouteModel
{
    public required string Name { get; init; }

    /// <summary>A pattern of the called number; null: any.</summary>
    public required string? Called { get; init; }

    /// <summary>A pattern of the caller's number; null: any.</summary>
    public required string? Calling { get; init; }

    /// <summary>The name of a trunk; null: any.</summary>
    public required string? Trunk { get; init; }

    /// <summary>SIP headers and the patterns of their values.</summary>
    public required ImmutableArray<KeyValuePair<string, string>> Headers { get; init; }

    public required RouteTargetModel Target { get; init; }
}
