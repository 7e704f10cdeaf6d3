using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>A VLAN of an interconnect, joined to a Cloud Router. Id <c>attachment/us-east4/a1</c>.</summary>
public sealed record VlanAttachment : NetworkElement
{
    public required string Router { get; init; }

    public required string Interconnect { get; init; }

    public required int Vlan { get; init; }

    /// <summary>1440, 1460, 1500 or 8896 bytes.</summary>
    public required int Mtu { get; init; }

    public required int BandwidthMbps { get; init; }

    /// <summary>Whether only IPsec may cross it.</summary>
    public required bool RequiresIpsec { get; init; }

    /// <summary>Where Google takes the two addresses from.</summary>
    public required ImmutableArray<IPNetwork> CandidateSubnets { get; init; }
}
