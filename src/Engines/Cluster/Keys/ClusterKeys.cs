using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>The keys that a node has: a ring for each purpose that its roles need. A value.</summary>
public sealed class ClusterKeys
{
    private static readonly ImmutableArray<(KeyPurpose Purpose, ClusterRoles Roles)> Needs =
    [
        (KeyPurpose.ResumeToken, ClusterRoles.Connector),
        (KeyPurpose.CallerToken, ClusterRoles.Edge),
        (KeyPurpose.Heartbeat, ClusterRoles.Edge | ClusterRoles.Connector),
    ];

    private readonly ImmutableSortedDictionary<KeyPurpose, KeyRing> _rings;

    private ClusterKeys(ImmutableSortedDictionary<KeyPurpose, KeyRing> rings) => _rings = rings;

    /// <summary>What a witness has.</summary>
    public static ClusterKeys None { get; } = new(ImmutableSortedDictionary<KeyPurpose, KeyRing>.Empty);

    /// <summary>By purpose.</summary>
    public IEnumerable<KeyValuePair<KeyPurpose, KeyRing>> Rings => _rings;

    /// <summary>Which purposes a node with some roles gets keys for.</summary>
    public static IEnumerable<KeyPurpose> PurposesOf(ClusterRoles roles) =>
        Needs.Where(n => (n.Roles & roles) != 0).Select(n => n.Purpose);

    /// <summary>The ring for a purpose; false if this node does not get it.</summary>
    public bool TryGet(KeyPurpose purpose, [NotNullWhen(true)] out KeyRing? ring) =>
        _rings.TryGetValue(purpose, out ring);

    /// <summary>With another ring for a purpose.</summary>
    public ClusterKeys With(KeyPurpose purpose, KeyRing ring) => new(_rings.SetItem(purpose, ring));

    /// <summary>Only what a node with some roles gets.</summary>
    public ClusterKeys For(ClusterRoles roles) =>
        new(_rings.RemoveRange(_rings.Keys.Except(PurposesOf(roles))));

    /// <summary>
    /// Takes over the rings of another node whose last generation is higher, or that are missing.
    /// </summary>
    /// <param name="other">What it gave us.</param>
    /// <param name="roles">Ours: what they do not need is not taken.</param>
    /// <returns>This value if there is nothing to take.</returns>
    public ClusterKeys Merge(ClusterKeys other, ClusterRoles roles)
    {
        var merged = this;
        foreach (var (purpose, ring) in other.For(roles)._rings)
        {
            if (!TryGet(purpose, out var ours) || ring.Newest.Generation > ours.Newest.Generation)
            {
                merged = merged.With(purpose, ring);
            }
        }

        return merged;
    }

    /// <summary>Adds a generation to each ring.</summary>
    /// <param name="draw">Gives a fresh secret each time.</param>
    /// <param name="wall">Now.</param>
    /// <param name="sealsFrom">Late enough for every node to have got it.</param>
    /// <param name="overlap">Longer than any call.</param>
    public ClusterKeys Rotate(
        Func<Redacted<byte[]>> draw, DateTimeOffset wall, DateTimeOffset sealsFrom, TimeSpan overlap)
    {
        var rotated = this;
        foreach (var (purpose, ring) in _rings)
        {
            rotated = rotated.With(purpose, ring.Rotate(draw(), wall, sealsFrom, overlap));
        }

        return rotated;
    }
}
