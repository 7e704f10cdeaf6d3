using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of a region's <c>vpc</c>.</summary>
internal static class VpcSchema
{
    public static readonly Setting<bool> FlowLogs = Setting.Defaulting(
        "flowLogs", ValueKinds.Flag, true, "Whether flows are logged.");

    public static readonly Setting<ImmutableArray<Written>> Subnets = Setting.Optional(
        "subnets", ValueKinds.NonEmptyListOf(AwsSubnetSchema.Section),
        "in each zone one for connectors, one for NAT, and a /28 for the transit gateway", "The subnets.");

    public static readonly Setting<ImmutableArray<string>> AttachmentSubnets = Setting.Optional(
        "attachmentSubnets", ValueKinds.ListOf(CloudKinds.ResourceName), "those that are for it",
        "Subnets in which the transit gateway has an interface.");

    public static readonly Setting<ImmutableArray<IPNetwork>> TransitRoutes = Setting.Optional(
        "transitRoutes", ValueKinds.ListOf(NetworkKinds.Network), "`addresses.pool`",
        "What the VPC's tables send to the transit gateway.");

    public static readonly Setting<ImmutableArray<Written>> SecurityGroup = Setting.Optional(
        "securityGroup", ValueKinds.ListOf(FilterSchema.Section), "what connectors need",
        "The connectors' security group.");

    public static readonly Setting<ImmutableArray<Written>> NetworkAcl = Setting.Optional(
        "networkAcl", ValueKinds.ListOf(FilterSchema.Section), "what connectors need, both ways",
        "The connectors' network ACL, in order.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "The VPC.", FlowLogs, Subnets, AttachmentSubnets, TransitRoutes, SecurityGroup, NetworkAcl);
}
