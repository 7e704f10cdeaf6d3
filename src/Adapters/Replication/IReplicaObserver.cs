using Farspan.Cluster;
using Farspan.Store;

namespace Farspan.Replication;

/// <summary>Hears what happens in a <see cref="ClusterReplica"/>, on its loop: it must not wait.</summary>
public interface IReplicaObserver : IStoreObserver
{
    /// <summary>Another configuration is in force.</summary>
    void ConfigurationChanged(ConfigurationWhole whole);

    /// <summary>The merged configuration is not valid; null: it is again.</summary>
    void ConfigurationAlarm(ConfigurationAlarm? alarm);

    /// <summary>Something has changed among the nodes.</summary>
    void MembersChanged(MembershipEffect effect);

    /// <summary>A peer answers, or does not any longer.</summary>
    void PeerChanged(string peer, bool isReachable);

    /// <summary>A peer sent something that was not taken.</summary>
    void PeerRefused(string peer, LogFault fault);

    /// <summary>The loop caught a defect of ours and goes on.</summary>
    void LoopFailed(Exception failure);
}
