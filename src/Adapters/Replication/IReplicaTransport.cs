using Farspan.Cluster;

namespace Farspan.Replication;

/// <summary>Carries questions to other stores.</summary>
public interface IReplicaTransport
{
    /// <summary>Asks a store.</summary>
    /// <param name="address">Such as <c>https://192.0.2.1:7443</c>.</param>
    /// <param name="request">What we have.</param>
    /// <param name="hold">How long it may hold its answer back.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>Null if it did not answer, or not sensibly.</returns>
    Task<PullAnswer?> PullAsync(string address, PullRequest request, TimeSpan hold, CancellationToken stop);
}
