namespace Farspan.Topology.Tests;

/// <summary>CAP: what breaks each rule of capacity, and what nearly does.</summary>
public sealed class CapacityRuleTests
{
    [Theory]
    [InlineData("CAP-001", "regions[1].connector = { instancesMin: 2, callsMax: 499 }")]
    [InlineData("CAP-002", "contactCenters.quotas = { startsPerSecond: 5, concurrentCalls: 1000 }")]
    [InlineData("CAP-003", "contactCenters.quotas = { startsPerSecond: 20, concurrentCalls: 999 }")]
    [InlineData("CAP-004", "regions[1].connect.agents = 0")]
    [InlineData("CAP-005", "regions[0].links[0].bandwidth = 113; regions[0].links[1].bandwidth = 113")]
    [InlineData("CAP-006", "connectors = { instancesMin: 2, callsMax: 499 }")]
    [InlineData("CAP-007", "contactCenters.quotas = { concurrentCalls: 11 }")]
    public void ABreach_IsFound(string rule, string changes) => SoundNetwork.AssertBroken(rule, changes);

    [Theory]
    [InlineData("CAP-001", "regions[1].connector = { instancesMin: 2, callsMax: 500 }")]
    [InlineData("CAP-002", "contactCenters.quotas = { startsPerSecond: 6, concurrentCalls: 1000 }")]
    [InlineData("CAP-003", "contactCenters.quotas = { startsPerSecond: 20, concurrentCalls: 1000 }")]
    [InlineData("CAP-004", "regions[1].connect.agents = 1")]
    [InlineData("CAP-005", "regions[0].links[0].bandwidth = 115; regions[0].links[1].bandwidth = 115")]
    [InlineData("CAP-006", "connectors = { instancesMin: 2, callsMax: 500 }")]
    [InlineData("CAP-007", "contactCenters.quotas = { concurrentCalls: 10 }")]
    public void ANearMiss_IsLeftAlone(string rule, string changes) => SoundNetwork.AssertKept(rule, changes);
}
