using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Farspan.Identity;

/// <summary>
/// Judges the certificates of others: signed by our authority, in force, and of our cluster.
/// </summary>
public static class ClusterTrust
{
    /// <param name="certificate">The peer's.</param>
    /// <param name="authority">The only one that counts.</param>
    /// <param name="cluster">Ours.</param>
    /// <param name="identity">Who the peer is.</param>
    public static bool TryVerify(
        X509Certificate2 certificate,
        X509Certificate2 authority,
        string cluster,
        [NotNullWhen(true)] out NodeIdentity? identity)
    {
        identity = null;
        return IsSignedBy(certificate, authority)
            && NodeIdentity.TryRead(certificate, out identity)
            && identity.Cluster == cluster;
    }

    /// <summary>Whether the authority signed a certificate that is in force (RFC 5280 §6.1).</summary>
    public static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 authority)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        // Nothing is fetched from anywhere: there is no list, and certificates are short-lived.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        return chain.Build(certificate);
    }

    /// <summary>SHA-256 over the certificate.</summary>
    public static byte[] FingerprintOf(X509Certificate2 authority) => SHA256.HashData(authority.RawData);
}
