using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>A transit gateway behind a Direct Connect gateway.</summary>
/// <param name="TransitGateway">Its id.</param>
/// <param name="AllowedPrefixes">
/// What AWS tells over the links, whatever is alive behind it: first the region's own, then summaries.
/// </param>
public sealed record DirectConnectAssociation(
    string TransitGateway, ImmutableArray<IPNetwork> AllowedPrefixes);
