using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of a static route of a transit gateway.</summary>
internal static class TransitRouteSchema
{
    public const string Blackhole = "blackhole";

    public static readonly Setting<IPNetwork> Prefix = Setting.Required(
        "prefix", NetworkKinds.Network, "Where to.");

    public static readonly Setting<string> To = Setting.Required(
        "to", CloudKinds.ResourceName,
        "The attachment: `vpc`, `dxgw`, `vpn-0`, the AWS region of a peering, or `blackhole`.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "A static route of a transit gateway.", Prefix, To);
}
