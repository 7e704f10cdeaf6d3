namespace Farspan.Topology;

/// <summary>The keys of <c>sip.tls</c>.</summary>
internal static class SipTlsSchema
{
    private static readonly Setting<string> Certificate = Setting.Required(
        "certificate", ValueKinds.FilePath("/etc/farspan/sip.crt"),
        "The certificate and its chain, as a PEM file.");

    private static readonly Setting<string> Key = Setting.Required(
        "key", ValueKinds.FilePath("/etc/farspan/sip.key"), "The private key, as a PEM file.");

    private static readonly Setting<ClientCertificatePolicy> ClientCertificate = Setting.Defaulting(
        "clientCertificate",
        ValueKinds.Word(
            ("none", ClientCertificatePolicy.None),
            ("optional", ClientCertificatePolicy.Optional),
            ("required", ClientCertificatePolicy.Required)),
        ClientCertificatePolicy.None,
        "Whether carriers show a certificate of their own.");

    private static readonly Setting<string> TrustedCertificates = Setting.Optional(
        "trustedCertificates", ValueKinds.FilePath("/etc/farspan/carriers.pem"),
        "the authorities of the machine",
        "The authorities that carriers' certificates come from, as a PEM file.");

    public static Section<SipTlsModel> Section { get; } = new(
        "SIP over TLS (RFC 5922).",
        [Certificate, Key, ClientCertificate, TrustedCertificates],
        values => new SipTlsModel
        {
            Certificate = new CertificateFilesModel(values.Get(Certificate), values.Get(Key)),
            ClientCertificate = values.Get(ClientCertificate),
            TrustedCertificatesPath = values.Find(TrustedCertificates),
        });
}
