using System.Net;
using System.Text.Json.Nodes;

namespace Farspan.Interop.Tests;

/// <summary>The addresses that the lab says it has.</summary>
internal sealed record LabAddresses(IPEndPoint Sip, string Number, Uri AgentPage, Uri Connect, Uri Metrics)
{
    public string SipUri => $"sip:{Number}@{Sip}";

    public static LabAddresses Parse(string json)
    {
        var said = JsonNode.Parse(json)!;
        var sip = (string)said["sip"]!;
        var (user, host) = (sip["sip:".Length..sip.IndexOf('@')], sip[(sip.IndexOf('@') + 1)..]);
        return new LabAddresses(
            IPEndPoint.Parse(host.Split(';')[0]), user, Address("agentPage"), Address("connect"),
            Address("metrics"));

        Uri Address(string name) => new((string)said[name]!);
    }
}
