namespace Farspan.Topology.Tests;

/// <summary>LNK: what breaks each rule of links, and what nearly does.</summary>
public sealed class LinkRuleTests
{
    [Theory]
    [InlineData("LNK-001",
        "links.transport = partner-cross-cloud-interconnect; regions[0].google = us-east1")]
    [InlineData("LNK-003", "regions[0].links[1].googleLocation = iad-zone1-2")]
    [InlineData("LNK-004", "regions[0].links[1].awsLocation = EqDC2")]
    [InlineData("LNK-005",
        "regions[0].links[0] = { googleLocation: iad-zone1-1, awsLocation: EqDC2, connection: one, "
        + "hosted: true }; regions[0].links[1] = { googleLocation: iad-zone2-1, awsLocation: EqDC2, "
        + "connection: one, hosted: true }")]
    [InlineData("LNK-006", "regions[0].directConnectGateway.allowedPrefixes = []")]
    [InlineData("LNK-007",
        "regions[0].directConnectGateway.allowedPrefixes = [10.1.0.0/16, 172.16.0.0/12]")]
    [InlineData("LNK-007",
        "regions[0].directConnectGateway.allowedPrefixes = [10.1.0.0/16, 10.17.0.0/16]; "
        + "crossRegion.fallback = none")]
    [InlineData("LNK-008", "regions[0].directConnectGateway.privateInterface = true")]
    [InlineData("LNK-009", "regions[0].directConnectGateway.expectsTransit = true")]
    [InlineData("LNK-010", "regions[0].links[0].vlan = 4094")]
    [InlineData("LNK-010", "regions[0].links[0].awsVlan = 7")]
    [InlineData("LNK-011", "links.attachmentMtu = 1501")]
    [InlineData("LNK-011", "links.interfaceMtu = 8500")]
    [InlineData("LNK-011", "google.mtu = 1501")]
    [InlineData("LNK-013", "links.transport = ha-vpn; regions[0].links = [{}, {}, {}]")]
    [InlineData("LNK-014",
        "links.transport = ha-vpn; regions[0].links = [{}, {}, {}, { externalInterface: 4 }]")]
    [InlineData("LNK-015",
        "links.transport = ha-vpn; regions[0].links = [{ vpn: { sharedSecret: literal:0abcdefg } }, "
        + "{}, {}, {}]")]
    [InlineData("LNK-015", "links.transport = ha-vpn; links.vpn.sharedSecret = env:SAME")]
    [InlineData("LNK-016", "links.transport = ha-vpn; links.vpn.ikeVersion = 1")]
    [InlineData("LNK-016", "links.transport = ha-vpn; links.vpn.dhGroups = [2, 20]")]
    [InlineData("LNK-016",
        "links.transport = ha-vpn; links.vpn = { dpdAction: clear, startupAction: add }")]
    [InlineData("LNK-017", "links.transport = ha-vpn; links.vpn.static = true")]
    [InlineData("LNK-018", "links.encryption = ipsec")]
    [InlineData("LNK-019",
        "links.encryption = none; policies = { linkEncryption: true, innerEncryption: false }")]
    [InlineData("LNK-020",
        "links.transport = ha-vpn; regions[0].links = [{ bandwidth: 20 }, { bandwidth: 20 }, { "
        + "bandwidth: 20 }, { bandwidth: 20 }]")]
    public void ABreach_IsFound(string rule, string changes) => SoundNetwork.AssertBroken(rule, changes);

    [Theory]
    [InlineData("LNK-001",
        "links.transport = partner-cross-cloud-interconnect; regions[0].google = us-east4")]
    [InlineData("LNK-003", "regions[0].links[1].googleLocation = iad-zone2-2")]
    [InlineData("LNK-004", "regions[0].links[1].awsLocation = EqDC5")]
    [InlineData("LNK-005",
        "regions[0].links[0] = { googleLocation: iad-zone1-1, awsLocation: EqDC2, connection: one }; "
        + "regions[0].links[1] = { googleLocation: iad-zone2-1, awsLocation: EqDC2, connection: one }")]
    [InlineData("LNK-006", "regions[0].directConnectGateway.allowedPrefixes = [10.1.0.0/16]")]
    [InlineData("LNK-007", "regions[0].directConnectGateway.allowedPrefixes = [10.1.0.0/16, 10.0.0.0/8]")]
    [InlineData("LNK-007", "regions[0].directConnectGateway.allowedPrefixes = [10.1.0.0/16, 10.17.0.0/16]")]
    [InlineData("LNK-008", "regions[0].directConnectGateway.privateInterface = false")]
    [InlineData("LNK-009", "regions[0].directConnectGateway.siteLink = true")]
    [InlineData("LNK-010", "regions[0].links[0].vlan = 4093")]
    [InlineData("LNK-010", "regions[0].links[0].vlan = 7; regions[0].links[0].awsVlan = 7")]
    [InlineData("LNK-011", "links.attachmentMtu = 1500")]
    [InlineData("LNK-011", "links.interfaceMtu = 1500")]
    [InlineData("LNK-011", "google.mtu = 1500")]
    [InlineData("LNK-013",
        "links.transport = ha-vpn; regions[0].links = [{}, {}, {}, {}]; regions[1].links = [{}, {}, "
        + "{}, {}]")]
    [InlineData("LNK-014",
        "links.transport = ha-vpn; regions[0].links = [{}, {}, {}, { externalInterface: 3 }]")]
    [InlineData("LNK-015",
        "links.transport = ha-vpn; regions[0].links = [{ vpn: { sharedSecret: literal:abcdefg0 } }, "
        + "{}, {}, {}]")]
    [InlineData("LNK-015", "links.transport = ha-vpn")]
    [InlineData("LNK-016", "links.transport = ha-vpn; links.vpn.ikeVersion = 2")]
    [InlineData("LNK-016", "links.transport = ha-vpn; links.vpn.dhGroups = [14, 20]")]
    [InlineData("LNK-016",
        "links.transport = ha-vpn; links.vpn = { dpdAction: clear, startupAction: start }")]
    [InlineData("LNK-017", "links.transport = ha-vpn; links.vpn.static = false")]
    [InlineData("LNK-018", "links.encryption = macsec")]
    [InlineData("LNK-019",
        "links.encryption = none; policies = { linkEncryption: true, innerEncryption: true }")]
    [InlineData("LNK-020",
        "links.transport = ha-vpn; regions[0].links = [{ bandwidth: 40 }, { bandwidth: 40 }, { "
        + "bandwidth: 40 }, { bandwidth: 40 }]")]
    public void ANearMiss_IsLeftAlone(string rule, string changes) => SoundNetwork.AssertKept(rule, changes);
}
