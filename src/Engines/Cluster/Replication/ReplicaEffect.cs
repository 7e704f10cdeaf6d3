using System.Collections.Immutable;

namespace Farspan.Cluster;

/// <summary>What a <see cref="ReplicaEngine"/> wants done.</summary>
public abstract record ReplicaEffect
{
    private ReplicaEffect()
    {
    }

    /// <summary>
    /// Send a question; the answer goes to <see cref="ReplicaEngine.Receive"/>, a failure to
    /// <see cref="ReplicaEngine.Fail"/>, both with the number.
    /// </summary>
    /// <param name="Peer">Whom it is for.</param>
    /// <param name="Address">Where it goes.</param>
    /// <param name="Number">Names the question; answers to older ones are ignored.</param>
    /// <param name="Request">The question.</param>
    public sealed record Ask(string Peer, string Address, long Number, PullRequest Request) : ReplicaEffect;

    /// <summary>Make changes durable, and then that all of a vector is known.</summary>
    public sealed record StoreChanges(
        ImmutableArray<ConfigurationChange> Changes, VersionVector Seen) : ReplicaEffect;

    /// <summary>Drop changes that nobody needs any more.</summary>
    public sealed record DropChanges(ImmutableArray<ConfigurationChange> Changes) : ReplicaEffect;

    /// <summary>
    /// Make rows durable where they supersede what is stored, and how far that store was read.
    /// </summary>
    public sealed record StoreRows(
        ImmutableArray<ReplicaRow> Rows, string StoreId, long Through) : ReplicaEffect;

    /// <summary>Another configuration is in force: keep it for the next start, and use it.</summary>
    public sealed record PutInForce(ConfigurationWhole Whole) : ReplicaEffect;

    /// <summary>
    /// The merged configuration is not valid (again, or for another reason); null: it is once more.
    /// </summary>
    public sealed record SetAlarm(ConfigurationAlarm? Alarm) : ReplicaEffect;

    /// <summary>A peer sent something that was not taken.</summary>
    public sealed record Refused(string Peer, LogFault Fault) : ReplicaEffect;

    /// <summary>A peer answers again after it did not, or does not any longer.</summary>
    public sealed record PeerChanged(string Peer, bool IsReachable) : ReplicaEffect;
}
