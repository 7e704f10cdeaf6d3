using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Farspan.Kernel;

namespace Farspan.Identity;

/// <summary>
/// The small certificate authority of one cluster (RFC 5280 §4.2.1.9, without intermediates): a P-256 key
/// that signs the certificates of its nodes, and nothing else.
/// </summary>
public sealed class ClusterAuthority : IDisposable
{
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";
    private const int SerialBytes = 16;

    private readonly ECDsa _key;

    private ClusterAuthority(X509Certificate2 certificate, ECDsa key)
    {
        Certificate = certificate;
        _key = key;
    }

    /// <summary>What nodes trust.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Makes an authority with a fresh key.</summary>
    public static ClusterAuthority Create(string cluster, DateTimeOffset wall)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=Farspan cluster {cluster}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        request.CertificateExtensions.Add(
            new X509SubjectKeyIdentifierExtension(request.PublicKey, critical: false));
        using var signed = request.CreateSelfSigned(
            wall - IdentityLimits.Backdating, wall + IdentityLimits.AuthorityLifetime);
        return new ClusterAuthority(X509CertificateLoader.LoadCertificate(signed.RawData), key);
    }

    /// <summary>Reads an authority from PEM.</summary>
    /// <exception cref="CryptographicException">It is not one, or key and certificate do not fit.</exception>
    public static ClusterAuthority Load(string certificatePem, Redacted<string> keyPem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(keyPem.Reveal());
            var certificate = X509Certificate2.CreateFromPem(certificatePem);
            using var held = certificate.GetECDsaPublicKey();
            var expected = key.ExportSubjectPublicKeyInfo();
            if (held is null || !held.ExportSubjectPublicKeyInfo().AsSpan().SequenceEqual(expected))
            {
                throw new CryptographicException("the authority's key does not fit its certificate");
            }

            return new ClusterAuthority(certificate, key);
        }
        catch (ArgumentException failure)
        {
            key.Dispose();
            throw new CryptographicException("no key or certificate is in the PEM", failure);
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

    /// <summary>The authority's key, to be stored.</summary>
    public Redacted<string> ExportKey() => new(_key.ExportPkcs8PrivateKeyPem());

    /// <summary>Signs a certificate for a node.</summary>
    /// <param name="signingRequestPem">
    /// PKCS #10 (RFC 2986 §4); only its public key counts, and that its key was at hand.
    /// </param>
    /// <param name="identity">What the certificate says.</param>
    /// <param name="wall">Now.</param>
    /// <returns>PEM; null if the request is not one for a P-256 key.</returns>
    public string? Issue(string signingRequestPem, NodeIdentity identity, DateTimeOffset wall)
    {
        if (ReadPublicKey(signingRequestPem) is not { } publicKey)
        {
            return null;
        }

        var request = new CertificateRequest(
            new X500DistinguishedName($"CN={identity.Node}"), publicKey, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(identity.Node);
        names.AddUri(new Uri(identity.ToString()));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, critical: true));
        request.CertificateExtensions.Add(
            new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension(
            [new Oid(ServerAuthentication), new Oid(ClientAuthentication)], critical: false));
        request.CertificateExtensions.Add(
            X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        var notAfter = wall + IdentityLimits.NodeLifetime;
        using var signed = request.Create(
            Certificate.SubjectName,
            X509SignatureGenerator.CreateForECDsa(_key),
            wall - IdentityLimits.Backdating,
            notAfter < Certificate.NotAfter ? notAfter : Certificate.NotAfter,
            RandomNumberGenerator.GetBytes(SerialBytes));
        return signed.ExportCertificatePem();
    }

    public void Dispose()
    {
        _key.Dispose();
        Certificate.Dispose();
    }

    private static PublicKey? ReadPublicKey(string signingRequestPem)
    {
        try
        {
            var request = CertificateRequest.LoadSigningRequestPem(
                signingRequestPem, HashAlgorithmName.SHA256);
            using var key = request.PublicKey.GetECDsaPublicKey();
            return key?.KeySize == 256 ? request.PublicKey : null;
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            return null;
        }
    }
}
