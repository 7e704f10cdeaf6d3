using Farspan.Cluster;
using Farspan.Replication;
using Farspan.Store;
using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>Logs what happens in the cluster, and tells the node what concerns it.</summary>
internal sealed class ClusterNodeObserver(
    ILogger log, Action<ConfigurationWhole>? changed, Action membersChanged) : IReplicaObserver
{
    private long _refused;

    /// <summary>Rows that were not taken because too much waited.</summary>
    public long RefusedRows => Volatile.Read(ref _refused);

    public void ConfigurationChanged(ConfigurationWhole whole)
    {
        log.ConfigurationInForce(whole.Values.Count);
        changed?.Invoke(whole);
    }

    public void ConfigurationAlarm(ConfigurationAlarm? alarm)
    {
        if (alarm is null)
        {
            log.ConfigurationValid();
        }
        else
        {
            log.ConfigurationInvalid(alarm.Reason);
        }
    }

    public void MembersChanged(MembershipEffect effect)
    {
        switch (effect)
        {
            case MembershipEffect.Joined joined:
                log.MemberJoined(joined.Registration.Node, joined.Registration.Region);
                break;
            case MembershipEffect.Absent absent:
                log.MemberAbsent(absent.Registration.Node, absent.Registration.Region);
                break;
        }

        membersChanged(); // Also where a node only says something else: it may be its address.
    }

    public void PeerChanged(string peer, bool isReachable)
    {
        if (isReachable)
        {
            log.PeerAnswers(peer);
        }
        else
        {
            log.PeerSilent(peer);
        }
    }

    public void PeerRefused(string peer, LogFault fault) =>
        log.PeerRefused(peer, fault.Kind.ToString(), fault.Reason);

    public void LoopFailed(Exception failure) => log.ClusterDefect(failure);

    public void Written(int rows, TimeSpan took)
    {
    }

    public void Failing(StoreFault fault) => log.StoreFailing(fault.Kind.ToString(), fault.Reason);

    public void Recovered() => log.StoreRecovered();

    public void Refused() => Interlocked.Increment(ref _refused);
}
