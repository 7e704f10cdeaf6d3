using System.Diagnostics.CodeAnalysis;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Farspan.Network;

/// <summary>Makes the HTTP layer below a WebSocket trust what its settings say.</summary>
internal static class WebSocketTls
{
    [SuppressMessage("Reliability", "CA2000", Justification = "The invoker owns and disposes the handler.")]
    public static HttpMessageInvoker CreateInvoker(WebSocketSettings settings) =>
        new(
            new SocketsHttpHandler
            {
                ConnectTimeout = settings.ConnectTimeout,
                UseCookies = false,
                AllowAutoRedirect = false,
                SslOptions = CreateOptions(settings),
            },
            disposeHandler: true);

    [SuppressMessage(
        "Security", "CA5359", Justification = "Only by a setting that is named for what it does.")]
    private static SslClientAuthenticationOptions CreateOptions(WebSocketSettings settings)
    {
        var options = new SslClientAuthenticationOptions();
        if (settings.AcceptsAnyCertificate)
        {
            options.RemoteCertificateValidationCallback = AcceptAny;
        }
        else if (settings.TrustedRoots is { } roots)
        {
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck, // A private authority publishes no list.
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(roots);
        }

        return options;
    }

    private static bool AcceptAny(
        object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) =>
        true;
}
