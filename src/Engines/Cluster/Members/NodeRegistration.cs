using System.Collections.Immutable;

namespace Farspan.Cluster;

/// <summary>What a node says of itself, again and again: who and where it is and what it can take.</summary>
public sealed record NodeRegistration
{
    /// <summary>The node's name; see <see cref="ClusterName"/>.</summary>
    public required string Node { get; init; }

    /// <summary>Drawn at each start: tells two lives of a node apart.</summary>
    public required string Boot { get; init; }

    public required string Region { get; init; }

    /// <summary>Such as <c>edge</c> and <c>connector</c>.</summary>
    public required ImmutableArray<string> Roles { get; init; }

    /// <summary>Use and address, such as <c>sip</c> and <c>tls:192.0.2.1:5061</c>; see
    /// <see cref="NodeAddressUse"/>.</summary>
    public required ImmutableSortedDictionary<string, string> Addresses { get; init; }

    /// <summary>Calls that it can carry.</summary>
    public required int CallsMax { get; init; }

    /// <summary>Calls that it carries.</summary>
    public required int Calls { get; init; }

    public required NodeDrainState Drain { get; init; }

    /// <summary>Of the program.</summary>
    public required string Version { get; init; }

    /// <summary>When it said so. Orders what a node said.</summary>
    public required HybridTimestamp SeenAt { get; init; }

    /// <summary>Whether it says something later than another registration of the node.</summary>
    public bool Supersedes(NodeRegistration other)
    {
        var order = SeenAt.CompareTo(other.SeenAt);
        return (order != 0 ? order : string.CompareOrdinal(Boot, other.Boot)) > 0;
    }
}
