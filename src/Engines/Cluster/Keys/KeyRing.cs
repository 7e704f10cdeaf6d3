using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// The generations of one key of the cluster: which one seals now, and which may still open. A value; a
/// rotation makes another one.
/// </summary>
/// <remarks>
/// <code>
///  generation 1  ═══ seals ═══╪══ opens only ══╡ notAfter
///  generation 2      opens ···╪═══ seals ══════════════════►
///                          notBefore
/// </code>
/// A generation opens as soon as it is known, before it seals: clocks differ, and a node that is ahead seals
/// with it first. The highest one never ends by itself: a region that is cut off goes on sealing.
/// </remarks>
public sealed class KeyRing
{
    /// <summary>Generations that are kept at a time.</summary>
    public const int GenerationsMax = 16;

    private readonly ImmutableArray<ClusterKey> _keys;

    private KeyRing(ImmutableArray<ClusterKey> keys) => _keys = keys;

    /// <summary>By generation, ascending; never empty.</summary>
    public ImmutableArray<ClusterKey> Keys => _keys;

    /// <summary>The highest generation, which may not seal yet.</summary>
    public ClusterKey Newest => _keys[^1];

    /// <summary>Puts generations together, in any order.</summary>
    /// <returns>
    /// False without any generation, with too many, with two of the same number, with a wrong length of a
    /// secret, with times that do not ascend, or when the highest one has an end.
    /// </returns>
    public static bool TryCreate(IEnumerable<ClusterKey> keys, [NotNullWhen(true)] out KeyRing? ring)
    {
        var ordered = keys.OrderBy(k => k.Generation).ToImmutableArray();
        var isWell = ordered.Length is > 0 and <= GenerationsMax
            && ordered.All(k => k.Generation > 0 && k.Secret.Reveal() is { Length: ClusterKey.SecretBytes })
            && ordered[^1].NotAfter is null;
        for (var i = 1; isWell && i < ordered.Length; i++)
        {
            isWell = ordered[i].Generation > ordered[i - 1].Generation
                && ordered[i].NotBefore >= ordered[i - 1].NotBefore
                && ordered[i - 1].NotAfter >= ordered[i].NotBefore;
        }

        ring = isWell ? new KeyRing(ordered) : null;
        return isWell;
    }

    /// <summary>
    /// The generation that seals at a moment: the highest that has begun, or the first one.
    /// </summary>
    public ClusterKey SealingAt(DateTimeOffset wall)
    {
        for (var i = _keys.Length - 1; i > 0; i--)
        {
            if (_keys[i].NotBefore <= wall)
            {
                return _keys[i];
            }
        }

        return _keys[0];
    }

    /// <summary>The generation with a number, if it may open at a moment.</summary>
    public bool TryFindOpening(int generation, DateTimeOffset wall, [NotNullWhen(true)] out ClusterKey? key)
    {
        key = null;
        foreach (var candidate in _keys)
        {
            if (candidate.Generation == generation
                && (candidate.NotAfter is null || wall < candidate.NotAfter))
            {
                key = candidate;
            }
        }

        return key is not null;
    }

    /// <summary>
    /// Adds a generation that seals from a moment on; what sealed before opens a while longer.
    /// </summary>
    /// <param name="secret">Freshly drawn.</param>
    /// <param name="wall">Now: generations that have ended are dropped.</param>
    /// <param name="sealsFrom">Late enough for every node to have got it.</param>
    /// <param name="overlap">Longer than any call.</param>
    public KeyRing Rotate(
        Redacted<byte[]> secret, DateTimeOffset wall, DateTimeOffset sealsFrom, TimeSpan overlap)
    {
        Invariant.Require(secret.Reveal().Length == ClusterKey.SecretBytes);
        Invariant.Require(sealsFrom >= wall && overlap > TimeSpan.Zero);
        var last = _keys[^1];
        var begins = sealsFrom > last.NotBefore ? sealsFrom : last.NotBefore;
        var keys = _keys[..^1].Where(k => k.NotAfter > wall).TakeLast(GenerationsMax - 2)
            .Append(last with { NotAfter = begins + overlap })
            .Append(new ClusterKey(last.Generation + 1, secret, begins, null));
        Invariant.Require(TryCreate(keys, out var ring));
        return ring;
    }
}
