using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>An IPsec tunnel (RFC 7296), both ends. Id <c>tunnel/us-east4/a1</c>.</summary>
public sealed record VpnTunnel : NetworkElement
{
    public required string HaVpnGateway { get; init; }

    /// <summary>0 or 1.</summary>
    public required int Interface { get; init; }

    public required string ExternalVpnGateway { get; init; }

    /// <summary>0 to 3: two for each VPN connection.</summary>
    public required int ExternalInterface { get; init; }

    public required string VpnConnection { get; init; }

    /// <summary>A /30 in 169.254.0.0/16; AWS takes the first address, Google the second.</summary>
    public required IPNetwork InsideRange { get; init; }

    public required SecretReference SharedSecret { get; init; }

    public required int IkeVersion { get; init; }

    public required ImmutableArray<string> EncryptionAlgorithms { get; init; }

    public required ImmutableArray<string> IntegrityAlgorithms { get; init; }

    public required ImmutableArray<int> DhGroups { get; init; }

    /// <summary>Without an answer for this long, AWS takes the peer for dead.</summary>
    public required TimeSpan DpdTimeout { get; init; }

    /// <summary>What AWS does then: <c>clear</c>, <c>none</c> or <c>restart</c>.</summary>
    public required string DpdAction { get; init; }

    /// <summary>Whether AWS starts the negotiation: <c>add</c> (no) or <c>start</c>.</summary>
    public required string StartupAction { get; init; }
}
