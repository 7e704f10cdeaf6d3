using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>The side that faces the carriers (RFC 3261).</summary>
public sealed record SipModel
{
    public required ImmutableArray<SipListenPoint> Listen { get; init; }

    /// <summary>What carriers address, where that is not the address listened on; null: it is.</summary>
    public required IPAddress? AdvertisedAddress { get; init; }

    /// <summary>The Server and User-Agent headers (RFC 3261 §20.35); empty: none.</summary>
    public required string Product { get; init; }

    /// <summary>Null if no listen point is TLS.</summary>
    public required SipTlsModel? Tls { get; init; }

    public required ImmutableArray<TrunkModel> Trunks { get; init; }
}
