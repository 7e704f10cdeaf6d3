using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of a region's <c>transitGateway</c>.</summary>
internal static class TransitGatewaySchema
{
    public static readonly Setting<uint> Asn = Setting.Optional(
        "asn", CloudKinds.Asn, "from `addresses.asnFirst`", "Its number; AWS's own default is 64512.");

    public static readonly Setting<uint> CoreNetworkAsn = Setting.Optional(
        "coreNetworkAsn", CloudKinds.Asn, "from `addresses.asnFirst`", "Of the core network in this region.");

    public static readonly Setting<ImmutableArray<IPNetwork>> Cidrs = Setting.Defaulting(
        "cidrs", ValueKinds.ListOf(NetworkKinds.Network), [], "For Connect attachments.");

    public static readonly Setting<bool> VpnEcmp = Setting.Defaulting(
        "vpnEcmp", ValueKinds.Flag, true, "Whether VPN tunnels share the load.");

    public static readonly Setting<bool> DefaultAssociation = Setting.Defaulting(
        "defaultAssociation", ValueKinds.Flag, false, "Whether attachments join the default table.");

    public static readonly Setting<bool> DefaultPropagation = Setting.Defaulting(
        "defaultPropagation", ValueKinds.Flag, false,
        "Whether attachments tell the default table their routes.");

    public static readonly Setting<bool> FlowLogs = Setting.Defaulting(
        "flowLogs", ValueKinds.Flag, true, "Whether flows are logged.");

    public static readonly Setting<bool> ApplianceMode = Setting.Defaulting(
        "applianceMode", ValueKinds.Flag, false, "Whether flows to the VPC keep to one zone.");

    public static readonly Setting<ImmutableArray<Written>> Tables = Setting.Optional(
        "tables", ValueKinds.ListOf(TransitTableSchema.Section, TopologyLimits.TransitTablesMax),
        "`main`, with every attachment, and summaries over the peerings", "Its route tables.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "The transit gateway.",
        Asn, CoreNetworkAsn, Cidrs, VpnEcmp, DefaultAssociation, DefaultPropagation, FlowLogs, ApplianceMode,
        Tables);
}
