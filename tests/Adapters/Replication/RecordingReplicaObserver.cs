using Farspan.Cluster;
using Farspan.Store;

namespace Farspan.Replication.Tests;

/// <summary>Writes down what a replica reports, and lets tests wait for it.</summary>
internal sealed class RecordingReplicaObserver : IReplicaObserver
{
    private readonly Lock _lock = new();
    private readonly List<Waiter> _waiters = [];
    private int _writes;
    private ConfigurationWhole _whole = ConfigurationWhole.Empty;

    public List<Exception> Failures { get; } = [];

    public List<LogFault> Refusals { get; } = [];

    public HashSet<string> Members { get; } = [];

    public HashSet<string> Reachable { get; } = [];

    /// <summary>Batches that became durable.</summary>
    public int Writes
    {
        get
        {
            lock (_lock)
            {
                return _writes;
            }
        }
    }

    public string? Value(string key)
    {
        lock (_lock)
        {
            return _whole.Values.GetValueOrDefault(key);
        }
    }

    /// <summary>Ends once something is so.</summary>
    public Task WhenAsync(Func<RecordingReplicaObserver, bool> condition)
    {
        lock (_lock)
        {
            var waiter = new Waiter(condition, new(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiters.Add(waiter);
            Look();
            return waiter.Done.Task;
        }
    }

    public Task HoldsAsync(string key, string? value) =>
        WhenAsync(o => o._whole.Values.GetValueOrDefault(key) == value);

    public void ConfigurationChanged(ConfigurationWhole whole) => Note(() => _whole = whole);

    public void ConfigurationAlarm(ConfigurationAlarm? alarm) => Note(() => { });

    public void MembersChanged(MembershipEffect effect) => Note(() =>
    {
        switch (effect)
        {
            case MembershipEffect.Joined joined:
                Members.Add(joined.Registration.Node);
                break;
            case MembershipEffect.Absent absent:
                Members.Remove(absent.Registration.Node);
                break;
        }
    });

    public void PeerChanged(string peer, bool isReachable) => Note(() =>
    {
        _ = isReachable ? Reachable.Add(peer) : Reachable.Remove(peer);
    });

    public void PeerRefused(string peer, LogFault fault) => Note(() => Refusals.Add(fault));

    public void LoopFailed(Exception failure) => Note(() => Failures.Add(failure));

    public void Written(int rows, TimeSpan took) => Note(() => _writes++);

    public void Failing(StoreFault fault) => Note(() => { });

    public void Recovered() => Note(() => { });

    public void Refused() => Note(() => { });

    private void Note(Action change)
    {
        lock (_lock)
        {
            change();
            Look();
        }
    }

    private void Look()
    {
        foreach (var waiter in _waiters.Where(w => w.Condition(this)))
        {
            waiter.Done.TrySetResult();
        }
    }

    private sealed record Waiter(Func<RecordingReplicaObserver, bool> Condition, TaskCompletionSource Done);
}
