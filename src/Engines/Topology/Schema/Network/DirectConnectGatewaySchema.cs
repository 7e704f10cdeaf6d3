using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of a region's <c>directConnectGateway</c>.</summary>
internal static class DirectConnectGatewaySchema
{
    public static readonly Setting<string> Name = Setting.Optional(
        "name", CloudKinds.ResourceName, "the region's", "Regions that name the same one share it.");

    public static readonly Setting<uint> Asn = Setting.Optional(
        "asn", CloudKinds.Asn, "from `addresses.asnFirst`", "Its number; AWS's own default is 64512.");

    public static readonly Setting<ImmutableArray<IPNetwork>> AllowedPrefixes = Setting.Optional(
        "allowedPrefixes", ValueKinds.ListOf(NetworkKinds.Network),
        "`awsRange`, and with a fallback the pool", "What AWS tells Google, alive or not.");

    public static readonly Setting<bool> PrivateInterface = Setting.Defaulting(
        "privateInterface", ValueKinds.Flag, false, "Whether it serves a virtual private gateway besides.");

    public static readonly Setting<bool> SiteLink = Setting.Defaulting(
        "siteLink", ValueKinds.Flag, false, "Whether virtual interfaces reach one another through it.");

    public static readonly Setting<bool> ExpectsTransit = Setting.Defaulting(
        "expectsTransit", ValueKinds.Flag, false,
        "Whether the design counts on transit gateways reaching one another through it.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "The Direct Connect gateway.",
        Name, Asn, AllowedPrefixes, PrivateInterface, SiteLink, ExpectsTransit);
}
