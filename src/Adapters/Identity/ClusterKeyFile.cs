using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Farspan.Cluster;
using Farspan.Kernel;

namespace Farspan.Identity;

/// <summary>The cluster's keys as JSON, on disk (0600) and between nodes (mTLS only).</summary>
public static class ClusterKeyFile
{
    /// <summary>The first generation of a new cluster.</summary>
    public static KeyRing CreateFirst(DateTimeOffset wall)
    {
        var key = new ClusterKey(1, Draw(), wall - IdentityLimits.Backdating, null);
        Invariant.Require(KeyRing.TryCreate([key], out var ring));
        return ring;
    }

    /// <summary>256 bits from the operating system.</summary>
    public static Redacted<byte[]> Draw() => new(RandomNumberGenerator.GetBytes(ClusterKey.SecretBytes));

    public static byte[] Encode(KeyRing ring) => JsonSerializer.SerializeToUtf8Bytes(
        new KeyFileBody([.. ring.Keys.Select(k =>
            new KeyBody(k.Generation, k.Secret.Reveal(), k.NotBefore, k.NotAfter))]),
        IdentityJson.Default.KeyFileBody);

    public static bool TryDecode(ReadOnlySpan<byte> json, [NotNullWhen(true)] out KeyRing? ring)
    {
        ring = null;
        try
        {
            var body = JsonSerializer.Deserialize(json, IdentityJson.Default.KeyFileBody);
            return body is not null && KeyRing.TryCreate(
                body.Keys.Select(k => new ClusterKey(
                    k.Generation, new Redacted<byte[]>(k.Secret), k.NotBefore, k.NotAfter)),
                out ring);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
