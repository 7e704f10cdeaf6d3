using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text.Json;
using Farspan.Cluster;
using Farspan.Kernel;

namespace Farspan.Identity;

/// <summary>A node's keys as JSON, on disk (0600) and between nodes (mTLS only).</summary>
public static class ClusterKeyFile
{
    /// <summary>The first generations of a new cluster, for all purposes.</summary>
    public static ClusterKeys CreateFirst(DateTimeOffset wall)
    {
        var keys = ClusterKeys.None;
        foreach (var purpose in Enum.GetValues<KeyPurpose>())
        {
            var key = new ClusterKey(1, Draw(), wall - IdentityLimits.Backdating, null);
            Invariant.Require(KeyRing.TryCreate([key], out var ring));
            keys = keys.With(purpose, ring);
        }

        return keys;
    }

    /// <summary>256 bits from the operating system.</summary>
    public static Redacted<byte[]> Draw() => new(RandomNumberGenerator.GetBytes(ClusterKey.SecretBytes));

    public static byte[] Encode(ClusterKeys keys) =>
        JsonSerializer.SerializeToUtf8Bytes(ToBody(keys), IdentityJson.Default.KeyFileBody);

    public static bool TryDecode(ReadOnlySpan<byte> json, [NotNullWhen(true)] out ClusterKeys? keys)
    {
        keys = null;
        try
        {
            var body = JsonSerializer.Deserialize(json, IdentityJson.Default.KeyFileBody);
            return body is not null && TryRead(body, out keys);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    internal static KeyFileBody ToBody(ClusterKeys keys) => new(
    [
        .. from ring in keys.Rings
           from key in ring.Value.Keys
           select new KeyBody(
               ring.Key.ToString(), key.Generation, key.Secret.Reveal(), key.NotBefore, key.NotAfter),
    ]);

    internal static bool TryRead(KeyFileBody body, [NotNullWhen(true)] out ClusterKeys? keys)
    {
        keys = null;
        var read = ClusterKeys.None;
        foreach (var ofPurpose in body.Keys.GroupBy(k => k?.Purpose))
        {
            if (!Enum.TryParse<KeyPurpose>(ofPurpose.Key, out var purpose)
                || !Enum.IsDefined(purpose)
                || !KeyRing.TryCreate(ofPurpose.Select(ToKey), out var ring))
            {
                return false;
            }

            read = read.With(purpose, ring);
        }

        keys = read;
        return true;
    }

    private static ClusterKey ToKey(KeyBody body) =>
        new(body.Generation, new Redacted<byte[]>(body.Secret), body.NotBefore, body.NotAfter);
}
