using System.Security.Cryptography.X509Certificates;
using Farspan.Cluster;

namespace Farspan.Identity;

/// <summary>What makes a node a member of its cluster.</summary>
/// <param name="Identity">Who it is.</param>
/// <param name="Certificate">Says so; with its key.</param>
/// <param name="Authority">Whose word counts.</param>
/// <param name="HeldKeys">All keys in its folder: beside the authority's key, those of every role.</param>
public sealed record NodeCredentials(
    NodeIdentity Identity, X509Certificate2 Certificate, X509Certificate2 Authority, ClusterKeys HeldKeys)
{
    /// <summary>What the node may use: the keys that its roles need.</summary>
    public ClusterKeys Keys { get; } = HeldKeys.For(Identity.Roles);
}
