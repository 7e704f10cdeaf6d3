using Farspan.Topology;

namespace Farspan.Render;

/// <summary>Google's half of a region: subnets, Cloud Router, NAT; the edges are in <see cref="EdgeFiles"/>.</summary>
internal sealed class GoogleRegionModule(NetworkIndex index, Region region)
{
    private readonly TerraformModule _module = new($"terraform/modules/{region.Name}-google");

    public TerraformModule Render()
    {
        _module.Require(TerraformVersions.Google);
        _module.Variable("network_id", "string", "The network that the subnets belong to.");
        foreach (var subnet in NetworkIndex.In(index.Network.GoogleSubnets, region))
        {
            Subnet(subnet);
        }

        foreach (var router in NetworkIndex.In(index.Network.Routers, region))
        {
            Router(router);
        }

        foreach (var address in NetworkIndex.In(index.Network.Addresses, region))
        {
            Address(address);
        }

        Nat();
        new EdgeFiles(index, region, _module).Render();
        return _module;
    }

    private void Subnet(GoogleSubnet subnet)
    {
        var isProxy = subnet.Purpose == GoogleSubnetPurpose.ProxyOnly;
        _module.File("subnets.tf").Resource("google_compute_subnetwork", Names.Local(subnet), resource => resource
            .Set("name", subnet.Name)
            .Set("region", subnet.GoogleRegion)
            .Set("network", Hcl.Reference("var.network_id"))
            .Set("ip_cidr_range", subnet.Range.ToString())
            .Set("purpose", isProxy ? "REGIONAL_MANAGED_PROXY" : null)
            .Set("role", isProxy ? "ACTIVE" : null)
            .Set("private_ip_google_access", isProxy ? null : true)
            .When(subnet.HasFlowLogs && !isProxy, r => r.Block("log_config", log => log
                .Set("aggregation_interval", "INTERVAL_1_MIN")
                .Set("flow_sampling", 0.1)
                .Set("metadata", "INCLUDE_ALL_METADATA"))));
    }

    private void Router(CloudRouter router)
    {
        var isCustom = router.AdvertiseMode == AdvertiseMode.Custom;
        _module.File("router.tf")
            .Comment($"{router.Id}: speaks BGP for {region.GoogleRegion}. A Cloud Router does not pass on what it "
                + "learns on one link to another one.")
            .Resource("google_compute_router", Names.Local(router), resource => resource
                .Set("name", router.Name)
                .Set("region", router.GoogleRegion)
                .Set("network", Hcl.Reference("var.network_id"))
                .Block("bgp", bgp => bgp
                    .Set("asn", router.Asn is { } asn ? asn : null)
                    .Set("keepalive_interval", Seconds.Of(router.Keepalive))
                    .Set("identifier_range", router.IdentifierRange is { } range ? range.ToString() : null)
                    .Set("advertise_mode", isCustom ? "CUSTOM" : "DEFAULT")
                    .Set("advertised_groups", isCustom && router.AdvertisesAllSubnets ? Hcl.List("ALL_SUBNETS") : null)
                    .Each(isCustom ? router.AdvertisedRanges : [], (b, range) => b
                        .Block("advertised_ip_ranges", r => r.Set("range", range.ToString())))));
        _module.Output(
            $"router_{Names.Local(router)}_name",
            Hcl.Reference($"google_compute_router.{Names.Local(router)}.name"),
            "The Cloud Router, for interfaces and peers.");
    }

    private void Address(ExternalAddress address)
    {
        var name = Names.Local(address);
        _module.File("addresses.tf")
            .Comment("Carriers know this address: it outlives every instance behind it.")
            .Resource("google_compute_address", name, resource => resource
                .Set("name", address.Name)
                .Set("region", address.GoogleRegion)
                .Set("address_type", "EXTERNAL")
                .Set("network_tier", "PREMIUM")
                .Set("address", address.Address is { } fixedAddress ? fixedAddress.ToString() : null));
        _module.Output(
            $"address_{name}", Hcl.Reference($"google_compute_address.{name}.address"), "Where carriers send calls.");
    }

    private void Nat()
    {
        var name = $"{Names.Prefix(index.Network)}nat-{region.GoogleRegion}";
        _module.File("nat.tf")
            .Comment("For what instances ask of the Internet by themselves. Calls do not pass here.")
            .Resource("google_compute_router", "nat", resource => resource
                .Set("name", name)
                .Set("region", region.GoogleRegion)
                .Set("network", Hcl.Reference("var.network_id")))
            .Resource("google_compute_router_nat", "main", resource => resource
                .Set("name", name)
                .Set("region", region.GoogleRegion)
                .Set("router", Hcl.Reference("google_compute_router.nat.name"))
                .Set("nat_ip_allocate_option", "AUTO_ONLY")
                .Set("source_subnetwork_ip_ranges_to_nat", "ALL_SUBNETWORKS_ALL_IP_RANGES")
                .Block("log_config", log => log.Set("enable", true).Set("filter", "ERRORS_ONLY")));
    }
}
