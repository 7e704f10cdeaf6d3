namespace Farspan.Topology.Tests;

/// <summary>ADR: what breaks each rule of addresses, and what nearly does.</summary>
public sealed class AddressRuleTests
{
    [Theory]
    [InlineData("ADR-001", "regions[0].awsRange = 10.1.0.0/16; regions[1].awsRange = 10.1.0.0/16")]
    [InlineData("ADR-001", "carriers[0].sources = [10.0.0.0/28]")]
    [InlineData("ADR-002",
        "links.transport = ha-vpn; regions[0].links = [{ insideRange: 169.254.5.0/30 }, {}, {}, {}]")]
    [InlineData("ADR-003",
        "links.transport = ha-vpn; regions[0].links = [{ insideRange: 169.254.9.0/30 }, { "
        + "insideRange: 169.254.9.0/30 }, {}, {}]")]
    [InlineData("ADR-004",
        "regions[0].links[0].googleAddress = 169.254.0.2/30; regions[0].links[0].awsAddress = "
        + "169.254.0.1/30")]
    [InlineData("ADR-004",
        "regions[0].links[0].googleAddress = 169.254.9.2/30; regions[0].links[0].awsAddress = "
        + "169.254.9.6/30")]
    [InlineData("ADR-005", "regions[0].links[0].candidateSubnets = [169.254.100.0/30]")]
    [InlineData("ADR-007", "regions[0].router.identifierRange = 169.254.200.0/31")]
    [InlineData("ADR-007", "regions[0].router.identifierRange = 169.254.64.0/18")]
    [InlineData("ADR-008", "regions[1].supernet = 10.16.0.0/12; regions[1].awsRange = 10.32.0.0/16")]
    [InlineData("ADR-009", "regions[0].vpc.attachmentSubnets = [connector-a]")]
    [InlineData("ADR-010", "regions[1].awsRange = 130.211.0.0/16")]
    public void ABreach_IsFound(string rule, string changes) => SoundNetwork.AssertBroken(rule, changes);

    [Theory]
    [InlineData("ADR-001", "regions[0].awsRange = 10.1.0.0/16; regions[1].awsRange = 10.2.0.0/16")]
    [InlineData("ADR-001", "carriers[0].sources = [172.16.0.0/28]")]
    [InlineData("ADR-002",
        "links.transport = ha-vpn; regions[0].links = [{ insideRange: 169.254.6.0/30 }, {}, {}, {}]")]
    [InlineData("ADR-003",
        "links.transport = ha-vpn; regions[0].links = [{ insideRange: 169.254.9.0/30 }, { "
        + "insideRange: 169.254.9.4/30 }, {}, {}]")]
    [InlineData("ADR-004",
        "regions[0].links[0].googleAddress = 169.254.0.6/30; regions[0].links[0].awsAddress = "
        + "169.254.0.5/30")]
    [InlineData("ADR-004",
        "regions[0].links[0].googleAddress = 169.254.9.2/29; regions[0].links[0].awsAddress = "
        + "169.254.9.6/29")]
    [InlineData("ADR-005", "regions[0].links[0].candidateSubnets = [169.254.100.0/29]")]
    [InlineData("ADR-007", "regions[0].router.identifierRange = 169.254.200.0/30")]
    [InlineData("ADR-007", "regions[0].router.identifierRange = 169.254.128.0/18")]
    [InlineData("ADR-008", "regions[1].supernet = 10.16.0.0/12; regions[1].awsRange = 10.31.0.0/16")]
    [InlineData("ADR-009", "regions[0].vpc.attachmentSubnets = [transit-a]")]
    [InlineData("ADR-010", "regions[1].awsRange = 10.31.0.0/16")]
    public void ANearMiss_IsLeftAlone(string rule, string changes) => SoundNetwork.AssertKept(rule, changes);
}
