using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// Which facts of a call become attributes of its contact, and under which names; null: not passed on.
/// </summary>
public sealed record AttributesModel
{
    public required string? Calling { get; init; }

    public required string? Called { get; init; }

    public required string? Trunk { get; init; }

    public required string? SipCallId { get; init; }

    /// <summary>Whether the caller is on hold.</summary>
    public required string? Hold { get; init; }

    /// <summary>In order of importance.</summary>
    public required ImmutableArray<HeaderAttributeModel> Headers { get; init; }
}
