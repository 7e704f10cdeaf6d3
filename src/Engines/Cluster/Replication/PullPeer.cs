using System.Collections.Immutable;

namespace Farspan.Cluster;

/// <summary>
/// Whom to ask for news: one node of our region, or another region, of which any node will do.
/// </summary>
/// <param name="Name">Of the node or region, for logs.</param>
/// <param name="Addresses">Where it may be asked, one after the other as they fail; never empty.</param>
public sealed record PullPeer(string Name, ImmutableArray<string> Addresses);
