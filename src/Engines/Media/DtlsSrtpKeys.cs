using Farspan.Kernel;
using Farspan.Srtp;

namespace Farspan.Media;

/// <summary>
/// The SRTP master keys that a DTLS handshake gives (RFC 5764 §4.2), seen from our side.
/// </summary>
/// <param name="Local">What we protect with.</param>
/// <param name="Remote">What the peer protects with.</param>
public sealed record DtlsSrtpKeys(SrtpMasterKey Local, SrtpMasterKey Remote)
{
    /// <summary>The label of the exporter (RFC 5764 §4.2).</summary>
    public static ReadOnlySpan<byte> ExporterLabel => "EXTRACTOR-dtls_srtp"u8;

    public SrtpProfile Profile => Local.Profile;

    /// <summary>Length of the exported keying material of a profile.</summary>
    public static int MaterialBytes(SrtpProfile profile) => 2 * profile.KeyAndSaltBytes();

    /// <summary>
    /// Takes exported keying material apart: client key, server key, client salt, server salt.
    /// </summary>
    public static DtlsSrtpKeys FromMaterial(SrtpProfile profile, DtlsRole role, ReadOnlySpan<byte> material)
    {
        Invariant.Require(material.Length == MaterialBytes(profile));
        const int KeyBytes = SrtpProfiles.MasterKeyBytes;
        var keys = material[..(2 * KeyBytes)];
        var salts = material[(2 * KeyBytes)..];
        var saltBytes = profile.MasterSaltBytes();
        var client = new SrtpMasterKey(profile, [.. keys[..KeyBytes], .. salts[..saltBytes]]);
        var server = new SrtpMasterKey(profile, [.. keys[KeyBytes..], .. salts[saltBytes..]]);
        return role == DtlsRole.Client ? new DtlsSrtpKeys(client, server) : new DtlsSrtpKeys(server, client);
    }
}
