using System.Collections.Immutable;
using Farspan.Cluster;

namespace Farspan.Store;

/// <summary>What is written in one transaction: all of it, or nothing.</summary>
public sealed record StoreBatch
{
    /// <summary>Changes that are there already stay as they are.</summary>
    public ImmutableArray<ConfigurationChange> Changes { get; init; } = [];

    /// <summary>What is known without a gap once the changes are there; null if that is as before.</summary>
    public VersionVector? Seen { get; init; }

    /// <summary>Changes that nobody needs any more.</summary>
    public ImmutableArray<ConfigurationChange> Dropped { get; init; } = [];

    /// <summary>Each is written if it supersedes what is stored.</summary>
    public ImmutableArray<ReplicaRow> Rows { get; init; } = [];

    /// <summary>Store → how far its rows were read.</summary>
    public ImmutableDictionary<string, long> Cursors { get; init; } = ImmutableDictionary<string, long>.Empty;

    /// <summary>Name → content, of this node alone.</summary>
    public ImmutableDictionary<string, ReadOnlyMemory<byte>> Documents { get; init; } =
        ImmutableDictionary<string, ReadOnlyMemory<byte>>.Empty;
}
