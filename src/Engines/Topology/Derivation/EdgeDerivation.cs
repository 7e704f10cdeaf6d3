namespace Farspan.Topology;

/// <summary>The edges, and the load balancers before them.</summary>
internal static class EdgeDerivation
{
    private const int MaxFactor = 2;

    public static void Add(NetworkPlan plan, NetworkParts parts)
    {
        foreach (var region in plan.Regions)
        {
            var edge = region.Inside(RegionSchema.Edge).Or(plan.Written.Edges);
            var balancer = edge.Inside(EdgeSchema.LoadBalancer);
            var check = HealthCheckOf(plan, region, balancer);
            parts.Edges.Add(Edge(plan, region, edge));
            parts.HealthChecks.Add(check);
            parts.Addresses.Add(Address(plan, region, edge));
            parts.LoadBalancers.Add(LoadBalancer(plan, region, balancer, check.Id));
        }
    }

    /// <summary>What carriers dial: an address that is known needs no DNS to be found.</summary>
    public static string TargetHostOf(NetworkPlan plan, RegionPlan region)
    {
        var edge = region.Inside(RegionSchema.Edge).Or(plan.Written.Edges);
        return edge.Find(EdgeSchema.Host)
            ?? edge.Find(EdgeSchema.Address)?.ToString()
            ?? HostOf(plan, region);
    }

    /// <summary>What the edge calls itself: a name if there is a zone, else the address if it is known.</summary>
    public static string HostOf(NetworkPlan plan, RegionPlan region)
    {
        var edge = region.Inside(RegionSchema.Edge).Or(plan.Written.Edges);
        return edge.Find(EdgeSchema.Host)
            ?? (plan.Written.Dns is { } dns
                ? $"edge-{NetworkPlan.NameOf(region.Name)}.{dns.Get(DnsSchema.Zone)}"
                : edge.Find(EdgeSchema.Address)?.ToString() ?? "");
    }

    private static Edge Edge(NetworkPlan plan, RegionPlan region, Written edge)
    {
        var callsMax = edge.Get(EdgeSchema.CallsMax);
        var callsPerSecondMax = edge.Get(EdgeSchema.CallsPerSecondMax);
        var zones = region.Element.GoogleZones;
        var min = edge.FindNumber(EdgeSchema.InstancesMin)
            ?? plan.InstancesFor(zones.Length, callsMax, callsPerSecondMax);
        return new Edge
        {
            Id = region.Edge,
            Name = $"{plan.Prefix}-edge-{region.Google}",
            Region = region.Name,
            Origin = OriginOf(region, edge),
            GoogleRegion = region.Google,
            Subnet = $"subnet/{region.Google}/edge",
            Zones = zones,
            MachineType = edge.Get(EdgeSchema.MachineType),
            Image = edge.Get(EdgeSchema.Image),
            InstancesMin = min,
            InstancesMax = edge.FindNumber(EdgeSchema.InstancesMax) ?? min * MaxFactor,
            CallsMax = callsMax,
            CallsPerSecondMax = callsPerSecondMax,
            SipPorts = edge.Get(EdgeSchema.SipPorts),
            RtpPorts = edge.Get(EdgeSchema.RtpPorts),
            Host = HostOf(plan, region),
            LoadBalancer = $"lb/{region.Google}",
            RepliesFromForwardingRule = edge.Get(EdgeSchema.RepliesFromForwardingRule),
            TellsCapacity = edge.Get(EdgeSchema.TellsCapacity),
            SharesDialogs = edge.Get(EdgeSchema.SharesDialogs),
            KeepAlive = edge.Get(EdgeSchema.KeepAlive),
            MediaTimeout = edge.Get(EdgeSchema.MediaTimeout),
            Heartbeat = ProbingSchema.Make(edge.Inside(EdgeSchema.Heartbeat)),
        };
    }

    private static Origin OriginOf(RegionPlan region, Written edge) =>
        region.Written.Has(RegionSchema.Edge) ? edge.Origin : edge.Origin.Derived();

