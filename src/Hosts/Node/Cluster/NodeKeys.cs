using System.Security.Cryptography;
using Farspan.Calls;
using Farspan.Cluster;
using Farspan.Edges;
using Farspan.Identity;
using Farspan.Topology;

namespace Farspan.Node;

/// <summary>
/// What membership in a cluster gives to the engines of a node: its name in epochs, and the keys of its tokens. A node
/// that is no member takes calls without them.
/// </summary>
internal sealed class NodeKeys
{
    private const string Folder = "cluster";
    private const int BootBytes = 8;

    private readonly NodeCredentials _credentials;
    private readonly string _boot = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(BootBytes));

    private NodeKeys(NodeCredentials credentials) => _credentials = credentials;

    public string Node => _credentials.Identity.Node;

    /// <summary>Reads the folder <c>cluster</c> of the node's data; null if the node is no member.</summary>
    /// <exception cref="NodeStartException">The folder is there and cannot be used.</exception>
    public static NodeKeys? Load(FarspanModel model)
    {
        var folder = new ClusterFolder(Path.Combine(model.Node.DataDirectory, Folder));
        if (!folder.IsMember)
        {
            return null;
        }

        try
        {
            return new NodeKeys(folder.Load());
        }
        catch (Exception failure) when (
            failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new NodeStartException(
                $"the membership in {folder.FullPath} cannot be used", "Run farspan cluster join again.", failure);
        }
    }

    /// <summary>Null if the certificate does not say that the node is an edge.</summary>
    public EdgeAnchor? CreateEdge(DateTimeOffset clockOrigin) =>
        Find(KeyPurpose.CallerToken, TokenRole.Caller) is { } keys
            ? new EdgeAnchor(new TokenSealer(keys, Node, _boot), new TokenOpener(keys), clockOrigin)
            : null;

    /// <summary>Null if the certificate does not say that the node is a connector.</summary>
    public ConnectorAnchor? CreateConnector() =>
        Find(KeyPurpose.ResumeToken, TokenRole.Resume) is { } keys
            ? new ConnectorAnchor(Node, new TokenSealer(keys, Node, _boot), new TokenOpener(keys))
            : null;

    private TokenKeys? Find(KeyPurpose purpose, TokenRole role) =>
        _credentials.Keys.TryGet(purpose, out var ring)
            ? new TokenKeys(role, _credentials.Identity.Cluster, ring)
            : null;
}
