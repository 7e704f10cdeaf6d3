using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Farspan.Amazon;

/// <summary>
/// Makes the <see cref="HttpClient"/> that the clients and credential sources of a process share.
/// </summary>
public static class AmazonHttpClient
{
    /// <summary>
    /// Follows no redirect, for bearer tokens would go with it; keeps no cookies; looks names up anew from
    /// time to time. Time-outs are the clients' own.
    /// </summary>
    /// <param name="authorities">Trusted instead of the machine's, for an endpoint that is not AWS's own; null for those.</param>
    [SuppressMessage("Reliability", "CA2000", Justification = "The client owns and disposes the handler.")]
    public static HttpClient Create(X509Certificate2Collection? authorities = null) =>
        new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
                SslOptions = new SslClientAuthenticationOptions { CertificateChainPolicy = PolicyOf(authorities) },
            },
            disposeHandler: true)
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };

    private static X509ChainPolicy? PolicyOf(X509Certificate2Collection? authorities)
    {
        if (authorities is null)
        {
            return null;
        }

        var policy = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust,
            RevocationMode = X509RevocationMode.NoCheck, // A private authority publishes no list.
        };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
}
