namespace Farspan.Node.Tests;

/// <summary>A node of which only the administration API is real.</summary>
internal sealed class FakeNode : INodeControl
{
    public NodeHealth Health { get; set; } = new(NodeState.Ready, [], []);

    public List<bool> Drains { get; } = [];

    public Task<NodeStatus> GetStatusAsync() => Task.FromResult(new NodeStatus
    {
        Node = "fake",
        Cluster = "c",
        Version = "1",
        StartedAt = DateTimeOffset.UnixEpoch,
        UptimeSeconds = 1,
        Health = Health,
        Calls = new CallCounts(3, 1, 1, 1),
        Instances = [],
        Trunks = [],
        MediaWorkers = [],
        Listeners = [],
        OpenContacts = 0,
        LoopQueue = 0,
        SipTransactions = 0,
    });

    public Task<IReadOnlyList<CallStatus>> GetCallsAsync() => Task.FromResult<IReadOnlyList<CallStatus>>([]);

    public Task<string> ExportMetricsAsync() => Task.FromResult("# HELP x y\n# TYPE x gauge\nx 1\n");

    public bool SetDraining(bool isDraining)
    {
        Drains.Add(isDraining);
        return Health.State is NodeState.Ready or NodeState.Draining;
    }
}
