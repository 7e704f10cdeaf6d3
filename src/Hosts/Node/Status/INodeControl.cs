namespace Farspan.Node;

/// <summary>What the administration API sees of a node, and may ask of it.</summary>
public interface INodeControl
{
    NodeHealth Health { get; }

    Task<NodeStatus> GetStatusAsync();

    Task<IReadOnlyList<CallStatus>> GetCallsAsync();

    /// <summary>All metrics in the Prometheus text format.</summary>
    Task<string> ExportMetricsAsync();

    /// <summary>Takes no new calls, or takes them again; live calls go on.</summary>
    /// <returns>False if the node is starting or stopping.</returns>
    bool SetDraining(bool isDraining);
}
