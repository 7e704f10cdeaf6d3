namespace Farspan.Topology;

/// <summary>How SIP over TLS is secured (RFC 5922).</summary>
public sealed record SipTlsModel
{
    public required CertificateFilesModel Certificate { get; init; }

    public required ClientCertificatePolicy ClientCertificate { get; init; }

    /// <summary>
    /// A PEM file of the authorities that peers' certificates come from; null: those of the machine.
    /// </summary>
    public required string? TrustedCertificatesPath { get; init; }
}
