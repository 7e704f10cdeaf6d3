using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>A transit gateway, the hub of a region in AWS. Id <c>tgw/us-east-1</c>.</summary>
public sealed record TransitGateway : NetworkElement
{
    public required string AwsRegion { get; init; }

    public required uint Asn { get; init; }

    /// <summary>For Connect attachments; usually empty.</summary>
    public required ImmutableArray<IPNetwork> Cidrs { get; init; }

    /// <summary>Whether several VPN tunnels share the load.</summary>
    public required bool HasVpnEcmp { get; init; }

    /// <summary>Whether new attachments join the default table by themselves.</summary>
    public required bool HasDefaultAssociation { get; init; }

    /// <summary>Whether new attachments tell the default table their routes by themselves.</summary>
    public required bool HasDefaultPropagation { get; init; }

    public required bool HasFlowLogs { get; init; }
}
