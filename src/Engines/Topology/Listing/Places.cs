namespace Farspan.Topology;

/// <summary>Tables of regions and of Google's half.</summary>
internal static class Places
{
    public static IEnumerable<ListedTable> Of(Network network)
    {
        yield return new TableOf<Region>("Regions", network.Regions)
            .With("google", region => region.GoogleRegion)
            .With("aws", region => region.AwsRegion)
            .With("transport", region => region.Transport)
            .With("supernet", region => region.Supernet)
            .With("googleRange", region => region.GoogleRange)
            .With("awsRange", region => region.AwsRange)
            .With("googleZones", region => region.GoogleZones)
            .With("awsZones", region => region.AwsZones)
            .With("fallback", region => region.Fallback)
            .With("weight", region => region.Weight).Make();
        yield return new TableOf<GoogleNetwork>("Google network", [network.GoogleNetwork])
            .With("network", google => google.Name)
            .With("project", google => google.Project)
            .With("routingMode", google => google.RoutingMode)
            .With("bestPathMode", google => google.BestPathMode)
            .With("mtu", google => google.Mtu).Make();
        yield return new TableOf<GoogleSubnet>("Subnets in Google Cloud", network.GoogleSubnets)
            .With("range", subnet => subnet.Range)
            .With("purpose", subnet => subnet.Purpose)
            .With("flowLogs", subnet => subnet.HasFlowLogs).Make();
        yield return new TableOf<CloudRouter>("Cloud Routers", network.Routers)
            .With("asn", router => router.Asn)
            .With("keepalive", router => router.Keepalive)
            .With("advertise", router => router.AdvertiseMode)
            .With("advertisedRanges", router => router.AdvertisedRanges)
            .With("priority", router => router.AdvertisedPriority).Make();
        yield return new TableOf<GoogleFirewallRule>("Google firewall", network.GoogleFirewall)
            .With("direction", rule => rule.Rule.Direction)
            .With("protocol", rule => rule.Rule.Protocol)
            .With("ports", rule => rule.Rule.Ports)
            .With("peers", rule => rule.Rule.Peers)
            .With("purpose", rule => rule.Rule.Purpose).Make();
    }
}
