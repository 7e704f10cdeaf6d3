using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Farspan.Network;
using Farspan.Topology;

namespace Farspan.Node;

/// <summary>Makes the TLS settings of the SIP listeners; a renewed certificate file is taken up within a minute.</summary>
internal sealed class SipTlsFactory
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMinutes(1);

    private readonly SipTlsModel _model;
    private readonly X509Certificate2Collection? _authorities;
    private readonly Lock _lock = new();
    private SslStreamCertificateContext _current;
    private DateTime _writtenAt;
    private long _lookedAtMs = Environment.TickCount64;

    private SipTlsFactory(SipTlsModel model)
    {
        _model = model;
        _authorities = model.TrustedCertificatesPath is { } path
            ? PemCertificates.ReadAuthorities(path, "sip.tls.trustedCertificates")
            : null;
        _writtenAt = File.GetLastWriteTimeUtc(model.Certificate.CertificatePath);
        _current = PemCertificates.ReadChain(model.Certificate, "sip.tls");
    }

    /// <exception cref="NodeStartException">A file cannot be read.</exception>
    public static SipTlsSettings Create(SipTlsModel model)
    {
        var factory = new SipTlsFactory(model);
        return new SipTlsSettings(
            factory.Current,
            model.ClientCertificate switch
            {
                ClientCertificatePolicy.Required => SipClientCertificate.Required,
                ClientCertificatePolicy.Optional => SipClientCertificate.Optional,
                _ => SipClientCertificate.None,
            },
            factory._authorities is null ? null : factory.IsTrusted);
    }

    private SslStreamCertificateContext Current()
    {
        lock (_lock)
        {
            var nowMs = Environment.TickCount64;
            if (nowMs - _lookedAtMs >= LookEvery.TotalMilliseconds)
            {
                _lookedAtMs = nowMs;
                Reload();
            }

            return _current;
        }
    }

    private void Reload()
    {
        try
        {
            var writtenAt = File.GetLastWriteTimeUtc(_model.Certificate.CertificatePath);
            if (writtenAt != _writtenAt)
            {
                _current = PemCertificates.ReadChain(_model.Certificate, "sip.tls");
                _writtenAt = writtenAt;
            }
        }
        catch (NodeStartException)
        {
            // Half written, or gone: the one that works stays until the next look.
        }
    }

    private bool IsTrusted(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (certificate is null || chain is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return false;
        }

        using var judge = new X509Chain();
        judge.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        judge.ChainPolicy.CustomTrustStore.AddRange(_authorities!);
        judge.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // A private authority publishes no list.
        judge.ChainPolicy.ExtraStore.AddRange(chain.ChainPolicy.ExtraStore);
        return judge.Build(X509CertificateLoader.LoadCertificate(certificate.GetRawCertData()));
    }
}
