namespace Farspan.Topology.Tests;

/// <summary>VPC: what breaks each rule of networks and firewalls, and what nearly does.</summary>
public sealed class VpcRuleTests
{
    [Theory]
    [InlineData("VPC-001", "google.routingMode = regional")]
    [InlineData("VPC-002", "google.bestPathMode = legacy")]
    [InlineData("VPC-003", "google.expectsTransit = true")]
    [InlineData("VPC-004", "google.firewall = [{ protocol: tcp, ports: 8080, peers: [35.191.0.0/16] }]")]
    [InlineData("VPC-004",
        "google.firewall = [{ protocol: tcp, ports: 5060, peers: [35.191.0.0/16, 130.211.0.0/22] }]")]
    [InlineData("VPC-005",
        "regions[0].vpc.securityGroup = [{ protocol: tcp, ports: 5061, peers: [10.0.0.0/8] }]")]
    [InlineData("VPC-005", "regions[0].vpc.networkAcl = [{ protocol: all, peers: [10.0.0.0/8] }]")]
    [InlineData("VPC-005",
        "regions[0].vpc.networkAcl = [{ allow: false, protocol: udp, peers: [10.0.0.0/24] }, { "
        + "protocol: all, peers: [10.0.0.0/8] }, { direction: egress, protocol: all, peers: "
        + "[10.0.0.0/8] }]")]
    [InlineData("VPC-006", "google.firewall = [{ protocol: udp, ports: 5060, peers: [0.0.0.0/0] }]")]
    [InlineData("VPC-006",
        "regions[0].vpc.securityGroup = [{ protocol: tcp, ports: 22, peers: [0.0.0.0/0] }]")]
    [InlineData("VPC-007", "regions[0].vpc.flowLogs = false")]
    [InlineData("VPC-007", "regions[0].transitGateway.flowLogs = false")]
    [InlineData("VPC-008", "regions[0].vpc.securityGroup = [{ protocol: udp, peers: [10.0.0.0/8] }]")]
    [InlineData("VPC-008", "google.firewall = [{ protocol: udp, peers: [10.0.0.0/8] }]")]
    public void ABreach_IsFound(string rule, string changes) => SoundNetwork.AssertBroken(rule, changes);

    [Theory]
    [InlineData("VPC-001", "google.routingMode = global")]
    [InlineData("VPC-002", "google.bestPathMode = standard")]
    [InlineData("VPC-003", "google.expectsTransit = false")]
    [InlineData("VPC-004",
        "google.firewall = [{ protocol: tcp, ports: 8080, peers: [35.191.0.0/16, 130.211.0.0/22] }]")]
    [InlineData("VPC-004", "google.firewall = [{ protocol: tcp, peers: [35.191.0.0/16, 130.211.0.0/22] }]")]
    [InlineData("VPC-005",
        "regions[0].vpc.securityGroup = [{ protocol: tcp, ports: 5061, peers: [10.0.0.0/8] }, { "
        + "protocol: udp, ports: 20000-29999, peers: [10.0.0.0/8] }]")]
    [InlineData("VPC-005",
        "regions[0].vpc.networkAcl = [{ protocol: all, peers: [10.0.0.0/8] }, { direction: egress, "
        + "protocol: all, peers: [10.0.0.0/8] }]")]
    [InlineData("VPC-005",
        "regions[0].vpc.networkAcl = [{ protocol: all, peers: [10.0.0.0/8] }, { direction: egress, "
        + "protocol: all, peers: [10.0.0.0/8] }, { allow: false, protocol: udp, peers: [10.0.0.0/24] }]")]
    [InlineData("VPC-006", "google.firewall = [{ protocol: udp, ports: 5060, peers: [203.0.113.0/24] }]")]
    [InlineData("VPC-006", "regions[0].vpc.securityGroup = [{ protocol: icmp, peers: [0.0.0.0/0] }]")]
    [InlineData("VPC-007", "regions[0].vpc.flowLogs = true")]
    [InlineData("VPC-007", "regions[0].transitGateway.flowLogs = true")]
    [InlineData("VPC-008", "regions[0].vpc.securityGroup = [{ protocol: icmp, peers: [10.0.0.0/8] }]")]
    [InlineData("VPC-008", "google.firewall = [{ protocol: icmp, peers: [10.0.0.0/8] }]")]
    public void ANearMiss_IsLeftAlone(string rule, string changes) => SoundNetwork.AssertKept(rule, changes);
}
