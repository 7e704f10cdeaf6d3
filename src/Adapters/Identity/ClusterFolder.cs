using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Farspan.Cluster;
using Farspan.Kernel;
using Farspan.Store;

namespace Farspan.Identity;

/// <summary>
/// Where a node keeps who it is: a folder of mode 0700 with files of mode 0600, each replaced as a whole.
/// </summary>
/// <remarks>
/// <code>
///  authority.pem       the authority's certificate
///  authority-key.pem   its key, only on the node that made it
///  node.pem            this node's certificate and key
///  keys.json           the cluster's keys that this node needs; all of them beside the authority's key
///  invitations/        open invitations, only beside the authority's key
/// </code>
/// </remarks>
/// <param name="path">Of the folder.</param>
public sealed class ClusterFolder(string path)
{
    /// <summary>Of the folder.</summary>
    public string FullPath { get; } = Path.GetFullPath(path);

    public string NodePath => Path.Combine(FullPath, "node.pem");

    public string KeysPath => Path.Combine(FullPath, "keys.json");

    public string InvitationsPath => Path.Combine(FullPath, "invitations");

    /// <summary>Whether the node belongs to a cluster.</summary>
    public bool IsMember => File.Exists(NodePath) && File.Exists(AuthorityPath) && File.Exists(KeysPath);

    /// <summary>Whether the authority's key is here.</summary>
    public bool HasAuthority => File.Exists(AuthorityKeyPath);

    private string AuthorityPath => Path.Combine(FullPath, "authority.pem");

    private string AuthorityKeyPath => Path.Combine(FullPath, "authority-key.pem");

    /// <summary>Makes a cluster with one member, this node.</summary>
    /// <exception cref="IOException">The folder cannot be written, or is a member's already.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Create(NodeIdentity identity, DateTimeOffset wall)
    {
        RefuseMember();
        using var authority = ClusterAuthority.Create(identity.Cluster, wall);
        using var key = new NodeKey();
        var certificate = authority.Issue(key.CreateSigningRequest(), identity, wall);
        Invariant.Require(certificate is not null);
        Write(AuthorityKeyPath, authority.ExportKey().Reveal() + "\n");
        var authorityPem = authority.Certificate.ExportCertificatePem();
        Save(key, certificate, authorityPem, ClusterKeyFile.CreateFirst(wall));
    }

    /// <summary>Stores what makes this node a member.</summary>
    public void Save(NodeKey key, string certificatePem, string authorityPem, ClusterKeys keys)
    {
        Write(AuthorityPath, authorityPem + "\n");
        SaveKeys(keys);
        Write(NodePath, key.Join(certificatePem));
    }

    /// <summary>Replaces the node's certificate and key.</summary>
    public void SaveNode(NodeKey key, string certificatePem) => Write(NodePath, key.Join(certificatePem));

    public void SaveKeys(ClusterKeys keys) => Write(KeysPath, ClusterKeyFile.Encode(keys));

    /// <summary>Refuses a folder that makes this node a member already.</summary>
    /// <exception cref="IOException">It does.</exception>
    public void RefuseMember()
    {
        if (File.Exists(NodePath) || HasAuthority)
        {
            throw new IOException($"{FullPath} belongs to a member of a cluster already");
        }
    }

    /// <summary>Reads who the node is.</summary>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">A file may not be read.</exception>
    /// <exception cref="CryptographicException">A file does not hold what it should, or they do not
    /// fit.</exception>
    public NodeCredentials Load()
    {
        var node = X509Certificate2.CreateFromPemFile(NodePath);
        var authority = X509Certificate2.CreateFromPem(File.ReadAllText(AuthorityPath));
        if (!NodeIdentity.TryRead(node, out var identity))
        {
            throw new CryptographicException($"{NodePath} does not say who the node is");
        }

        return ClusterKeyFile.TryDecode(File.ReadAllBytes(KeysPath), out var keys)
            ? new NodeCredentials(identity, node, authority, keys)
            : throw new CryptographicException($"{KeysPath} does not hold the cluster's keys");
    }

    /// <summary>The authority, where its key is.</summary>
    /// <exception cref="CryptographicException">The files do not hold what they should.</exception>
    public bool TryLoadAuthority([NotNullWhen(true)] out ClusterAuthority? authority)
    {
        authority = HasAuthority
            ? ClusterAuthority.Load(
                File.ReadAllText(AuthorityPath), new Redacted<string>(File.ReadAllText(AuthorityKeyPath)))
            : null;
        return authority is not null;
    }

    private static void Write(string path, string text) => Write(path, Encoding.ASCII.GetBytes(text));

    private static void Write(string path, byte[] content)
    {
        PrivateFile.CreateFolderOf(path);
        PrivateFile.Write(path, content);
    }
}
