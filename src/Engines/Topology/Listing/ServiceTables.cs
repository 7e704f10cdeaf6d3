namespace Farspan.Topology;

/// <summary>Tables of what carries calls.</summary>
internal static class ServiceTables
{
    public static IEnumerable<ListedTable> Of(Network network) => Callers(network).Concat(Servers(network));

    private static IEnumerable<ListedTable> Callers(Network network)
    {
        yield return new TableOf<Carrier>("Carriers", network.Carriers)
            .With("sources", carrier => carrier.Sources)
            .With("targets", carrier => carrier.Targets.Select(target =>
                $"{target.Region} {Texts.Of(target.Transport)}:{target.Port} ({target.Priority})"))
            .With("peakCalls", carrier => carrier.PeakCalls)
            .With("peakCallsPerSecond", carrier => carrier.PeakCallsPerSecond)
            .With("probing", carrier =>
                $"{Texts.Of(carrier.Probing.Interval)} x {carrier.Probing.Attempts}")
            .With("inviteTimeout", carrier => carrier.InviteTimeout).Make();
        yield return new TableOf<DnsRecord>("DNS records", network.Dns?.Records ?? [])
            .With("type", record => record.Type)
            .With("ttl", record => record.TimeToLive)
            .With("values", record => record.Values).Make();
        yield return new TableOf<Objective>("Objectives", network.Objectives)
            .With("failure", objective => objective.Failure)
            .With("failures", objective => objective.Failures)
            .With("newCalls", objective => objective.NewCallsWithin)
            .With("callsKept", objective => objective.CallsKeptPercent)
            .With("headroom", objective => objective.HeadroomPercent).Make();
    }

    private static IEnumerable<ListedTable> Servers(Network network)
    {
        yield return new TableOf<Edge>("Edges", network.Edges)
            .With("host", edge => edge.Host)
            .With("machineType", edge => edge.MachineType)
            .With("instancesMin", edge => edge.InstancesMin)
            .With("instancesMax", edge => edge.InstancesMax)
            .With("callsMax", edge => edge.CallsMax)
            .With("sipPorts", edge => edge.SipPorts)
            .With("rtpPorts", edge => edge.RtpPorts)
            .With("heartbeat", edge => edge.Heartbeat).Make();
        yield return new TableOf<LoadBalancer>("Load balancers", network.LoadBalancers)
            .With("loadBalancer.scope", balancer => balancer.Scope)
            .With("loadBalancer.protocol", balancer => balancer.Protocol)
            .With("loadBalancer.sessionAffinity", balancer => balancer.SessionAffinity).Make();
        yield return new TableOf<ForwardingRule>(
                "Forwarding rules", network.LoadBalancers.SelectMany(balancer => balancer.ForwardingRules))
            .With("protocol", rule => rule.Protocol)
            .With("ports", rule => rule.HasAllPorts ? "all" : rule.Ports)
            .With("address", rule => rule.Address).Make();
        yield return new TableOf<ExternalAddress>("Addresses", network.Addresses)
            .With("address", address => address.Address).Make();
        yield return new TableOf<HealthCheck>("Health checks", network.HealthChecks)
            .With("kind", check => check.Kind)
            .With("port", check => check.Port)
            .With("path", check => check.RequestPath)
            .With("interval", check => check.Interval)
            .With("unhealthyThreshold", check => check.UnhealthyThreshold).Make();
        yield return new TableOf<Connector>("Connectors", network.Connectors)
            .With("instanceType", connector => connector.InstanceType)
            .With("instancesMin", connector => connector.InstancesMin)
            .With("instancesMax", connector => connector.InstancesMax)
            .With("callsMax", connector => connector.CallsMax)
            .With("sipPorts", connector => connector.SipPorts)
            .With("rtpPorts", connector => connector.RtpPorts)
            .With("connect", connector => connector.ConnectInstances).Make();
        yield return new TableOf<ConnectInstance>("Amazon Connect", network.ConnectInstances)
            .With("alias", instance => instance.Alias)
            .With("entryFlow", instance => instance.EntryFlow)
            .With("queues", instance => instance.Queues.Select(queue => queue.Name))
            .With("quotas.concurrentCalls", instance => instance.Quotas.ConcurrentCalls)
            .With("quotas.startsPerSecond", instance => instance.Quotas.StartsPerSecond)
            .With("agents", instance => instance.Agents).Make();
    }
}
