using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of a region.</summary>
internal static class RegionSchema
{
    public static readonly Setting<string> Name = Setting.Required(
        "name", ValueKinds.Name("region"), "What the rest of the file, findings and drills call it.");

    public static readonly Setting<string> Google = Setting.Required(
        "google", CloudKinds.GoogleRegion, "The region of Google Cloud.");

    public static readonly Setting<string> Aws = Setting.Required(
        "aws", CloudKinds.AwsRegion, "The AWS region.");

    public static readonly Setting<int> Weight = Setting.Defaulting(
        "weight", ValueKinds.Integer(0, 10_000, "100"), 100, "Its share of new calls.");

    public static readonly Setting<IPNetwork> Supernet = Setting.Optional(
        "supernet", NetworkKinds.Network, "the next part of `addresses.pool`", "All it may ever use.");

    public static readonly Setting<IPNetwork> GoogleRange = Setting.Optional(
        "googleRange", NetworkKinds.Network, "the first sixteenth of `supernet`",
        "Its subnets in Google Cloud.");

    public static readonly Setting<IPNetwork> AwsRange = Setting.Optional(
        "awsRange", NetworkKinds.Network, "the second sixteenth of `supernet`", "Its VPC in AWS.");

    public static readonly Setting<ImmutableArray<string>> GoogleZones = Setting.Optional(
        "googleZones", ValueKinds.NonEmptyListOf(CloudKinds.Zone), "three of the region", "Zones of edges.");

    public static readonly Setting<ImmutableArray<string>> AwsZones = Setting.Optional(
        "awsZones", ValueKinds.NonEmptyListOf(CloudKinds.Zone), "three of the region",
        "Zones of connectors.");

    public static readonly Setting<LinkTransport> Transport = Setting.Optional(
        "transport", CloudKinds.Transport, "`links.transport`", "How its two halves are joined.");

    public static readonly Setting<string> Fallback = Setting.Optional(
        "fallback", ValueKinds.ReferenceTo("region"), "the next region",
        "The region whose links are used when this one has none left.");

    public static readonly Setting<Written> Router =
        WrittenSection.Optional("router", RouterSchema.Section, "see below");

    public static readonly Setting<ImmutableArray<Written>> Subnets = Setting.Defaulting(
        "subnets", ValueKinds.ListOf(GoogleSubnetSchema.Section), [],
        "Further subnets in Google Cloud, beside the edges' own.");

    public static readonly Setting<ImmutableArray<Written>> Links = Setting.Optional(
        "links", ValueKinds.ListOf(LinkSchema.Section, TopologyLimits.LinksOfRegionMax),
        "`links.count` of them", "The links of its two halves.");

    public static readonly Setting<Written> DirectConnectGateway = WrittenSection.Optional(
        "directConnectGateway", DirectConnectGatewaySchema.Section, "see below");

    public static readonly Setting<Written> TransitGateway = WrittenSection.Optional(
        "transitGateway", TransitGatewaySchema.Section, "see below");

    public static readonly Setting<Written> Vpc =
        WrittenSection.Optional("vpc", VpcSchema.Section, "see below");

    public static readonly Setting<Written> Edge =
        WrittenSection.Optional("edge", EdgeSchema.Section, "as `edges` says");

    public static readonly Setting<Written> Connector =
        WrittenSection.Optional("connector", ConnectorSchema.Section, "as `connectors` says");

    public static readonly Setting<Written> Connect =
        WrittenSection.Optional("connect", ContactCenterSchema.Section, "as `contactCenters` says");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "A region: a half in Google Cloud, where carriers enter, and a half in AWS, where Amazon Connect is.",
        Name, Google, Aws, Weight, Supernet, GoogleRange, AwsRange, GoogleZones, AwsZones, Transport,
        Fallback,
        Router, Subnets, Links, DirectConnectGateway, TransitGateway, Vpc, Edge, Connector, Connect);
}
