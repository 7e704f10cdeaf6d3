namespace Farspan.Topology.Tests;

/// <summary>SIP: what breaks each rule of carriers, and what nearly does.</summary>
public sealed class SipTrunkRuleTests
{
    [Theory]
    [InlineData("SIP-001", "carriers[0].targets = [east]")]
    [InlineData("SIP-002", "carriers[0].probing.enabled = false")]
    [InlineData("SIP-002", "carriers[0].probing.attempts = 3")]
    [InlineData("SIP-003", "edges.tellsCapacity = false")]
    [InlineData("SIP-004",
        "carriers[1].targets = [east, west]; carriers[1].transports = [udp]; "
        + "carriers[1].udpMessageMax = 1301")]
    [InlineData("SIP-005", "carriers[0].inviteTimeout = 26s")]
    [InlineData("SIP-005", "objectives = []; carriers[0].inviteTimeout = 32s")]
    [InlineData("SIP-006", "regions[0].edge.address = 172.31.0.1")]
    [InlineData("SIP-006", "regions[0].edge.host = 10.0.0.9")]
    [InlineData("SIP-007", "carriers[0].sessionTimers = false")]
    [InlineData("SIP-007", "carriers[0].sessionTimer.interval = 1801s")]
    [InlineData("SIP-008", "carriers[0].regionNumbers = { east: [+1800666] }")]
    [InlineData("SIP-008", "carriers[0].numbers = [+1800555, +1800666]")]
    [InlineData("SIP-009", "dns.ttl = 61s")]
    [InlineData("SIP-010", "edges.sharesDialogs = false")]
    [InlineData("SIP-010", "connectors.sharesCalls = false")]
    [InlineData("SIP-011", "carriers[0].sources = []")]
    [InlineData("SIP-012", "carriers[0].symmetricResponse = false")]
    public void ABreach_IsFound(string rule, string changes) => SoundNetwork.AssertBroken(rule, changes);

    [Theory]
    [InlineData("SIP-001", "carriers[0].targets = [east, west]")]
    [InlineData("SIP-002", "carriers[0].probing.enabled = true")]
    [InlineData("SIP-002", "carriers[0].probing = { attempts: 3, retryInterval: 2s }")]
    [InlineData("SIP-003", "edges.tellsCapacity = true")]
    [InlineData("SIP-004",
        "carriers[1].targets = [east, west]; carriers[1].transports = [udp]; "
        + "carriers[1].udpMessageMax = 1300")]
    [InlineData("SIP-005", "carriers[0].inviteTimeout = 25s")]
    [InlineData("SIP-005", "objectives = []; carriers[0].inviteTimeout = 31s")]
    [InlineData("SIP-006", "regions[0].edge.address = 172.32.0.1")]
    [InlineData("SIP-006", "regions[0].edge.host = 203.0.113.9")]
    [InlineData("SIP-007", "carriers[0].sessionTimers = true")]
    [InlineData("SIP-007", "carriers[0].sessionTimer.interval = 1800s")]
    [InlineData("SIP-008", "carriers[0].regionNumbers = { east: [+1800555] }")]
    [InlineData("SIP-008", "carriers[0].numbers = [+1800555]")]
    [InlineData("SIP-009", "dns.ttl = 60s")]
    [InlineData("SIP-010", "edges = { sharesDialogs: false, instancesMin: 1, instancesMax: 1 }")]
    [InlineData("SIP-010", "connectors.sharesCalls = true")]
    [InlineData("SIP-011", "carriers[0].sources = [203.0.113.7/32]")]
    [InlineData("SIP-012", "carriers[0].symmetricResponse = true")]
    public void ANearMiss_IsLeftAlone(string rule, string changes) => SoundNetwork.AssertKept(rule, changes);
}
