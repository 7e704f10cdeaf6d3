namespace Farspan.Topology.Tests;

/// <summary>CON: what breaks each rule of Amazon Connect, and what nearly does.</summary>
public sealed class ConnectRuleTests
{
    [Theory]
    [InlineData("CON-001", "regions[1].aws = us-west-1")]
    [InlineData("CON-002", "regions[1].connect.queues = [sales]")]
    [InlineData("CON-002",
        "regions[0].connect.flows = [{ name: inbound, hash: a }]; regions[1].connect.flows = [{ name: "
        + "inbound, hash: b }]")]
    [InlineData("CON-003",
        "regions[1].connect.flows = [{ name: inbound, references: "
        + "[arn:aws:lambda:us-east-1:123456789012:function:x] }]")]
    [InlineData("CON-004", "contactCenters.attributeBytesMax = 32769")]
    [InlineData("CON-005", "connectors.repeatsWithToken = false")]
    [InlineData("CON-006", "contactCenters = { distribution: 50, identity: managed }")]
    [InlineData("CON-006", "contactCenters.distribution = 50; regions[1].aws = eu-west-2")]
    [InlineData("CON-007", "regions[0].connect.distribution = 45; regions[1].connect.distribution = 55")]
    [InlineData("CON-009", "contactCenters.agents = 200")]
    [InlineData("CON-010", "contactCenters.agents = 501")]
    public void ABreach_IsFound(string rule, string changes) => SoundNetwork.AssertBroken(rule, changes);

    [Theory]
    [InlineData("CON-001", "regions[1].aws = us-west-2")]
    [InlineData("CON-002", "contactCenters.queues = [sales]")]
    [InlineData("CON-002",
        "regions[0].connect.flows = [{ name: inbound, hash: a }]; regions[1].connect.flows = [{ name: "
        + "inbound, hash: a }]")]
    [InlineData("CON-003",
        "regions[1].connect.flows = [{ name: inbound, references: "
        + "[arn:aws:lambda:us-west-2:123456789012:function:x] }]")]
    [InlineData("CON-004", "contactCenters.attributeBytesMax = 32768")]
    [InlineData("CON-005", "connectors.repeatsWithToken = true")]
    [InlineData("CON-006", "contactCenters = { distribution: 50, identity: saml }")]
    [InlineData("CON-006", "contactCenters.distribution = 50; regions[1].aws = us-west-2")]
    [InlineData("CON-007", "regions[0].connect.distribution = 40; regions[1].connect.distribution = 60")]
    [InlineData("CON-009", "contactCenters.distribution = 50")]
    [InlineData("CON-010", "contactCenters.agents = 500")]
    public void ANearMiss_IsLeftAlone(string rule, string changes) => SoundNetwork.AssertKept(rule, changes);
}
