namespace Farspan.Topology;

/// <summary>The keys of a certificate and its private key.</summary>
internal static class CertificateFilesSchema
{
    private static readonly Setting<string> Certificate = Setting.Required(
        "certificate", ValueKinds.FilePath("/etc/farspan/tls.crt"),
        "The certificate and its chain, as a PEM file.");

    private static readonly Setting<string> Key = Setting.Required(
        "key", ValueKinds.FilePath("/etc/farspan/tls.key"), "The private key, as a PEM file.");

    public static Section<CertificateFilesModel> Section { get; } = new(
        "A certificate and its private key.",
        [Certificate, Key],
        values => new CertificateFilesModel(values.Get(Certificate), values.Get(Key)));
}
