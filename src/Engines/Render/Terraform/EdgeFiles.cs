using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// The edges of a region: instances, how they are asked whether they are ready, and who sends them calls.
/// </summary>
internal sealed class EdgeFiles(NetworkIndex index, Region region, TerraformModule module)
{
    private const string ScopeCloudPlatform = "https://www.googleapis.com/auth/cloud-platform";

    private static readonly (string Name, string Role)[] Roles =
        [("logs", "roles/logging.logWriter"), ("metrics", "roles/monitoring.metricWriter")];

    public void Render()
    {
        foreach (var check in NetworkIndex.In(index.Network.HealthChecks, region).Where(IsRegional))
        {
            HealthCheck(check);
        }

        foreach (var edge in NetworkIndex.In(index.Network.Edges, region))
        {
            Identity(edge);
            Template(edge);
            Group(edge);
        }

        foreach (var balancer in NetworkIndex.In(index.Network.LoadBalancers, region))
        {
            Backend(balancer);
            foreach (var rule in balancer.ForwardingRules)
            {
                Forwarding(balancer, rule);
            }
        }
    }

    private static bool IsRegional(HealthCheck check) => check.Scope == CloudScope.Regional;

    private void HealthCheck(HealthCheck check)
    {
        var detection = (check.Interval * check.UnhealthyThreshold) + check.Timeout;
        module.File("edge.tf")
            .Comment($"{check.Id}: asks for readiness, not for an open port. An edge that cannot pass calls on is "
                + $"taken out within {Seconds.Text(check.Interval)} × {check.UnhealthyThreshold} + "
                + $"{Seconds.Text(check.Timeout)} = {Seconds.Text(detection)}.")
            .Resource("google_compute_region_health_check", Names.Local(check), resource => resource
                .Set("name", check.Name)
                .Set("region", check.GoogleRegion)
                .Set("check_interval_sec", Seconds.Of(check.Interval))
                .Set("timeout_sec", Seconds.Of(check.Timeout))
                .Set("healthy_threshold", check.HealthyThreshold)
                .Set("unhealthy_threshold", check.UnhealthyThreshold)
                .Block(Kind(check), question => question
                    .Set("port", check.Port)
                    .Set("request_path", check.RequestPath.Length > 0 ? check.RequestPath : null))
                .Block("log_config", log => log.Set("enable", true)));
    }

    private static string Kind(HealthCheck check) => $"{check.Kind.ToString().ToLowerInvariant()}_health_check";

    private void Identity(Edge edge)
    {
        var account = Hcl.Reference("google_service_account.edge.member");
        var project = Hcl.Reference("google_service_account.edge.project");
        module.File("edge.tf")
            .Resource("google_service_account", "edge", resource => resource
                .Set("account_id", Shorten(edge.Name, 30))
                .Set("display_name", $"Edges in {region.GoogleRegion}"))
            .Each(Roles, (file, role) => file
                .Resource("google_project_iam_member", $"edge_{role.Name}", resource => resource
                    .Set("project", project)
                    .Set("role", role.Role)
                    .Set("member", account)));
    }

    private void Template(Edge edge)
    {
        var name = Names.Local(edge);
        var tags = index.Network.GoogleFirewall.SelectMany(f => f.TargetTags).Distinct();
        module.Add("edge.cloud-init.yaml", CloudInit.OfEdge(index, edge));
        module.File("edge.tf").Resource("google_compute_region_instance_template", name, resource => resource
            .Set("name_prefix", Shorten(edge.Name, 36) + "-")
            .Set("region", edge.GoogleRegion)
            .Set("machine_type", edge.MachineType)
            .Set("tags", Hcl.List(tags))
            .Set("metadata", Hcl.Map(
                ("block-project-ssh-keys", "true"),
                ("enable-oslogin", "TRUE"),
                ("user-data", Hcl.Reference("file(\"${path.module}/edge.cloud-init.yaml\")"))))
            .Block("disk", disk => disk
                .Set("source_image", edge.Image)
                .Set("boot", true)
                .Set("auto_delete", true)
                .Set("disk_type", "pd-balanced")
                .Set("disk_size_gb", 20))
            .Block("network_interface", nic => nic
                .Set("subnetwork", Hcl.Reference($"google_compute_subnetwork.{Names.Local(edge.Subnet)}.id")))
            .Block("service_account", account => account
                .Set("email", Hcl.Reference("google_service_account.edge.email"))
                .Set("scopes", Hcl.List(ScopeCloudPlatform)))
            .Block("shielded_instance_config", shielded => shielded
                .Set("enable_secure_boot", true)
                .Set("enable_vtpm", true)
                .Set("enable_integrity_monitoring", true))
            .Block("lifecycle", lifecycle => lifecycle.Set("create_before_destroy", true)));
    }

