namespace Farspan.Topology.Tests;

/// <summary>MED and TLS: what breaks each rule of audio and keys, and what nearly does.</summary>
public sealed class MediaRuleTests
{
    [Theory]
    [InlineData("MED-001", "edges.rtpPorts = 20000-20998")]
    [InlineData("MED-001", "edges.rtpPorts = 20001-29999")]
    [InlineData("MED-001", "edges.rtpPorts = 30000-32768")]
    [InlineData("MED-002",
        "regions[0].vpc.securityGroup = [{ direction: egress, protocol: tcp, ports: 443, peers: "
        + "[0.0.0.0/0] }]")]
    [InlineData("MED-003", "regions[0].links[0].bandwidth = 91; regions[0].links[1].bandwidth = 91")]
    [InlineData("MED-004",
        "links.transport = ha-vpn; regions[0].links = [{}, {}, {}, {}]; regions[1].links = [{}, {}, "
        + "{}, {}]; carriers[0].peakCalls = 7200")]
    [InlineData("MED-006", "edges.mediaTimeout = 6s")]
    [InlineData("TLS-001", "carriers[0].mutualTls = false")]
    [InlineData("TLS-001", "carriers[0].tlsName = sip.example.com")]
    [InlineData("TLS-001", "carriers[0].certificateEnd = 2026-12-21")]
    [InlineData("TLS-001", "policies.carrierEncryption = true")]
    [InlineData("TLS-002", "carriers[1].srtp = require")]
    [InlineData("TLS-004", "links.md5Key = literal:secret")]
    [InlineData("TLS-004", "regions[0].links[0].md5Key = env:SAME; regions[1].links[0].md5Key = env:SAME")]
    public void ABreach_IsFound(string rule, string changes) => SoundNetwork.AssertBroken(rule, changes);

    [Theory]
    [InlineData("MED-001", "edges.rtpPorts = 20000-20999")]
    [InlineData("MED-001", "edges.rtpPorts = 20002-29999")]
    [InlineData("MED-001", "edges.rtpPorts = 30000-32767")]
    [InlineData("MED-002",
        "regions[0].vpc.securityGroup = [{ direction: egress, protocol: tcp, ports: 443, peers: "
        + "[0.0.0.0/0] }, { direction: egress, protocol: udp, ports: 3478, peers: [99.77.128.0/18] }]")]
    [InlineData("MED-003", "regions[0].links[0].bandwidth = 92; regions[0].links[1].bandwidth = 92")]
    [InlineData("MED-004",
        "links.transport = ha-vpn; regions[0].links = [{}, {}, {}, {}]; regions[1].links = [{}, {}, "
        + "{}, {}]; carriers[0].peakCalls = 7000")]
    [InlineData("MED-006", "edges.mediaTimeout = 7s")]
    [InlineData("TLS-001", "carriers[0].mutualTls = true")]
    [InlineData("TLS-001", "carriers[0].tlsName = calls.example.com")]
    [InlineData("TLS-001", "carriers[0].certificateEnd = 2026-12-22")]
    [InlineData("TLS-001",
        "policies.carrierEncryption = true; carriers[0].srtp = require; carriers[1].srtp = require; "
        + "carriers[1].transports = [tls]; carriers[1].targets = [east, west]")]
    [InlineData("TLS-002", "carriers[0].srtp = require")]
    [InlineData("TLS-004", "regions[0].links[0].md5Key = env:EAST")]
    [InlineData("TLS-004", "regions[0].links[0].md5Key = env:SAME; regions[0].links[1].md5Key = env:SAME")]
    public void ANearMiss_IsLeftAlone(string rule, string changes) => SoundNetwork.AssertKept(rule, changes);
}
