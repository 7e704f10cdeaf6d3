using System.Collections.Immutable;
using Farspan.Cluster;
using Farspan.Store;

namespace Farspan.Replication;

/// <summary>What a <see cref="ClusterReplica"/> needs to know.</summary>
public sealed record ReplicaSettings
{
    /// <summary>This node's name.</summary>
    public required string Node { get; init; }

    /// <summary>Drawn at each start; together with the name it is the writer's id in the log.</summary>
    public required string Boot { get; init; }

    /// <summary>Who signs this node's changes, in this life.</summary>
    public string WriterId => $"{Node}.{Boot}";

    /// <summary>Whom to ask.</summary>
    public required ImmutableArray<PullPeer> Peers { get; init; }

    /// <summary>Says what is wrong with a whole configuration; null if nothing is.</summary>
    public required Func<ImmutableSortedDictionary<string, string>, string?> Validate { get; init; }

    /// <summary>
    /// What this node says of itself; its timestamp is filled in. Null: it does not register.
    /// </summary>
    public Func<NodeRegistration>? Describe { get; init; }

    public PullTimings Pull { get; init; } = new();

    public MembershipTimings Membership { get; init; } = new();

    public StoreWriterSettings Writer { get; init; } = new();

    /// <summary>How often a database that others write to is looked at.</summary>
    public TimeSpan DatabaseEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often what has expired is dropped.</summary>
    public TimeSpan PurgeEvery { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long a start waits for the store; then it goes on without.</summary>
    public TimeSpan StartMax { get; init; } = TimeSpan.FromSeconds(3);
}