    private void Group(Edge edge)
    {
        var name = Names.Local(edge);
        module.File("edge.tf")
            .Resource("google_compute_region_instance_group_manager", name, resource => resource
                .Set("name", edge.Name)
                .Set("region", edge.GoogleRegion)
                .Set("base_instance_name", edge.Name)
                .Set("distribution_policy_zones", Hcl.List(edge.Zones))
                .Block("version", version => version
                    .Set("instance_template", Hcl.Reference($"google_compute_region_instance_template.{name}.id")))
                .Block("update_policy", update => update
                    .Comment("A new instance is ready before an old one goes.")
                    .Set("type", "PROACTIVE")
                    .Set("minimal_action", "REPLACE")
                    .Set("max_surge_fixed", edge.Zones.Length)
                    .Set("max_unavailable_fixed", 0))
                .Block("auto_healing_policies", healing => healing
                    .Set("health_check", Hcl.Reference($"google_compute_region_health_check.{HealthCheckOf(edge)}.id"))
                    .Set("initial_delay_sec", 300)))
            .Comment("Only outwards: taking an edge away ends calls, so that a person does it, by draining.")
            .Resource("google_compute_region_autoscaler", name, resource => resource
                .Set("name", edge.Name)
                .Set("region", edge.GoogleRegion)
                .Set("target", Hcl.Reference($"google_compute_region_instance_group_manager.{name}.id"))
                .Block("autoscaling_policy", policy => policy
                    .Set("mode", "ONLY_SCALE_OUT")
                    .Set("min_replicas", edge.InstancesMin)
                    .Set("max_replicas", edge.InstancesMax)
                    .Set("cooldown_period", 60)
                    .Block("cpu_utilization", cpu => cpu.Set("target", 0.5))));
    }

    private string HealthCheckOf(Edge edge) =>
        Names.Local(index.Find<LoadBalancer>(edge.LoadBalancer)?.HealthCheck ?? edge.LoadBalancer);

    private void Backend(LoadBalancer balancer)
    {
        module.File("load-balancer.tf")
            .Comment($"{balancer.Id}: regional passthrough, for SIP over UDP needs the packets as they are. It "
                + "never leaves its region: the carriers' other targets are the way out when the region is gone.")
            .Resource("google_compute_region_backend_service", Names.Local(balancer), resource => resource
                .Set("name", balancer.Name)
                .Set("region", balancer.GoogleRegion)
                .Set("load_balancing_scheme", "EXTERNAL")
                .Set("protocol", Protocol(balancer.Protocol))
                .Set("session_affinity", balancer.SessionAffinity)
                .Set("connection_draining_timeout_sec", Seconds.Of(balancer.DrainTimeout))
                .Set("health_checks", Hcl.List(
                    Hcl.Reference($"google_compute_region_health_check.{Names.Local(balancer.HealthCheck)}.id")))
                .Each(EdgesOf(balancer.Backends), (r, edge) => AddBackend(r, edge, false))
                .Each(EdgesOf(balancer.FailoverBackends), (r, edge) => AddBackend(r, edge, true))
                .Block("failover_policy", policy => policy
                    .Comment("Packets into nothing would look like a slow region; silence makes carriers move on.")
                    .Set("drop_traffic_if_unhealthy", balancer.DropsWhenUnhealthy))
                .Block("log_config", log => log.Set("enable", true).Set("sample_rate", 0.1)));
    }

    private IEnumerable<Edge> EdgesOf(IEnumerable<string> ids) =>
        ids.Select(index.Find<Edge>).OfType<Edge>().Where(e => e.Region == region.Name);

    private static void AddBackend(HclBody service, Edge edge, bool isFailover) =>
        service.Block("backend", backend => backend
            .Set("group", Hcl.Reference(
                $"google_compute_region_instance_group_manager.{Names.Local(edge)}.instance_group"))
            .Set("balancing_mode", "CONNECTION")
            .Set("failover", isFailover ? true : null));

    private static string Protocol(LoadBalancerProtocol protocol) =>
        protocol == LoadBalancerProtocol.Any ? "UNSPECIFIED" : protocol.ToString().ToUpperInvariant();

    private void Forwarding(LoadBalancer balancer, ForwardingRule rule) => module.File("load-balancer.tf")
        .Resource("google_compute_forwarding_rule", Names.Local(rule), resource => resource
            .Set("name", rule.Name)
            .Set("region", balancer.GoogleRegion)
            .Set("load_balancing_scheme", "EXTERNAL")
            .Set("network_tier", "PREMIUM")
            .Set("ip_protocol", rule.Protocol)
            .Set("all_ports", rule.HasAllPorts ? true : null)
            .Set("ports", rule.HasAllPorts ? null : Hcl.List(rule.Ports.Select(p => $"{p}")))
            .Set("ip_address", Hcl.Reference($"google_compute_address.{Names.Local(rule.Address)}.id"))
            .Set("backend_service", Hcl.Reference(
                $"google_compute_region_backend_service.{Names.Local(balancer)}.id")));

    private static string Shorten(string name, int lengthMax) =>
        name.Length <= lengthMax ? name : name[..lengthMax].TrimEnd('-');
}
