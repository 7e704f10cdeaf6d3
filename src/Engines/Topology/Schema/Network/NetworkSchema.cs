using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of the file that describe the network around the nodes.</summary>
internal static class NetworkSchema
{
    public static readonly Setting<ImmutableArray<Written>> Regions = Setting.Optional(
        "regions", ValueKinds.ListOf(RegionSchema.Section, TopologyLimits.RegionsMax),
        "the file describes nodes only",
        "The regions, each with a half in Google Cloud and a half in AWS.");

    public static readonly Setting<ImmutableArray<Written>> Carriers = Setting.Defaulting(
        "carriers", ValueKinds.ListOf(CarrierSchema.Section, TopologyLimits.CarriersMax), [],
        "The carriers of the network.");

    public static readonly Setting<Written> Addresses = Setting.Nested("addresses", AddressesSchema.Section);

    public static readonly Setting<Written> Google = Setting.Nested("google", GoogleSchema.Section);

    public static readonly Setting<Written> Aws = Setting.Nested("aws", AwsSchema.Section);

    public static readonly Setting<Written> Links = Setting.Nested("links", LinkSchema.Defaults);

    public static readonly Setting<Written> CrossRegion =
        Setting.Nested("crossRegion", CrossRegionSchema.Section);

    public static readonly Setting<Written> Edges = Setting.Nested("edges", EdgeSchema.Section);

    public static readonly Setting<Written> Connectors =
        Setting.Nested("connectors", ConnectorSchema.Section);

    public static readonly Setting<Written> ContactCenters =
        Setting.Nested("contactCenters", ContactCenterSchema.Section);

    public static readonly Setting<Written> Dns = WrittenSection.Optional(
        "dns", DnsSchema.Section, "carriers are given addresses");

    public static readonly Setting<Written> Monitoring =
        Setting.Nested("monitoring", MonitoringSchema.Section);

    public static readonly Setting<Written> Management =
        Setting.Nested("management", ManagementSchema.Section);

    public static readonly Setting<Written> Policies = Setting.Nested("policies", PoliciesSchema.Section);

    public static readonly Setting<ImmutableArray<Written>> Objectives = Setting.Defaulting(
        "objectives", ValueKinds.ListOf(ObjectiveSchema.Section), [], "What failures may cost.");

    public static readonly Setting<ImmutableArray<AcceptanceModel>> Accept = Setting.Defaulting(
        "accept", ValueKinds.ListOf(AcceptanceSchema.Section), [], "Warnings that are known.");

    public static ImmutableArray<Setting> Settings { get; } =
    [
        Regions, Carriers, Addresses, Google, Aws, Links, CrossRegion, Edges, Connectors, ContactCenters, Dns,
        Monitoring, Management, Policies, Objectives, Accept,
    ];
}
