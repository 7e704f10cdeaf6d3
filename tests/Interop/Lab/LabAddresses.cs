using System.Net;
using System.Text.Json.Nodes;

namespace Farspan.Interop.Tests;

/// <summary>The addresses that the lab says it has.</summary>
/// <param name="Sip">SIP over UDP and TCP.</param>
/// <param name="SipTls">SIP over TLS.</param>
/// <param name="Number">The number that has a route.</param>
/// <param name="AgentPage">The page of human agents.</param>
/// <param name="Connect">The emulator of Amazon Connect.</param>
/// <param name="Metrics">The connector's metrics.</param>
internal sealed record LabAddresses(
    IPEndPoint Sip, IPEndPoint SipTls, string Number, Uri AgentPage, Uri Connect, Uri Metrics)
{
    /// <summary>What to dial over udp, tcp or tls.</summary>
    public string SipUri(string transport) =>
        $"sip:{Number}@{(transport == "tls" ? SipTls : Sip)};transport={transport}";

    public static LabAddresses Parse(string json)
    {
        var said = JsonNode.Parse(json)!;
        var sip = (string)said["sip"]!;
        return new LabAddresses(
            HostOf(sip), HostOf((string)said["sipTls"]!), sip[(sip.IndexOf(':') + 1)..sip.IndexOf('@')],
            Address("agentPage"), Address("connect"), Address("metrics"));

        Uri Address(string name) => new((string)said[name]!);
        IPEndPoint HostOf(string uri) => IPEndPoint.Parse(uri[(uri.IndexOf('@') + 1)..].Split(';')[0]);
    }
}
