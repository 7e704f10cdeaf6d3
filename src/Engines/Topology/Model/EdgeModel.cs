using System.Collections.Immutable;
using System.Net;
using Farspan.Sdp;

namespace Farspan.Topology;

/// <summary>The side of an edge that faces the connectors.</summary>
public sealed record EdgeModel
{
    /// <summary>Where connectors reach the edge: TCP or TLS.</summary>
    public required SipListenPoint Listen { get; init; }

    /// <summary>The local address of media with connectors; null: the one that is listened on.</summary>
    public required IPAddress? MediaAddress { get; init; }

    public required SrtpPolicy Srtp { get; init; }

    /// <summary>Whether connectors of the node's own region come first.</summary>
    public required bool PrefersOwnRegion { get; init; }

    /// <summary>Without a sign of life for so long a connector is dead.</summary>
    public required TimeSpan DetectionTime { get; init; }

    /// <summary>Between OPTIONS to a connector.</summary>
    public required TimeSpan ProbeInterval { get; init; }

    public required ImmutableArray<EdgeConnectorModel> Connectors { get; init; }
}
