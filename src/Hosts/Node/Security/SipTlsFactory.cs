using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Farspan.Network;
using Farspan.Topology;
using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>
/// Makes the TLS settings of the SIP listeners; renewed certificates and authorities count for the next
/// handshake.
/// </summary>
internal static class SipTlsFactory
{
    /// <exception cref="NodeStartException">A file cannot be read.</exception>
    public static SipTlsSettings Create(SipTlsModel model, TimeProvider clock, ILogger log)
    {
        var certificate = PemCertificates.Renewable(model.Certificate, "sip.tls", clock, log);
        var authorities = model.TrustedCertificatesPath is { } path
            ? PemCertificates.RenewableAuthorities(path, "sip.tls.trustedCertificates", clock, log)
            : null;
        return new SipTlsSettings(
            certificate.Current,
            model.ClientCertificate switch
            {
                ClientCertificatePolicy.Required => SipClientCertificate.Required,
                ClientCertificatePolicy.Optional => SipClientCertificate.Optional,
                _ => SipClientCertificate.None,
            },
            authorities is null
                ? null
                : (_, shown, chain, errors) => IsTrusted(authorities.Current(), shown, chain, errors));
    }

    private static bool IsTrusted(
        X509Certificate2Collection authorities,
        X509Certificate? certificate,
        X509Chain? chain,
        SslPolicyErrors errors)
    {
        var isOtherName = errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch);
        if (certificate is null || chain is null || isOtherName)
        {
            return false;
        }

        using var judge = new X509Chain();
        judge.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        judge.ChainPolicy.CustomTrustStore.AddRange(authorities);
        // A private authority publishes no list.
        judge.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        judge.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return judge.Build(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
    }
}