    private static ExternalAddress Address(NetworkPlan plan, RegionPlan region, Written edge) => new()
    {
        Id = $"address/{region.Google}",
        Name = $"{plan.Prefix}-edge-{region.Google}",
        Region = region.Name,
        Origin = edge.Origin.Derived(),
        GoogleRegion = region.Google,
        Address = edge.Find(EdgeSchema.Address),
    };

    private static HealthCheck HealthCheckOf(NetworkPlan plan, RegionPlan region, Written balancer)
    {
        var check = balancer.Inside(LoadBalancerSchema.HealthCheck);
        var scope = check.FindNumber(HealthCheckSchema.Scope) ?? balancer.Get(LoadBalancerSchema.Scope);
        var kind = check.Get(HealthCheckSchema.Kind);
        return new HealthCheck
        {
            Id = $"health-check/{region.Google}",
            Name = $"{plan.Prefix}-ready-{region.Google}",
            Region = region.Name,
            Origin = check.Origin.Derived(),
            GoogleRegion = scope == CloudScope.Global ? "" : region.Google,
            Scope = scope,
            Kind = kind,
            Port = check.Get(HealthCheckSchema.Port),
            RequestPath = kind is HealthCheckKind.Http or HealthCheckKind.Https
                ? check.Get(HealthCheckSchema.RequestPath)
                : "",
            Interval = check.Get(HealthCheckSchema.Interval),
            Timeout = check.Get(HealthCheckSchema.Timeout),
            HealthyThreshold = check.Get(HealthCheckSchema.HealthyThreshold),
            UnhealthyThreshold = check.Get(HealthCheckSchema.UnhealthyThreshold),
        };
    }

    private static LoadBalancer LoadBalancer(
        NetworkPlan plan, RegionPlan region, Written balancer, string healthCheck)
    {
        var scope = balancer.Get(LoadBalancerSchema.Scope);
        var protocol = balancer.Get(LoadBalancerSchema.Protocol);
        return new LoadBalancer
        {
            Id = $"lb/{region.Google}",
            Name = $"{plan.Prefix}-edge-{region.Google}",
            Region = region.Name,
            Origin = balancer.Origin.Derived(),
            GoogleRegion = scope == CloudScope.Global ? "" : region.Google,
            Scope = scope,
            Protocol = protocol,
            Backends = balancer.Get(LoadBalancerSchema.Backends) == LoadBalancerBackends.Edges
                ? [region.Edge]
                : [region.Connector],
            FailoverBackends = plan.Find(balancer.Find(LoadBalancerSchema.FailoverRegion)) is { } other
                ? [other.Edge]
                : [],
            HealthCheck = healthCheck,
            SessionAffinity = balancer.Get(LoadBalancerSchema.SessionAffinity),
            ConnectionPersistence = balancer.Get(LoadBalancerSchema.ConnectionPersistence),
            DropsWhenUnhealthy = balancer.Get(LoadBalancerSchema.DropsWhenUnhealthy),
            DrainTimeout = balancer.Get(LoadBalancerSchema.DrainTimeout),
            IdleTimeout = balancer.Get(LoadBalancerSchema.IdleTimeout),
            ForwardingRules = [ForwardingRule(plan, region, balancer, protocol)],
        };
    }

    private static ForwardingRule ForwardingRule(
        NetworkPlan plan, RegionPlan region, Written balancer, LoadBalancerProtocol protocol)
    {
        var (name, word) = protocol switch
        {
            LoadBalancerProtocol.Udp => ("udp", "UDP"),
            LoadBalancerProtocol.Tcp => ("tcp", "TCP"),
            _ => ("all", "L3_DEFAULT"),
        };
        var ports = balancer.FindNumber(LoadBalancerSchema.Ports);
        return new ForwardingRule
        {
            Id = $"forwarding-rule/{region.Google}/{name}",
            Name = $"{plan.Prefix}-edge-{region.Google}-{name}",
            Region = region.Name,
            Origin = balancer.Origin.Derived(),
            Protocol = word,
            Ports = ports ?? [],
            HasAllPorts = ports is null,
            Address = $"address/{region.Google}",
        };
    }
}
