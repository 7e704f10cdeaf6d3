using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Farspan.Store;
using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>
/// The certificate of the administration API: the operator's, or a self-signed one made at the first start.
/// </summary>
public static class AdminCertificate
{
    private const int ValidYears = 2;
    private static readonly TimeSpan RenewBefore = TimeSpan.FromDays(30);

    /// <summary>Reads the certificate and its key from one PEM file, or makes them.</summary>
    /// <param name="path">The file, created with mode 0600.</param>
    /// <param name="names">Host names and addresses that the certificate is for.</param>
    /// <param name="clock">Tells when it has to be renewed.</param>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    public static X509Certificate2 LoadOrCreate(string path, IReadOnlyList<string> names, TimeProvider clock)
    {
        if (TryLoad(path) is { } stored)
        {
            if (stored.NotAfter.ToUniversalTime() - RenewBefore > clock.GetUtcNow().UtcDateTime)
            {
                return stored;
            }

            stored.Dispose();
        }

        var pem = Create(names, clock.GetUtcNow());
        PrivateFile.Replace(path, Encoding.ASCII.GetBytes(pem)).Dispose();
        return X509Certificate2.CreateFromPem(pem, pem);
    }

    /// <summary>
    /// The same, made anew in time while the node runs, or taken up where somebody else has made it.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read or written.</exception>
    internal static RenewableFile<SslStreamCertificateContext> Renewable(
        string path, IReadOnlyList<string> names, TimeProvider clock, ILogger log) => new(
        "the certificate of the administration API",
        () =>
        {
            LoadOrCreate(path, names, clock).Dispose();
            return File.ReadAllBytes(path);
        },
        () => SslStreamCertificateContext.Create(LoadOrCreate(path, names, clock), null, offline: true),
        clock,
        log);

    private static X509Certificate2? TryLoad(string path)
    {
        try
        {
            return File.Exists(path) ? X509Certificate2.CreateFromPemFile(path) : null;
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            return null; // Damaged: another one is made.
        }
    }

    private static string Create(IReadOnlyList<string> names, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Farspan", key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (IPAddress.TryParse(name, out var address))
            {
                alternatives.AddIpAddress(address);
            }
            else
            {
                alternatives.AddDnsName(name);
            }
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(
            new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var certificate = request.CreateSelfSigned(now.AddHours(-1), now.AddYears(ValidYears));
        return certificate.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem() + "\n";
    }
}
