using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Farspan.StubProvider;

/// <summary>The certificates of the two ends: ours for this process, Terraform's from its environment.</summary>
public static class PluginCertificate
{
    public static X509Certificate2 Create()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyCertSign, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        var now = DateTimeOffset.UtcNow;
        return request.CreateSelfSigned(now.AddMinutes(-5), now.AddDays(1));
    }

    /// <summary>The only certificate that may connect: go-plugin hands it over in the environment.</summary>
    public static X509Certificate2 OfClient()
    {
        var pem = Environment.GetEnvironmentVariable("PLUGIN_CLIENT_CERT");
        return string.IsNullOrEmpty(pem)
            ? throw new InvalidOperationException("This program is started by Terraform, not by hand; see README.md.")
            : X509Certificate2.CreateFromPem(pem);
    }
}
