using System.Collections.Immutable;
using Farspan.Cluster;
using Farspan.Kernel;

namespace Farspan.Replication;

/// <summary>Reads the rows of nodes into the membership, and makes this node's own.</summary>
internal sealed class MemberBook(ReplicaSettings settings, ReplicaClocks clocks, HybridClock hybrid)
{
    private readonly Membership _membership = new(settings.Membership);
    private HybridTimestamp _registeredAt;

    public ImmutableArray<Member> Members => [.. _membership.Members];

    /// <summary>What this node said of itself last; null if it does not register.</summary>
    public NodeRegistration? Own { get; private set; }

    public Instant? Deadline => _membership.Deadline;

    public void Expire(Outbox<MembershipEffect> outbox) => _membership.Expire(clocks.Now, outbox);

    /// <summary>Takes rows that have come just now.</summary>
    public void Hear(IEnumerable<ReplicaRow> rows, Outbox<MembershipEffect> outbox)
    {
        foreach (var registration in OfOthers(rows))
        {
            _membership.Hear(registration, clocks.Now, outbox);
        }
    }

    /// <summary>Takes rows that were stored at some time.</summary>
    public void Restore(IEnumerable<ReplicaRow> rows, Outbox<MembershipEffect> outbox)
    {
        foreach (var registration in OfOthers(rows))
        {
            _membership.Restore(registration, clocks.Wall, clocks.Now, outbox);
        }
    }

    /// <summary>Has this node say who it is; null if it does not register.</summary>
    public ReplicaRow? Register(Outbox<MembershipEffect> outbox)
    {
        if (settings.Describe is not { } describe)
        {
            return null;
        }

        var at = hybrid.TryTick(clocks.Wall, out var tick) ? tick : HybridTimestamp.At(clocks.Wall);
        _registeredAt = Later(at, _registeredAt.Next);
        var registration = describe() with
        {
            Node = settings.Node,
            Boot = settings.Boot,
            SeenAt = _registeredAt,
        };
        Own = registration;
        _membership.Hear(registration, clocks.Now, outbox);
        return RowOf(registration);
    }

    /// <summary>Takes what a node that asks us says of itself.</summary>
    /// <returns>The row to be stored; null if it was known.</returns>
    public ReplicaRow? Meet(NodeRegistration registration, Outbox<MembershipEffect> outbox) =>
        registration.Node != settings.Node && _membership.Hear(registration, clocks.Now, outbox)
            ? RowOf(registration)
            : null;

    private static ReplicaRow RowOf(NodeRegistration registration) =>
        ReplicaRows.Node(registration, ReplicationCodec.Encode(registration));

    private static HybridTimestamp Later(HybridTimestamp left, HybridTimestamp right) =>
        left > right ? left : right;

    private IEnumerable<NodeRegistration> OfOthers(IEnumerable<ReplicaRow> rows)
    {
        foreach (var row in rows.Where(r => r.Kind == RowKind.Node))
        {
            if (!ReplicationCodec.TryDecode(row.Payload.Span, out NodeRegistration? registration))
            {
                continue;
            }

            if (registration.Node != settings.Node)
            {
                yield return registration;
            }

            // An earlier life of ours, perhaps with a fast clock: what we say next must come after it.
            _registeredAt = registration.Node == settings.Node
                ? Later(_registeredAt, registration.SeenAt)
                : _registeredAt;
        }
    }
}
