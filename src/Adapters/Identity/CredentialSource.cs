using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Farspan.Identity;

/// <summary>
/// The node's credentials as they are now: files that were replaced, by a rotation or a renewal, are taken up
/// within a second, while calls run. Thread-safe.
/// </summary>
public sealed class CredentialSource
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);

    private readonly ClusterFolder _folder;
    private readonly Lock _lock = new();
    private volatile NodeCredentials _current;
    private (DateTime Node, DateTime Keys) _writtenAt;
    private long _lookedAtMs = Environment.TickCount64;

    /// <summary>Reads the folder.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="CryptographicException">A file does not hold what it should.</exception>
    public CredentialSource(ClusterFolder folder)
    {
        _folder = folder;
        _writtenAt = WrittenAt();
        _current = folder.Load();
    }

    /// <summary>The folder that is read.</summary>
    public ClusterFolder Folder => _folder;

    /// <summary>The credentials in force.</summary>
    public NodeCredentials Current
    {
        get
        {
            if (Environment.TickCount64 - Volatile.Read(ref _lookedAtMs) >= LookEvery.TotalMilliseconds)
            {
                Refresh();
            }

            return _current;
        }
    }

    /// <summary>Whether a certificate makes its owner a member of our cluster.</summary>
    public bool IsMember(X509Certificate? certificate) =>
        certificate is X509Certificate2 presented
        && ClusterTrust.TryVerify(presented, Current.Authority, Current.Identity.Cluster, out _);

    /// <summary>Looks at the files now.</summary>
    public void Refresh()
    {
        lock (_lock)
        {
            Volatile.Write(ref _lookedAtMs, Environment.TickCount64);
            try
            {
                var writtenAt = WrittenAt();
                if (writtenAt != _writtenAt)
                {
                    _current = _folder.Load();
                    _writtenAt = writtenAt;
                }
            }
            catch (Exception failure) when (
                failure is IOException or UnauthorizedAccessException or CryptographicException)
            {
                // Half written, or gone: what works stays until the next look.
            }
        }
    }

    private (DateTime Node, DateTime Keys) WrittenAt() =>
        (File.GetLastWriteTimeUtc(_folder.NodePath), File.GetLastWriteTimeUtc(_folder.KeysPath));
}
