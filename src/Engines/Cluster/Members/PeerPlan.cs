using System.Collections.Immutable;
using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// Whom a node asks for news: every other node of its region, and of each other region any one. What it is
/// told by its configuration (the seeds) counts until the nodes behind it have registered.
/// </summary>
public static class PeerPlan
{
    /// <param name="node">This node.</param>
    /// <param name="region">Its region.</param>
    /// <param name="seeds">Addresses of nodes that the configuration names.</param>
    /// <param name="members">Who is known.</param>
    public static ImmutableArray<PullPeer> Make(
        string node, string region, IReadOnlyList<string> seeds, IEnumerable<Member> members)
    {
        var others = members
            .Where(m => m.IsPresent && m.Registration.Node != node)
            .Select(m => (m.Registration.Node, m.Registration.Region, Address: AddressOf(m.Registration)))
            .Where(m => m.Address is not null)
            .ToArray();
        var neighbours = others.Where(m => m.Region == region)
            .Select(m => new PullPeer(m.Node, [m.Address!]));
        var regions = others.Where(m => m.Region != region)
            .GroupBy(m => m.Region, StringComparer.Ordinal)
            .OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => new PullPeer(g.Key, Rotate(node, [.. g.Select(m => m.Address!)])));
        var known = others.Select(m => m.Address)
            .Append(AddressOf(node, members))
            .ToHashSet(StringComparer.Ordinal);
        var unknown = seeds.Where(s => !known.Contains(s)).Select(s => new PullPeer(s, [s]));
        return [.. neighbours, .. regions, .. unknown];
    }

    private static string? AddressOf(string node, IEnumerable<Member> members) =>
        members.Select(m => m.Registration).Where(r => r.Node == node).Select(AddressOf).FirstOrDefault();

    private static string? AddressOf(NodeRegistration registration) =>
        registration.Addresses.GetValueOrDefault(NodeAddressUse.Replication);

    // Not all nodes of a region ask the same one first.
    private static ImmutableArray<string> Rotate(string node, string[] addresses)
    {
        var first = (int)(StableHash.Of(node) % (ulong)addresses.Length);
        return [.. addresses[first..], .. addresses[..first]];
    }
}
