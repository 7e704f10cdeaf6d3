using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>A moment on both clocks of a node, read together.</summary>
/// <param name="Wall">For the timestamps of changes.</param>
/// <param name="Now">For deadlines.</param>
public readonly record struct ClusterMoment(DateTimeOffset Wall, Instant Now);
