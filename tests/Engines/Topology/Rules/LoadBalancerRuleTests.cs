namespace Farspan.Topology.Tests;

/// <summary>LBH: what breaks each rule of load balancers and health checks, and what nearly does.</summary>
public sealed class LoadBalancerRuleTests
{
    [Theory]
    [InlineData("LBH-001", "edges.loadBalancer.scope = global")]
    [InlineData("LBH-002", "edges.loadBalancer.backends = connectors")]
    [InlineData("LBH-003", "edges.loadBalancer.healthCheck.scope = global")]
    [InlineData("LBH-004", "edges.loadBalancer.healthCheck.timeout = 2s")]
    [InlineData("LBH-005", "edges.loadBalancer.healthCheck.kind = tcp")]
    [InlineData("LBH-005", "edges.loadBalancer.healthCheck.port = 5060")]
    [InlineData("LBH-006", "edges.loadBalancer.healthCheck.unhealthyThreshold = 5")]
    [InlineData("LBH-007", "edges.loadBalancer = { protocol: tcp, ports: [1, 2, 3, 4, 5, 6] }")]
    [InlineData("LBH-007", "edges.loadBalancer = { protocol: udp, ports: [5060] }")]
    [InlineData("LBH-008", "edges.keepAlive = 60s")]
    [InlineData("LBH-009", "edges.loadBalancer.connectionPersistence = default")]
    [InlineData("LBH-010", "edges = { sharesDialogs: false, loadBalancer: { sessionAffinity: none } }")]
    [InlineData("LBH-011", "regions[0].edge.loadBalancer.failoverRegion = west")]
    [InlineData("LBH-012", "edges.loadBalancer.dropsWhenUnhealthy = false")]
    [InlineData("LBH-014", "edges.repliesFromForwardingRule = false")]
    public void ABreach_IsFound(string rule, string changes) => SoundNetwork.AssertBroken(rule, changes);

    [Theory]
    [InlineData("LBH-001", "edges.loadBalancer.scope = regional")]
    [InlineData("LBH-002", "edges.loadBalancer.backends = edges")]
    [InlineData("LBH-003", "edges.loadBalancer = { scope: global, healthCheck: { scope: global } }")]
    [InlineData("LBH-004", "edges.loadBalancer.healthCheck = { timeout: 2s, interval: 2s }")]
    [InlineData("LBH-005", "edges.loadBalancer.healthCheck.kind = https")]
    [InlineData("LBH-005", "edges.loadBalancer.healthCheck.port = 8081")]
    [InlineData("LBH-006", "edges.loadBalancer.healthCheck.unhealthyThreshold = 4")]
    [InlineData("LBH-007", "edges.loadBalancer = { protocol: tcp, ports: [1, 2, 3, 4, 5] }")]
    [InlineData("LBH-007", "edges.loadBalancer = { protocol: udp }")]
    [InlineData("LBH-008", "edges.keepAlive = 59s")]
    [InlineData("LBH-009", "edges.loadBalancer = { connectionPersistence: default, protocol: udp }")]
    [InlineData("LBH-010", "edges = { sharesDialogs: true, loadBalancer: { sessionAffinity: none } }")]
    [InlineData("LBH-011", "regions[0].edge.loadBalancer.failoverRegion = east")]
    [InlineData("LBH-012", "edges.loadBalancer.dropsWhenUnhealthy = true")]
    [InlineData("LBH-014", "edges.repliesFromForwardingRule = true")]
    public void ANearMiss_IsLeftAlone(string rule, string changes) => SoundNetwork.AssertKept(rule, changes);
}
