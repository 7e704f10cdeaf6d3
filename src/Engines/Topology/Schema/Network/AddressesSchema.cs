using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of <c>addresses</c>.</summary>
internal static class AddressesSchema
{
    public static readonly Setting<IPNetwork> Pool = Setting.Defaulting(
        "pool", NetworkKinds.Network, IPNetwork.Parse("10.0.0.0/8"),
        "What every region's addresses are taken from, region by region.");

    public static readonly Setting<int> RegionPrefixLength = Setting.Defaulting(
        "regionPrefixLength", ValueKinds.Integer(8, 24, "12"), 12,
        "How much a region may ever use: a supernet of this length, half of it kept for growth.");

    public static readonly Setting<IPNetwork> LinkLocal = Setting.Defaulting(
        "linkLocal", NetworkKinds.Network, IPNetwork.Parse("169.254.64.0/18"),
        "What the addresses of BGP sessions are taken from (RFC 3927 §2.1).");

    public static readonly Setting<uint> AsnFirst = Setting.Defaulting(
        "asnFirst", CloudKinds.Asn, 64_600u,
        "Private numbers of autonomous systems start here (RFC 6996 §5).");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "What addresses and AS numbers are taken from.", Pool, RegionPrefixLength, LinkLocal, AsnFirst);
}
