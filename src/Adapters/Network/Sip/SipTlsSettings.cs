using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Farspan.Network;

/// <summary>How SIP connections are secured (RFC 3261 §26.3.1, RFC 5922): asked anew for each handshake, so
/// that certificates change while connections run.</summary>
/// <param name="Certificate">Our certificate and its chain, for both directions; called for each
/// handshake.</param>
/// <param name="ClientCertificate">Whether those who connect to us show a certificate.</param>
/// <param name="Validate">Judges the peer's certificate; null leaves it to the machine's trust store.</param>
/// <param name="ServerName">The name that a peer we connect to must prove; null means its address.</param>
public sealed record SipTlsSettings(
    Func<SslStreamCertificateContext> Certificate,
    SipClientCertificate ClientCertificate,
    RemoteCertificateValidationCallback? Validate = null,
    Func<IPEndPoint, string>? ServerName = null)
{
    private const SslProtocols Protocols = SslProtocols.Tls12 | SslProtocols.Tls13;

    internal SslServerAuthenticationOptions ForServer() => new()
    {
        ServerCertificateContext = Certificate(),
        ClientCertificateRequired = ClientCertificate != SipClientCertificate.None,
        RemoteCertificateValidationCallback = ValidateClient,
        EnabledSslProtocols = Protocols,
    };

    internal SslClientAuthenticationOptions ForClient(IPEndPoint peer) => new()
    {
        TargetHost = ServerName?.Invoke(peer) ?? peer.Address.ToString(),
        ClientCertificateContext = Certificate(),
        RemoteCertificateValidationCallback = Validate,
        EnabledSslProtocols = Protocols,
    };

    private bool ValidateClient(
        object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null)
        {
            return ClientCertificate != SipClientCertificate.Required;
        }

        return Validate?.Invoke(sender, certificate, chain, errors) ?? errors == SslPolicyErrors.None;
    }
}
