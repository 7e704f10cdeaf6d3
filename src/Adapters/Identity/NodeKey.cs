using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Farspan.Identity;

/// <summary>
/// A node's fresh P-256 key, which never leaves the node, and what asks for a certificate for it.
/// </summary>
public sealed class NodeKey : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>PKCS #10 (RFC 2986 §4). It names nobody: the authority says who the node is.</summary>
    public string CreateSigningRequest() =>
        new CertificateRequest("CN=farspan-node", _key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

    /// <summary>Certificate and key, as they are stored.</summary>
    public string Join(string certificatePem) =>
        certificatePem + "\n" + _key.ExportPkcs8PrivateKeyPem() + "\n";

    public void Dispose() => _key.Dispose();
}
