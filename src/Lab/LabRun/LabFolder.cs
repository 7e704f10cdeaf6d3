using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Farspan.LabRun;

/// <summary>
/// The lab's private folder: configuration, certificate, password and logs. Only this user may enter it.
/// </summary>
internal sealed class LabFolder
{
    private readonly string _path = Directory.CreateTempSubdirectory("farspan-lab-").FullName;

    public string Path => _path;

    public string ConfigurationFile => In("farspan.yaml");

    public string EmulatorSettingsFile => In("emulator.json");

    public string CertificateFile => In("sip.crt");

    public string KeyFile => In("sip.key");

    public string PasswordFile => In("admin.password");

    public string TurnConfigurationFile => In("turnserver.conf");

    public string ConnectorData => In("connector");

    public string LogOf(string process) => In($"{process}.log");

    /// <summary>Writes a file that only this user may read.</summary>
    public void Write(string path, string content)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.Create,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using var writer = new StreamWriter(path, options);
        writer.Write(content);
    }

    /// <summary>Makes a certificate for SIP over TLS on this machine, and returns its public part.</summary>
    public X509Certificate2 WriteCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=farspan-lab", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        var now = DateTimeOffset.UtcNow;
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(30));
        Write(CertificateFile, certificate.ExportCertificatePem());
        Write(KeyFile, key.ExportPkcs8PrivateKeyPem());
        return X509CertificateLoader.LoadCertificate(certificate.RawData);
    }

    /// <summary>Removes the folder with everything in it; what cannot be removed stays.</summary>
    public void Delete()
    {
        try
        {
            Directory.Delete(_path, recursive: true);
        }
        catch (IOException)
        {
            // A child that was killed may still hold a file; the system's temporary folder is cleaned anyway.
        }
    }

    private string In(string name) => System.IO.Path.Combine(_path, name);
}
