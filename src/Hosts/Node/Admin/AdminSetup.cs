using Farspan.Topology;
using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>
/// Makes the settings of the administration API of what the configuration says and what the data folder
/// holds.
/// </summary>
internal static class AdminSetup
{
    private const string PasswordFile = "admin-password";
    private const string CertificateFile = "admin-certificate.pem";

    /// <exception cref="NodeStartException">A file or secret cannot be read or written.</exception>
    public static AdminSettings Create(
        FarspanModel model, string nodeName, ILogger log, out string? drawnPassword)
    {
        drawnPassword = null;
        var folder = model.Node.DataDirectory;
        try
        {
            Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var password = model.Admin.Password is { } reference
                ? AdminPassword.Create(Secrets.Fetch(reference, "admin.password").Reveal())
                : AdminPassword.LoadOrDraw(Path.Combine(folder, PasswordFile), out drawnPassword);
            return new AdminSettings
            {
                Listen = model.Admin.Listen,
                MetricsListen = model.Admin.MetricsListen,
                User = model.Admin.User,
                Password = password,
                Certificate = (model.Admin.Certificate is { } files
                    ? PemCertificates.Renewable(files, "admin.tls", TimeProvider.System, log)
                    : AdminCertificate.Renewable(
                        Path.Combine(folder, CertificateFile),
                        ["localhost", nodeName, "127.0.0.1", "::1", model.Admin.Listen.Address.ToString()],
                        TimeProvider.System,
                        log)).Current,
            };
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NodeStartException(
                $"the data folder {folder} cannot be used", "Make it writable, or set node.dataDirectory.",
                error);
        }
    }
}
