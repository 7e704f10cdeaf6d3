using System.Collections.Immutable;
using Farspan.Cluster;

namespace Farspan.Replication;

/// <summary>What a node knows of its cluster at one moment; replaced as a whole.</summary>
/// <param name="Configuration">In force here.</param>
/// <param name="Alarm">Null while the merged configuration is in force.</param>
/// <param name="Members">In the order of their names.</param>
public sealed record ReplicaView(
    ConfigurationWhole Configuration, ConfigurationAlarm? Alarm, ImmutableArray<Member> Members);
