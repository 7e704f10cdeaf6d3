namespace Farspan.Topology.Tests;

/// <summary>DNS, MON and MGT: what breaks each rule of operation, and what nearly does.</summary>
public sealed class OperationRuleTests
{
    [Theory]
    [InlineData("DNS-001", "dns.healthCheck.interval = 10s")]
    [InlineData("DNS-002",
        "dns.records = [{ name: sip.calls.example.com, type: CNAME, values: [x.example.com.] }, { "
        + "name: _sip._udp.calls.example.com, type: SRV, values: [10 1 5060 sip.calls.example.com.] }]")]
    [InlineData("DNS-002",
        "edges.sipPorts = [udp:5060]; dns.records = [{ name: _sip._tcp.calls.example.com, type: SRV, "
        + "values: [10 1 5060 edge-east.calls.example.com.] }]")]
    [InlineData("DNS-003", "objectives = [{ failure: dns }]")]
    [InlineData("MON-001", "monitoring.sessionAlarms = false")]
    [InlineData("MON-002", "monitoring.signal = metrics")]
    [InlineData("MON-003", "monitoring.missingDataIsBad = false")]
    [InlineData("MON-004", "monitoring.probedRegions = [east]")]
    [InlineData("MON-004", "monitoring.probeInterval = ~")]
    [InlineData("MON-005", "monitoring.alarmRegions = [us-east-1]")]
    [InlineData("MON-006", "monitoring.logRetentionDays = ~")]
    [InlineData("MON-006", "monitoring.redactsPersonalData = false")]
    [InlineData("MGT-001", "management.stateRegions = [us-east-1]")]
    [InlineData("MGT-001", "management.stateLock = false")]
    [InlineData("MGT-002", "policies.guardsDestruction = false")]
    [InlineData("MGT-003", "management.controller.awsRegions = [us-east-1]")]
    [InlineData("MGT-003", "connectors.handMade = true")]
    [InlineData("MGT-004", "management.controller.dwell = 1s")]
    [InlineData("MGT-004", "management.controller.hysteresis = false")]
    public void ABreach_IsFound(string rule, string changes) => SoundNetwork.AssertBroken(rule, changes);

    [Theory]
    [InlineData("DNS-001", "dns = { zone: calls.example.com, ttl: 5s, healthCheck: { interval: 5s } }")]
    [InlineData("DNS-002",
        "dns.records = [{ name: sip.calls.example.com, type: A, values: [203.0.113.9] }, { name: "
        + "_sip._udp.calls.example.com, type: SRV, values: [10 1 5060 sip.calls.example.com.] }]")]
    [InlineData("DNS-002",
        "edges.sipPorts = [tcp:5060]; dns.records = [{ name: _sip._tcp.calls.example.com, type: SRV, "
        + "values: [10 1 5060 edge-east.calls.example.com.] }]")]
    [InlineData("DNS-003", "objectives = [{ failure: google-region }]")]
    [InlineData("MON-001", "monitoring.sessionAlarms = true")]
    [InlineData("MON-002", "monitoring.signal = probes")]
    [InlineData("MON-003", "monitoring.missingDataIsBad = true")]
    [InlineData("MON-004", "monitoring.probedRegions = [east, west]")]
    [InlineData("MON-004", "monitoring.probeInterval = 1s")]
    [InlineData("MON-005", "monitoring.alarmRegions = [us-east-1, us-west-2]")]
    [InlineData("MON-006", "monitoring.logRetentionDays = 1")]
    [InlineData("MON-006", "monitoring.redactsPersonalData = true")]
    [InlineData("MGT-001", "management.stateRegions = [us-east-1, us-west-2]")]
    [InlineData("MGT-001", "management.stateLock = true")]
    [InlineData("MGT-002", "policies.guardsDestruction = true")]
    [InlineData("MGT-003", "management.controller.awsRegions = [us-east-1, us-west-2]")]
    [InlineData("MGT-003", "connectors.handMade = false")]
    [InlineData("MGT-004", "management.controller.dwell = 2s")]
    [InlineData("MGT-004", "management.controller.hysteresis = true")]
    public void ANearMiss_IsLeftAlone(string rule, string changes) => SoundNetwork.AssertKept(rule, changes);
}
