using System.Collections.Immutable;
using System.Net;
using Farspan.Cluster;
using Farspan.Store;

namespace Farspan.Node;

/// <summary>What a node's part in its cluster needs to know.</summary>
public sealed record ClusterNodeSettings
{
    /// <summary>Where the node's credentials are.</summary>
    public required string Folder { get; init; }

    /// <summary>Where other stores may ask.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>
    /// How other nodes reach it, such as <c>https://192.0.2.1:7443</c>; null: where it listens.
    /// </summary>
    public string? Advertise { get; init; }

    /// <summary>Addresses of other nodes, to begin with.</summary>
    public ImmutableArray<string> Seeds { get; init; } = [];

    /// <summary>The file of the built-in store.</summary>
    public required string StorePath { get; init; }

    /// <summary>The database that the nodes of the region share; null: the built-in store.</summary>
    public PostgresStoreSettings? Postgres { get; init; }

    /// <summary>
    /// What the node says of itself, beyond its identity and its replication address; null: that it is there.
    /// </summary>
    public Func<NodeRegistration, NodeRegistration>? Describe { get; init; }

    /// <summary>Says what is wrong with a whole configuration; null if nothing is.</summary>
    public Func<ImmutableSortedDictionary<string, string>, string?> Validate { get; init; } = _ => null;

    /// <summary>Another configuration is in force; null: nobody wants to know.</summary>
    public Action<ConfigurationWhole>? Changed { get; init; }
}
