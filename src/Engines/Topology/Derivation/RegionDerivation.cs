using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>Gives every region its addresses, zones and fallback.</summary>
internal static class RegionDerivation
{
    /// <summary>
    /// A region has this many halves of its supernet's sixteenth: Google first, AWS second.
    /// </summary>
    private const int BitsBelowSupernet = 4;

    /// <summary>Regions of Google Cloud whose zones are not a, b and c.</summary>
    private static readonly ImmutableArray<(string Region, string Zones)> OddGoogleZones =
        [("us-east1", "bcd"), ("europe-west1", "bcd"), ("us-central1", "abc")];

    public static ImmutableArray<RegionPlan> RegionsOf(WrittenNetwork network)
    {
        var taken = network.Regions.SelectMany(WrittenRanges).ToList();
        var plans = ImmutableArray.CreateBuilder<RegionPlan>(network.Regions.Length);
        foreach (var (index, written) in network.Regions.Index())
        {
            var supernet = SupernetOf(network, written, taken);
            plans.Add(new RegionPlan(index, Make(network, index, supernet), written));
        }

        return plans.MoveToImmutable();
    }

    private static Region Make(WrittenNetwork network, int index, IPNetwork supernet)
    {
        var written = network.Regions[index];
        var name = written.Get(RegionSchema.Name);
        var google = written.Get(RegionSchema.Google);
        var aws = written.Get(RegionSchema.Aws);
        return new Region
        {
            Id = $"region/{name}",
            Name = name,
            Region = name,
            Origin = written.Origin,
            GoogleRegion = google,
            AwsRegion = aws,
            GoogleZones = written.FindNumber(RegionSchema.GoogleZones) ?? GoogleZonesOf(google),
            AwsZones = written.FindNumber(RegionSchema.AwsZones) ?? [$"{aws}a", $"{aws}b", $"{aws}c"],
            Supernet = supernet,
            GoogleRange = written.FindNumber(RegionSchema.GoogleRange) ?? Part(written, supernet, 0),
            AwsRange = written.FindNumber(RegionSchema.AwsRange) ?? Part(written, supernet, 1),
            Transport = written.FindNumber(RegionSchema.Transport) ?? network.Links.Get(LinkSchema.Transport),
            Fallback = written.Find(RegionSchema.Fallback) ?? NextOf(network, index),
            Weight = written.Get(RegionSchema.Weight),
        };
    }

    private static string NextOf(WrittenNetwork network, int index) => network.Regions.Length == 1
        ? ""
        : network.Regions[(index + 1) % network.Regions.Length].Get(RegionSchema.Name);

    private static ImmutableArray<string> GoogleZonesOf(string region)
    {
        var odd = OddGoogleZones.FirstOrDefault(pair => pair.Region == region).Zones ?? "abc";
        return [.. odd.Select(letter => $"{region}-{letter}")];
    }

    private static IEnumerable<IPNetwork> WrittenRanges(Written region) =>
        new[] { RegionSchema.Supernet, RegionSchema.GoogleRange, RegionSchema.AwsRange }
            .Select(region.FindNumber)
            .OfType<IPNetwork>();

    /// <summary>What is written, or else the next part of the pool that nobody has.</summary>
    private static IPNetwork SupernetOf(WrittenNetwork network, Written region, List<IPNetwork> taken)
    {
        if (region.FindNumber(RegionSchema.Supernet) is { } written)
        {
            return written;
        }

        if (region.FindNumber(RegionSchema.GoogleRange) is { } google
            && region.FindNumber(RegionSchema.AwsRange) is { } aws)
        {
            return CommonOf(google, aws);
        }

        var pool = network.Addresses.Get(AddressesSchema.Pool);
        var length = network.Addresses.Get(AddressesSchema.RegionPrefixLength);
        for (var index = 0; pool.TryTake(length, index, out var part); index++)
        {
            if (!taken.Exists(range => range.Overlaps(part)))
            {
                taken.Add(part);
                return part;
            }
        }

        network.Addresses.Report(
            AddressesSchema.Pool, FindingRules.Contradiction,
            $"{pool} has no /{length} left for the region '{region.Get(RegionSchema.Name)}'",
            "Write a larger pool, a longer `regionPrefixLength`, or the region's `supernet`.");
        return pool;
    }

    private static IPNetwork CommonOf(IPNetwork a, IPNetwork b)
    {
        var length = Math.Min(a.PrefixLength, b.PrefixLength);
        var common = Cidr.Around(a.BaseAddress, length);
        while (length > 0 && !(common.Covers(a) && common.Covers(b)))
        {
            common = Cidr.Around(a.BaseAddress, --length);
        }

        return common;
    }

    private static IPNetwork Part(Written region, IPNetwork supernet, int index)
    {
        if (supernet.TryTake(supernet.PrefixLength + BitsBelowSupernet, index, out var part))
        {
            return part;
        }

        region.Report(
            RegionSchema.Supernet, FindingRules.Contradiction,
            $"{supernet} is too small to be divided", "Write a larger one, or `googleRange` and `awsRange`.");
        return supernet;
    }
}
