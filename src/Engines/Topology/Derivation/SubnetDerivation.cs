using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>A VPC's subnets and their route tables.</summary>
internal static class SubnetDerivation
{
    // Of a /16: connectors get /20s from its start, NAT gateways /24s from .192.0, the transit gateway /28s
    // from .255.0. Other lengths are divided alike.
    private const int ConnectorBits = 4;
    private const int PublicBits = 8;
    private const int PublicFirst = 192;
    private const int TransitBits = 12;
    private const int TransitFirst = 255 * 16;

    public static void Add(NetworkPlan plan, RegionPlan region, NetworkParts parts)
    {
        var subnets = region.Inside(RegionSchema.Vpc).FindNumber(VpcSchema.Subnets) is { } written
            ? written.Select(subnet => Written(plan, region, subnet))
            : Derived(plan, region);
        var made = subnets.ToImmutableArray();
        parts.AwsSubnets.AddRange(made);
        parts.RouteTables.AddRange(made
            .DistinctBy(subnet => subnet.RouteTable)
            .Select(subnet => RouteTable(plan, region, subnet)));
    }

    /// <summary>Those in which the transit gateway has an interface.</summary>
    public static ImmutableArray<string> AttachmentSubnets(RegionPlan region, NetworkParts parts)
    {
        var vpc = region.Inside(RegionSchema.Vpc);
        var own = parts.AwsSubnets.Where(subnet => subnet.Vpc == region.Vpc).ToArray();
        if (vpc.FindNumber(VpcSchema.AttachmentSubnets) is not { } names)
        {
            var meant = own.Where(subnet => subnet.Purpose == AwsSubnetPurpose.TransitAttachment);
            return [.. meant.Select(subnet => subnet.Id)];
        }

        var known = own.Select(subnet => LastPart(subnet.Id)).ToArray();
        foreach (var name in names.Except(known))
        {
            Unknown.Report(vpc, VpcSchema.AttachmentSubnets, "subnet", name, known);
        }

        return [.. names.Intersect(known).Select(name => $"subnet/{region.Aws}/{name}")];
    }

    private static string LastPart(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static AwsSubnet Written(NetworkPlan plan, RegionPlan region, Written subnet) => Make(
        plan,
        region,
        subnet.Get(AwsSubnetSchema.Name),
        subnet.Get(AwsSubnetSchema.Zone),
        subnet.Get(AwsSubnetSchema.Range),
        subnet.Get(AwsSubnetSchema.Purpose)) with
    {
        Origin = subnet.Origin,
    };

    private static IEnumerable<AwsSubnet> Derived(NetworkPlan plan, RegionPlan region)
    {
        foreach (var (index, zone) in region.Element.AwsZones.Index())
        {
            var letter = zone.StartsWith(region.Aws, StringComparison.Ordinal)
                ? zone[region.Aws.Length..].TrimStart('-')
                : zone;
            yield return Make(
                plan, region, $"connector-{letter}", zone, Part(region, ConnectorBits, index),
                AwsSubnetPurpose.Connector);
            yield return Make(
                plan, region, $"public-{letter}", zone, Part(region, PublicBits, PublicFirst + index),
                AwsSubnetPurpose.Public);
            yield return Make(
                plan, region, $"transit-{letter}", zone, Part(region, TransitBits, TransitFirst + index),
                AwsSubnetPurpose.TransitAttachment);
        }
    }

    private static IPNetwork Part(RegionPlan region, int bits, int index)
    {
        var range = region.Element.AwsRange;
        if (range.TryTake(range.PrefixLength + bits, index, out var part))
        {
            return part;
        }

        region.Written.Report(
            RegionSchema.AwsRange, FindingRules.Contradiction, $"{range} is too small for the VPC's subnets",
            "Write a range of /16 to /20, or the VPC's `subnets`.");
        return range;
    }

    private static AwsSubnet Make(
        NetworkPlan plan, RegionPlan region, string name, string zone, IPNetwork range,
        AwsSubnetPurpose purpose) => new()
        {
            Id = $"subnet/{region.Aws}/{name}",
            Name = $"{plan.Prefix}-{name}",
            Region = region.Name,
            Origin = region.OriginOf(RegionSchema.Vpc).Or(region.Written.Origin).Derived(),
            Vpc = region.Vpc,
            Zone = zone,
            Range = range,
            Purpose = purpose,
            RouteTable = $"route-table/{region.Aws}/" + purpose switch
            {
                AwsSubnetPurpose.Connector => name,
                AwsSubnetPurpose.Public => "public",
                _ => "transit",
            },
            NetworkAcl = purpose == AwsSubnetPurpose.Connector ? ConnectorFilters.AclOf(region) : "",
        };

    private static AwsRouteTable RouteTable(NetworkPlan plan, RegionPlan region, AwsSubnet subnet)
    {
        var inside = region.Inside(RegionSchema.Vpc).FindNumber(VpcSchema.TransitRoutes) ?? [plan.Pool];
        var toTransit = inside.Select(prefix =>
            new AwsRoute(prefix, AwsRouteTarget.TransitGateway, region.TransitGateway));
        IEnumerable<AwsRoute> routes = subnet.Purpose switch
        {
            AwsSubnetPurpose.Connector =>
                [.. toTransit, new(Filters.Everywhere, AwsRouteTarget.NatGateway, subnet.Zone)],
            AwsSubnetPurpose.Public =>
                [.. toTransit, new(Filters.Everywhere, AwsRouteTarget.InternetGateway, "")],
            _ => [],
        };
        return new AwsRouteTable
        {
            Id = subnet.RouteTable,
            Name = $"{plan.Prefix}-{LastPart(subnet.RouteTable)}",
            Region = region.Name,
            Origin = subnet.Origin.Derived(),
            Vpc = region.Vpc,
            Routes = [.. routes],
        };
    }
}
