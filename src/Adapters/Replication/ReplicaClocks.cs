using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Runtime;

namespace Farspan.Replication;

/// <summary>The two clocks of a node.</summary>
internal sealed class ReplicaClocks(TimeProvider wall, MonotonicClock monotonic)
{
    public DateTimeOffset Wall => wall.GetUtcNow();

    public Instant Now => monotonic.Now;

    public ClusterMoment Read() => new(Wall, Now);
}
