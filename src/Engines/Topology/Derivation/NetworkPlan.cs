using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>What every step of the derivation asks for: the regions, the names, the numbers.</summary>
internal sealed class NetworkPlan
{
    private const uint TransitGatewayAsns = 100;
    private const uint DirectConnectGatewayAsns = 200;
    private const uint CoreNetworkAsns = 300;
    private const uint ColoAsns = 400;
    private const int RangesMax = 16;

    public NetworkPlan(WrittenNetwork written)
    {
        Written = written;
        Pool = written.Addresses.Get(AddressesSchema.Pool);
        Prefix = (written.Policies.Find(PoliciesSchema.NamePrefix) ?? NameOf(written.Cluster));
        Regions = RegionDerivation.RegionsOf(written);
        PeakCalls = written.Carriers.Sum(carrier => (long)carrier.Get(CarrierSchema.PeakCalls));
        PeakCallsPerSecond = written.Carriers.Sum(CarrierDerivation.PeakCallsPerSecond);
        Headroom = written.Objectives
            .Select(objective => objective.FindNumber(ObjectiveSchema.Headroom) ?? 0)
            .Append(0)
            .Max();
    }

    public WrittenNetwork Written { get; }

    public IPNetwork Pool { get; }

    /// <summary>Before every name in the clouds.</summary>
    public string Prefix { get; }

    public ImmutableArray<RegionPlan> Regions { get; }

    public long PeakCalls { get; }

    public double PeakCallsPerSecond { get; }

    /// <summary>Percent beyond the peak that some objective asks for.</summary>
    public int Headroom { get; }

    public bool HasPeerings => Regions.Length > 1
        && Written.CrossRegion.Get(CrossRegionSchema.Kind) == CrossRegionKind.Peering;

    public bool HasCoreNetwork => Regions.Length > 1
        && Written.CrossRegion.Get(CrossRegionSchema.Kind) == CrossRegionKind.CloudWan;

    public bool HasSummaries => HasPeerings
        && Written.CrossRegion.Get(CrossRegionSchema.Fallback) == PeeringFallback.Summaries;

    /// <summary>Whether another region's links are to carry what a region's own cannot.</summary>
    public bool HasFallback => HasCoreNetwork || (HasPeerings
        && Written.CrossRegion.Get(CrossRegionSchema.Fallback) != PeeringFallback.None);

    /// <summary>
    /// Everything inside, in few ranges, for a security group's 60 lines: supernets, where they hold the rest.
    /// </summary>
    public ImmutableArray<IPNetwork> Inside => RegionRanges.Length <= RangesMax ? RegionRanges : InsideShort;

    /// <summary>The same in one range, if the pool holds it all.</summary>
    public ImmutableArray<IPNetwork> InsideShort =>
        RegionRanges.All(range => Pool.Covers(range)) ? [Pool] : RegionRanges;

    private ImmutableArray<IPNetwork> RegionRanges => [.. Regions.SelectMany(RangesOf)];

    /// <summary>Whatever runs in Google Cloud may talk to any connector, and the reverse.</summary>
    public ImmutableArray<IPNetwork> GoogleRanges => [.. Regions.Select(r => r.Element.GoogleRange)];

    public ImmutableArray<IPNetwork> AwsRanges => [.. Regions.Select(r => r.Element.AwsRange)];

    public uint RouterAsn(RegionPlan region) => Asn(0, region.Index);

    public uint TransitGatewayAsn(RegionPlan region) => Asn(TransitGatewayAsns, region.Index);

    public uint DirectConnectGatewayAsn(RegionPlan region) => Asn(DirectConnectGatewayAsns, region.Index);

    public uint CoreNetworkAsn(RegionPlan region) => Asn(CoreNetworkAsns, region.Index);

    /// <param name="index">Of the router, among all of the network.</param>
    public uint ColoAsn(int index) => Asn(ColoAsns, index);

    /// <summary>
    /// The region of this name; null for one that does not exist, which is reported elsewhere.
    /// </summary>
    public RegionPlan? Find(string? name) => Regions.FirstOrDefault(region => region.Name == name);

    /// <summary>Instances that carry the whole peak though one zone is gone; at least two.</summary>
    /// <param name="zones">Over which they are spread evenly.</param>
    /// <param name="callsMax">Of one instance.</param>
    /// <param name="callsPerSecondMax">Of one instance.</param>
    public int InstancesFor(int zones, int callsMax, double callsPerSecondMax)
    {
        var factor = 1 + (Headroom / 100.0);
        var needed = Math.Max(PeakCalls * factor / callsMax, PeakCallsPerSecond * factor / callsPerSecondMax);
        var perZone = Math.Max(1, Math.Ceiling(needed / Math.Max(1, zones - 1)));
        return (int)Math.Min(10_000, Math.Max(2, zones < 2 ? perZone + 1 : perZone * zones));
    }

    /// <summary>A name that both clouds take (RFC 1035 §2.3.1).</summary>
    public static string NameOf(string text) =>
        string.Concat(text.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-')).Trim('-');

    private static IEnumerable<IPNetwork> RangesOf(RegionPlan region)
    {
        var element = region.Element;
        return element.Supernet.Covers(element.GoogleRange) && element.Supernet.Covers(element.AwsRange)
            ? [element.Supernet]
            : [element.GoogleRange, element.AwsRange];
    }

    private uint Asn(uint offset, int index) =>
        unchecked(Written.Addresses.Get(AddressesSchema.AsnFirst) + offset + (uint)index);
}
