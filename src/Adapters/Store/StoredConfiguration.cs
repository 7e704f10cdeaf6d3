using System.Collections.Immutable;
using Farspan.Cluster;

namespace Farspan.Store;

/// <summary>Changes of the configuration as a store holds them, at one moment.</summary>
/// <param name="Changes">By writer and sequence.</param>
/// <param name="Seen">What the store knows without a gap.</param>
public sealed record StoredConfiguration(ImmutableArray<ConfigurationChange> Changes, VersionVector Seen);
