using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// The key ring of one role and the ciphers that were derived from it. The ring may be exchanged at any time:
/// generations overlap.
/// </summary>
public sealed class TokenKeys(TokenRole role, string cluster, KeyRing ring)
{
    private readonly Dictionary<(int Generation, string Node, string Boot), TokenCipher> _ciphers = [];

    public TokenRole Role => role;

    public string Cluster => cluster;

    /// <summary>The generations of the role's key (NIST SP 800-57 part 1 §5.3.4).</summary>
    public KeyRing Ring
    {
        get;
        set
        {
            field = value;
            _ciphers.Clear();
        }
    } = ring;

    internal ClusterKey SealingAt(DateTimeOffset wall) => Ring.SealingAt(wall);

    internal TokenCipher CipherOf(ClusterKey generation, string node, string boot)
    {
        var key = (generation.Generation, node, boot);
        if (_ciphers.TryGetValue(key, out var known))
        {
            return known;
        }

        // What strangers claim to be must not fill the memory.
        if (_ciphers.Count >= TokenLimits.DerivedKeysMax)
        {
            _ciphers.Clear();
        }

        var cipher = TokenCipher.Derive(role, generation, node, boot);
        _ciphers.Add(key, cipher);
        return cipher;
    }

    internal bool TryFind(
        int generation, string node, string boot, DateTimeOffset wall, [NotNullWhen(true)] out TokenCipher? cipher)
    {
        cipher = Ring.TryFindOpening(generation, wall, out var key) ? CipherOf(key, node, boot) : null;
        return cipher is not null;
    }
}
