namespace Farspan.Topology.Tests;

/// <summary>BGP: what breaks each rule of sessions and routes, and what nearly does.</summary>
public sealed class BgpRuleTests
{
    [Theory]
    [InlineData("BGP-001", "regions[0].router.asn = 65535")]
    [InlineData("BGP-001", "regions[0].router.hasAsn = false")]
    [InlineData("BGP-002", "regions[0].transitGateway.asn = 4199999999")]
    [InlineData("BGP-003",
        "regions[0].transitGateway.asn = 64512; regions[0].directConnectGateway.asn = 64512")]
    [InlineData("BGP-004", "regions[0].transitGateway.asn = 64700; regions[1].transitGateway.asn = 64700")]
    [InlineData("BGP-005",
        "crossRegion.kind = cloud-wan; regions[0].transitGateway = { asn: 64700, coreNetworkAsn: "
        + "64700 }")]
    [InlineData("BGP-006", "regions[0].transitGateway.asn = 64700; regions[0].links[0].awsAsn = 64700")]
    [InlineData("BGP-007", "regions[0].links[0].googleAsn = 64700")]
    [InlineData("BGP-008", "regions[0].router.keepalive = 19s")]
    [InlineData("BGP-009", "links.awsHold = 90s")]
    [InlineData("BGP-010", "links.transport = ha-vpn; links.bfd.enabled = true")]
    [InlineData("BGP-011", "links.bfd.multiplier = 4")]
    [InlineData("BGP-011", "links.bfd.transmit = 300ms")]
    [InlineData("BGP-012", "links.bfd.enabled = false")]
    [InlineData("BGP-013", "links.bfd.role = passive")]
    [InlineData("BGP-014", "links.gracefulRestart = 120s")]
    [InlineData("BGP-017", "regions[0].links[0].priority = 200; regions[0].links[1].bandwidth = 50")]
    [InlineData("BGP-018", "regions[0].links[0].priority = 200")]
    [InlineData("BGP-019",
        "regions[0].router.asn = 64700; regions[1].router.asn = 64700; crossRegion.kind = cloud-wan")]
    [InlineData("BGP-020", "links.md5Key = env:SAME")]
    [InlineData("BGP-021", "links.ttlSecurity = true")]
    [InlineData("BGP-022", "regions[0].links[0].advertised = [10.0.0.0/25]")]
    [InlineData("BGP-023",
        "regions[0].router = { advertise: custom, advertisesAllSubnets: false, advertisedRanges: "
        + "[10.1.0.0/16] }")]
    [InlineData("BGP-024", "regions[0].links[1].enabled = false")]
    public void ABreach_IsFound(string rule, string changes) => SoundNetwork.AssertBroken(rule, changes);

    [Theory]
    [InlineData("BGP-001", "regions[0].router.asn = 65534")]
    [InlineData("BGP-001", "regions[0].router.hasAsn = true")]
    [InlineData("BGP-002", "regions[0].transitGateway.asn = 4200000000")]
    [InlineData("BGP-003",
        "regions[0].transitGateway.asn = 64512; regions[1].directConnectGateway.asn = 64512")]
    [InlineData("BGP-004", "regions[0].transitGateway.asn = 64700; regions[1].transitGateway.asn = 64701")]
    [InlineData("BGP-005",
        "crossRegion.kind = cloud-wan; regions[0].transitGateway = { asn: 64700, coreNetworkAsn: "
        + "64701 }")]
    [InlineData("BGP-006",
        "regions[0].directConnectGateway.asn = 64700; regions[0].links[0].awsAsn = 64700")]
    [InlineData("BGP-007", "regions[0].router.asn = 64700; regions[0].links[0].googleAsn = 64700")]
    [InlineData("BGP-008", "regions[0].router.keepalive = 20s")]
    [InlineData("BGP-009", "links.awsHold = 60s")]
    [InlineData("BGP-010", "links.transport = ha-vpn")]
    [InlineData("BGP-011", "links.bfd.multiplier = 5")]
    [InlineData("BGP-011", "links.bfd.awsInterval = 300ms")]
    [InlineData("BGP-012", "links.bfd.enabled = true")]
    [InlineData("BGP-013", "links.bfd = { role: passive, awsRole: active }")]
    [InlineData("BGP-014", "links.gracefulRestart = 120s; links.bfd.enabled = false")]
    [InlineData("BGP-017", "regions[0].links[0].priority = 200; regions[0].links[1].bandwidth = 1000")]
    [InlineData("BGP-018", "regions[0].links[0].priority = 200; regions[0].links[1].priority = 200")]
    [InlineData("BGP-019", "regions[0].router.asn = 64700; regions[1].router.asn = 64700")]
    [InlineData("BGP-020", "regions[0].links[0].md5Key = env:OWN")]
    [InlineData("BGP-021", "links.ttlSecurity = true; links.transport = ha-vpn")]
    [InlineData("BGP-022", "regions[0].links[0].advertised = [10.0.0.0/24]")]
    [InlineData("BGP-023",
        "regions[0].router = { advertise: custom, advertisesAllSubnets: false, advertisedRanges: "
        + "[10.0.0.0/16] }")]
    [InlineData("BGP-024", "regions[0].links[1].priority = 200")]
    public void ANearMiss_IsLeftAlone(string rule, string changes) => SoundNetwork.AssertKept(rule, changes);
}
