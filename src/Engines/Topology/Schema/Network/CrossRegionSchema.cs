namespace Farspan.Topology;

/// <summary>The keys of <c>crossRegion</c>.</summary>
internal static class CrossRegionSchema
{
    public static readonly Setting<CrossRegionKind> Kind = Setting.Defaulting(
        "kind",
        ValueKinds.Word(
            ("peering", CrossRegionKind.Peering), ("cloud-wan", CrossRegionKind.CloudWan),
            ("none", CrossRegionKind.None)),
        CrossRegionKind.Peering,
        "What joins the transit gateways: peerings between all of them, or a Cloud WAN core network.");

    public static readonly Setting<PeeringFallback> Fallback = Setting.Defaulting(
        "fallback",
        ValueKinds.Word(
            ("summaries", PeeringFallback.Summaries), ("controller", PeeringFallback.Controller),
            ("none", PeeringFallback.None)),
        PeeringFallback.Summaries,
        "How traffic goes over a peering when a region's links are gone. Peerings carry no BGP: `summaries` "
        + "are less specific static routes, `controller` is a process that swaps static routes.");

    public static readonly Setting<bool> ExpectsBgp = Setting.Defaulting(
        "expectsBgp", ValueKinds.Flag, false, "Whether the design counts on BGP over peerings.");

    public static readonly Setting<bool> ExpectsNames = Setting.Defaulting(
        "expectsNames", ValueKinds.Flag, false,
        "Whether the design counts on DNS or security groups being known across peerings.");

    public static readonly Setting<bool> Accepted = Setting.Defaulting(
        "accepted", ValueKinds.Flag, true, "Whether the other side accepts peerings.");

    public static readonly Setting<string> AccepterRegion = Setting.Optional(
        "accepterRegion", CloudKinds.AwsRegion, "the accepting transit gateway's",
        "Where peerings are accepted.");

    public static readonly Setting<string> PeerAccount = Setting.Optional(
        "peerAccount", ValueKinds.Identifier("an AWS account", "123456789012", "", 12), "`aws.account`",
        "The account of the accepting side.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "How AWS regions reach one another.",
        Kind, Fallback, ExpectsBgp, ExpectsNames, Accepted, AccepterRegion, PeerAccount);
}

/// <summary>What joins the transit gateways.</summary>
internal enum CrossRegionKind
{
    Peering,
    CloudWan,
    None,
}
