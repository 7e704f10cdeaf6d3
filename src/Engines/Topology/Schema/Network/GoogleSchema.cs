using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of <c>google</c>.</summary>
internal static class GoogleSchema
{
    public static readonly Setting<string> Project = Setting.Optional(
        "project", ValueKinds.Identifier("a project id", "contact-centre", "-:.", 64),
        "the cluster's name", "The project.");

    public static readonly Setting<string> Network = Setting.Optional(
        "network", CloudKinds.ResourceName, "`network`", "The name of the VPC network.");

    public static readonly Setting<GoogleRoutingMode> RoutingMode = Setting.Defaulting(
        "routingMode",
        ValueKinds.Word(("global", GoogleRoutingMode.Global), ("regional", GoogleRoutingMode.Regional)),
        GoogleRoutingMode.Global,
        "Whether routes learned in one region serve all of them.");

    public static readonly Setting<GoogleBestPathMode> BestPathMode = Setting.Defaulting(
        "bestPathMode",
        ValueKinds.Word(("standard", GoogleBestPathMode.Standard), ("legacy", GoogleBestPathMode.Legacy)),
        GoogleBestPathMode.Standard,
        "How routes of several Cloud Routers are compared.");

    public static readonly Setting<int> Mtu = Setting.Defaulting(
        "mtu", ValueKinds.Integer(1_000, 10_000, "1460"), 1_460, "Bytes of a packet in the network.");

    public static readonly Setting<bool> ExpectsTransit = Setting.Defaulting(
        "expectsTransit", ValueKinds.Flag, false,
        "Whether the design counts on Google carrying traffic from one AWS region to another.");

    public static readonly Setting<ImmutableArray<Written>> Firewall = Setting.Optional(
        "firewall", ValueKinds.ListOf(FilterSchema.Section), "what edges need", "The firewall's rules.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "Google Cloud: what all regions share.",
        Project, Network, RoutingMode, BestPathMode, Mtu, ExpectsTransit, Firewall);
}
