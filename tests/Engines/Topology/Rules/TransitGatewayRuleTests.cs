namespace Farspan.Topology.Tests;

/// <summary>TGW: what breaks each rule of transit gateways, and what nearly does.</summary>
public sealed class TransitGatewayRuleTests
{
    [Theory]
    [InlineData("TGW-001", "crossRegion.expectsBgp = true")]
    [InlineData("TGW-002", "crossRegion.fallback = none")]
    [InlineData("TGW-002", "regions[0].transitGateway.tables = [{ propagations: [vpc, dxgw, us-west-2] }]")]
    [InlineData("TGW-003", "crossRegion.fallback = none")]
    [InlineData("TGW-004", "regions[0].transitGateway.tables = [{ associations: [vpc, dxgw] }]")]
    [InlineData("TGW-005", "regions[0].transitGateway.tables = [{ propagations: [vpc] }]")]
    [InlineData("TGW-006",
        "regions[0].transitGateway.tables = [{ routes: [{ prefix: 10.1.0.0/16, to: dxgw }] }]")]
    [InlineData("TGW-007",
        "regions[0].transitGateway.tables = [{ routes: [{ prefix: 10.1.2.0/24, to: blackhole }] }]")]
    [InlineData("TGW-008", "crossRegion.accepterRegion = us-east-1")]
    [InlineData("TGW-008", "crossRegion.accepted = false")]
    [InlineData("TGW-009", "links.transport = ha-vpn; regions[0].transitGateway.vpnEcmp = false")]
    [InlineData("TGW-011", "regions[0].vpc.attachmentSubnets = [transit-a, transit-b]")]
    [InlineData("TGW-012", "regions[0].vpc.transitRoutes = [10.0.0.0/12]")]
    [InlineData("TGW-014", "regions[0].transitGateway.defaultPropagation = true")]
    [InlineData("TGW-015", "crossRegion.expectsNames = true")]
    [InlineData("TGW-016",
        "crossRegion.fallback = controller; regions[0].transitGateway.tables = [{ routes: [{ prefix: "
        + "10.16.0.0/16, to: us-west-2 }, { prefix: 10.17.0.0/17, to: us-west-2 }, { prefix: "
        + "10.18.0.0/16, to: us-west-2 }, { prefix: 10.19.0.0/16, to: us-west-2 }] }]")]
    [InlineData("TGW-018",
        "regions[0].transitGateway.tables = [{ routes: [{ prefix: 10.16.0.0/24, to: us-west-2 }] }]")]
    [InlineData("TGW-018",
        "links.transport = colo-interconnect; "
        + "regions[0].transitGateway.tables = [{ routes: [{ prefix: 10.16.0.0/24, to: us-west-2 }] }]")]
    [InlineData("TGW-019",
        "regions[0].transitGateway.tables = [{ routes: [{ prefix: 10.16.0.0/12, to: us-west-2 }] }]")]
    [InlineData("TGW-019", "regions[0].directConnectGateway.allowedPrefixes = [10.1.0.0/16]")]
    public void ABreach_IsFound(string rule, string changes) => SoundNetwork.AssertBroken(rule, changes);

    [Theory]
    [InlineData("TGW-001", "crossRegion.expectsBgp = true; crossRegion.kind = cloud-wan")]
    [InlineData("TGW-002", "crossRegion.fallback = summaries")]
    [InlineData("TGW-002", "regions[0].transitGateway.tables = [{ propagations: [vpc, dxgw] }]")]
    [InlineData("TGW-003", "crossRegion.fallback = controller")]
    [InlineData("TGW-004", "regions[0].transitGateway.tables = [{ associations: [vpc, dxgw, us-west-2] }]")]
    [InlineData("TGW-005", "regions[0].transitGateway.tables = [{ propagations: [vpc, dxgw] }]")]
    [InlineData("TGW-006",
        "regions[0].transitGateway.tables = [{ routes: [{ prefix: 10.0.0.0/12, to: dxgw }] }]")]
    [InlineData("TGW-007",
        "regions[0].transitGateway.tables = [{ routes: [{ prefix: 10.2.2.0/24, to: blackhole }] }]")]
    [InlineData("TGW-008", "crossRegion.accepterRegion = us-west-2")]
    [InlineData("TGW-008", "crossRegion.accepted = true")]
    [InlineData("TGW-009", "links.transport = ha-vpn; regions[0].transitGateway.vpnEcmp = true")]
    [InlineData("TGW-011", "regions[0].vpc.attachmentSubnets = [transit-a, transit-b, transit-c]")]
    [InlineData("TGW-012", "regions[0].vpc.transitRoutes = [10.0.0.0/12, 10.16.0.0/12]")]
    [InlineData("TGW-014",
        "regions[0].transitGateway.defaultPropagation = true; policies.segmentation = false")]
    [InlineData("TGW-015", "crossRegion.expectsNames = false")]
    [InlineData("TGW-016",
        "crossRegion.fallback = controller; regions[0].transitGateway.tables = [{ routes: [{ prefix: "
        + "10.16.0.0/16, to: us-west-2 }, { prefix: 10.17.0.0/17, to: us-west-2 }, { prefix: "
        + "10.18.0.0/16, to: us-west-2 }] }]")]
    [InlineData("TGW-018",
        "regions[0].transitGateway.tables = [{ routes: [{ prefix: 10.16.0.0/23, to: us-west-2 }] }]")]
    [InlineData("TGW-019",
        "regions[0].transitGateway.tables = [{ routes: [{ prefix: 10.16.0.0/12, to: us-west-2 }, { "
        + "prefix: 10.0.0.0/12, to: us-west-2 }] }]")]
    [InlineData("TGW-019", "regions[0].directConnectGateway.allowedPrefixes = [10.1.0.0/16, 10.17.0.0/16]")]
    public void ANearMiss_IsLeftAlone(string rule, string changes) => SoundNetwork.AssertKept(rule, changes);
}
