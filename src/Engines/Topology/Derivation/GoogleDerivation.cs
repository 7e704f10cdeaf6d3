namespace Farspan.Topology;

/// <summary>Google's half: the network, its subnets and Cloud Routers.</summary>
internal static class GoogleDerivation
{
    public const string NetworkId = "vpc/google";

    /// <summary>What the first subnet of a region takes of its range.</summary>
    private const int EdgeSubnetBits = 8;

    public static GoogleNetwork NetworkOf(NetworkPlan plan)
    {
        var google = plan.Written.Google;
        return new GoogleNetwork
        {
            Id = NetworkId,
            Name = google.Find(GoogleSchema.Network) ?? $"{plan.Prefix}-network",
            Region = "",
            Origin = google.Origin,
            Project = google.Find(GoogleSchema.Project) ?? NetworkPlan.NameOf(plan.Written.Cluster),
            RoutingMode = google.Get(GoogleSchema.RoutingMode),
            BestPathMode = google.Get(GoogleSchema.BestPathMode),
            Mtu = google.Get(GoogleSchema.Mtu),
            ExpectsTransit = google.Get(GoogleSchema.ExpectsTransit),
        };
    }

    public static void Add(NetworkPlan plan, NetworkParts parts)
    {
        foreach (var region in plan.Regions)
        {
            parts.GoogleSubnets.Add(EdgeSubnet(plan, region));
            parts.GoogleSubnets.AddRange(region.Written.Get(RegionSchema.Subnets)
                .Select(subnet => Subnet(plan, region, subnet)));
            parts.Routers.Add(Router(plan, region));
        }
    }

    private static GoogleSubnet EdgeSubnet(NetworkPlan plan, RegionPlan region)
    {
        var edge = region.Inside(RegionSchema.Edge).Or(plan.Written.Edges);
        var range = region.Element.GoogleRange;
        if (!range.TryTake(range.PrefixLength + EdgeSubnetBits, 0, out var derived))
        {
            derived = range;
        }

        return new GoogleSubnet
        {
            Id = $"subnet/{region.Google}/edge",
            Name = $"{plan.Prefix}-edge-{region.Google}",
            Region = region.Name,
            Origin = edge.Origin.Derived(),
            GoogleRegion = region.Google,
            Range = edge.FindNumber(EdgeSchema.Subnet) ?? derived,
            Purpose = GoogleSubnetPurpose.Workload,
            HasFlowLogs = true,
        };
    }

    private static GoogleSubnet Subnet(NetworkPlan plan, RegionPlan region, Written subnet)
    {
        var name = subnet.Get(GoogleSubnetSchema.Name);
        return new GoogleSubnet
        {
            Id = $"subnet/{region.Google}/{name}",
            Name = $"{plan.Prefix}-{name}-{region.Google}",
            Region = region.Name,
            Origin = subnet.Origin,
            GoogleRegion = region.Google,
            Range = subnet.Get(GoogleSubnetSchema.Range),
            Purpose = subnet.Get(GoogleSubnetSchema.Purpose),
            HasFlowLogs = subnet.Get(GoogleSubnetSchema.FlowLogs),
        };
    }

    private static CloudRouter Router(NetworkPlan plan, RegionPlan region)
    {
        var router = region.Inside(RegionSchema.Router);
        return new CloudRouter
        {
            Id = region.Router,
            Name = router.Find(RouterSchema.Name) ?? $"{plan.Prefix}-router-{region.Google}",
            Region = region.Name,
            Origin = region.OriginOf(RegionSchema.Router),
            GoogleRegion = region.Google,
            Asn = AsnOf(plan, region),
            Keepalive = router.Get(RouterSchema.Keepalive),
            IdentifierRange = router.FindNumber(RouterSchema.IdentifierRange),
            AdvertiseMode = router.Get(RouterSchema.Advertise),
            AdvertisesAllSubnets = router.Get(RouterSchema.AdvertisesAllSubnets),
            AdvertisedRanges = router.Get(RouterSchema.AdvertisedRanges),
            AdvertisedPriority = router.Get(RouterSchema.Priority),
        };
    }

    public static uint? AsnOf(NetworkPlan plan, RegionPlan region)
    {
        var router = region.Inside(RegionSchema.Router);
        return router.Get(RouterSchema.HasAsn)
            ? router.FindNumber(RouterSchema.Asn) ?? plan.RouterAsn(region)
            : null;
    }
}
