using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>Rules of the house that every element keeps.</summary>
public sealed record Policies
{
    public required Origin Origin { get; init; }

    /// <summary>Whether traffic between the clouds must be unreadable for those who carry it.</summary>
    public required bool RequiresLinkEncryption { get; init; }

    /// <summary>Whether carriers must use TLS and SRTP.</summary>
    public required bool RequiresCarrierEncryption { get; init; }

    /// <summary>Whether the inner leg between edge and connector is TLS and SRTP.</summary>
    public required bool HasInnerEncryption { get; init; }

    /// <summary>Before every name.</summary>
    public required string NamePrefix { get; init; }

    public required ImmutableArray<KeyValuePair<string, string>> Tags { get; init; }

    /// <summary>Where administrators come from.</summary>
    public required ImmutableArray<IPNetwork> AdminSources { get; init; }

    /// <summary>Whether every attachment sees only what it needs.</summary>
    public required bool RequiresSegmentation { get; init; }

    /// <summary>Whether changes that destroy core elements need somebody's approval.</summary>
    public required bool GuardsDestruction { get; init; }
}
