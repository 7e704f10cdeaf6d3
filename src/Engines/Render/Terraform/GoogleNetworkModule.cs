using Farspan.Topology;

namespace Farspan.Render;

/// <summary>The network of Google Cloud and its firewall, which span all regions.</summary>
internal sealed class GoogleNetworkModule(NetworkIndex index)
{
    public const string Path = "terraform/modules/google-network";
    private readonly TerraformModule _module = new(Path);

    public TerraformModule Render()
    {
        _module.Require(TerraformVersions.Google);
        Network(index.Network.GoogleNetwork);
        foreach (var rule in index.Network.GoogleFirewall)
        {
            Firewall(rule);
        }

        return _module;
    }

    private void Network(GoogleNetwork network)
    {
        _module.File("main.tf")
            .Comment("Global routing: a region whose own links are gone leaves through another region's.")
            .Resource("google_compute_network", "main", resource => resource
                .Set("name", network.Name)
                .Set("auto_create_subnetworks", false)
                .Set("routing_mode", network.RoutingMode.ToString().ToUpperInvariant())
                .Set("bgp_best_path_selection_mode", network.BestPathMode.ToString().ToUpperInvariant())
                .Set("mtu", network.Mtu));
        _module.Output("network_id", Hcl.Reference("google_compute_network.main.id"), "The network.");
        _module.Output("network_name", Hcl.Reference("google_compute_network.main.name"), "The network's name.");
    }

    private void Firewall(GoogleFirewallRule element)
    {
        var rule = element.Rule;
        var peers = Hcl.List(rule.Peers.Select(p => p.ToString()));
        var isIngress = rule.Direction == FilterDirection.Ingress;
        _module.File("firewall.tf")
            .Comment($"{element.Id}: {rule.Purpose}")
            .Resource("google_compute_firewall", Names.Global(element.Id), resource => resource
                .Set("name", element.Name)
                .Set("description", rule.Purpose)
                .Set("network", Hcl.Reference("google_compute_network.main.id"))
                .Set("direction", isIngress ? "INGRESS" : "EGRESS")
                .Set("priority", rule.Priority)
                .Set("source_ranges", isIngress ? peers : null)
                .Set("destination_ranges", isIngress ? null : peers)
                .Set("target_tags", element.TargetTags.IsEmpty ? null : Hcl.List(element.TargetTags))
                .Block(rule.IsAllowed ? "allow" : "deny", match => match
                    .Set("protocol", rule.Protocol)
                    .Set("ports", rule.Ports is { } ports ? Hcl.List(ports.ToString()) : null))
                .When(element.IsLogged, r => r.Block("log_config", log => log
                    .Set("metadata", "INCLUDE_ALL_METADATA"))));
    }
}
