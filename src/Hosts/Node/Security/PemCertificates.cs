using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Farspan.Topology;
using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>Reads certificates and authorities from PEM files.</summary>
internal static class PemCertificates
{
    /// <exception cref="NodeStartException">The files cannot be read or do not fit each other.</exception>
    public static X509Certificate2 Read(CertificateFilesModel files, string key) => Guard(
        key, $"{files.CertificatePath} and {files.KeyPath}", () =>
            X509Certificate2.CreateFromPemFile(files.CertificatePath, files.KeyPath));

    /// <summary>The certificate with the chain that follows it in its file, as a server shows it.</summary>
    /// <exception cref="NodeStartException">The files cannot be read or do not fit each other.</exception>
    public static SslStreamCertificateContext ReadChain(CertificateFilesModel files, string key)
    {
        var certificate = Read(files, key);
        var chain = ReadAuthorities(files.CertificatePath, key);
        return SslStreamCertificateContext.Create(certificate, chain, offline: true);
    }

    /// <exception cref="NodeStartException">The file cannot be read.</exception>
    public static X509Certificate2Collection ReadAuthorities(string path, string key) =>
        Guard(key, path, () =>
    {
        var authorities = new X509Certificate2Collection();
        authorities.ImportFromPemFile(path);
        return authorities;
    });

    /// <summary>A chain that is read again when its files have changed.</summary>
    /// <exception cref="NodeStartException">The files cannot be read or do not fit each other.</exception>
    public static RenewableFile<SslStreamCertificateContext> Renewable(
        CertificateFilesModel files, string key, TimeProvider clock, ILogger log) => new(
        $"the certificate of {key}",
        () => Guard(key, $"{files.CertificatePath} and {files.KeyPath}", () =>
            (byte[])[.. File.ReadAllBytes(files.CertificatePath), .. File.ReadAllBytes(files.KeyPath)]),
        () => ReadChain(files, key),
        clock,
        log);

    /// <summary>Authorities that are read again when their file has changed.</summary>
    /// <exception cref="NodeStartException">The file cannot be read.</exception>
    public static RenewableFile<X509Certificate2Collection> RenewableAuthorities(
        string path, string key, TimeProvider clock, ILogger log) => new(
        key,
        () => Guard(key, path, () => File.ReadAllBytes(path)),
        () => ReadAuthorities(path, key),
        clock,
        log);

    private static T Guard<T>(string key, string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (
            error is IOException or UnauthorizedAccessException or CryptographicException
                or ArgumentException)
        {
            // ArgumentException: a key that is not the certificate's.
            throw new NodeStartException(
                $"{key}: no certificate can be read from {path}",
                "Check the paths, the permissions, that both are PEM and belong together.", error);
        }
    }
}
