using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// Every rule of the network, family by family: this list is the catalogue. Rules are pure functions; the order
/// of findings is that of the file.
/// </summary>
public static class NetworkRules
{
    private static readonly ImmutableArray<NetworkRule> Checks =
    [
        .. AddressRules.All,
        .. BgpNumberRules.All, .. BgpSessionRules.All, .. BgpRouteRules.All,
        .. InterconnectRules.All, .. DirectConnectRules.All, .. VpnRules.All,
        .. TransitPeeringRules.All, .. TransitGatewayRules.All,
        .. VpcRules.All,
        .. LoadBalancerRules.All, .. HealthCheckRules.All,
        .. SipTrunkRules.All, .. MediaRules.All,
        .. CapacityRules.All, .. ConnectRules.All,
        .. OperationRules.All,
    ];

    /// <summary>What the rules say, families in the order above, ids ascending.</summary>
    public static ImmutableArray<FindingRule> All { get; } =
    [
        .. Checks.Select(check => check.Description)
            .GroupBy(rule => rule.Family)
            .SelectMany(family => family.OrderBy(rule => rule.Id, StringComparer.Ordinal)),
    ];

    /// <summary>Everything that is wrong with a network.</summary>
    /// <param name="network">What the file describes, everything derived filled in.</param>
    /// <param name="today">For what expires.</param>
    public static ImmutableArray<Finding> Check(Network network, DateOnly today) =>
    [
        .. Checks.SelectMany(rule => rule.FindIn(network, today))
            .OrderBy(finding => finding.Place.Line)
            .ThenBy(finding => finding.Place.Column),
    ];
}
