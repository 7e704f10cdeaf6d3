using System.Collections.Immutable;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>The zone in which carriers find the edges (RFC 3263 §4).</summary>
internal static class DnsDerivation
{
    private const int ServicePriority = 10;

    public static DnsZone? ZoneOf(NetworkPlan plan, NetworkParts parts)
    {
        if (plan.Written.Dns is not { } dns)
        {
            return null;
        }

        var written = dns.Get(DnsSchema.Records).Select(record => Written(dns, record)).ToArray();
        var derived = Derived(plan, dns, parts).ExceptBy(written.Select(record => record.Id), r => r.Id);
        var zone = dns.Get(DnsSchema.Zone);
        return new DnsZone
        {
            Id = $"dns/{zone}",
            Name = zone,
            Region = "",
            Origin = dns.Origin,
            Provider = dns.Get(DnsSchema.Provider),
            Records = [.. derived, .. written],
        };
    }

    private static IEnumerable<DnsRecord> Derived(NetworkPlan plan, Written dns, NetworkParts parts)
    {
        foreach (var region in plan.Regions)
        {
            var address = parts.Addresses.First(item => item.Id == $"address/{region.Google}");
            var value = address.Address?.ToString() ?? address.Id;
            yield return Make(dns, EdgeDerivation.HostOf(plan, region), "A", [value], dns.Origin.Derived());
        }

        var services = parts.Edges.SelectMany(edge => edge.SipPorts).Distinct();
        foreach (var service in services.GroupBy(port => port.Transport).OrderBy(group => group.Key))
        {
            var values = parts.Edges.SelectMany(edge => edge.SipPorts
                .Where(port => port.Transport == service.Key)
                .Select(port => ServiceValue(plan, edge, port)));
            var name = $"{ServiceName(service.Key)}.{dns.Get(DnsSchema.Zone)}";
            yield return Make(dns, name, "SRV", [.. values], dns.Origin.Derived());
        }
    }

    private static string ServiceName(SipTransport transport) => transport switch
    {
        SipTransport.Udp => "_sip._udp",
        SipTransport.Tcp => "_sip._tcp",
        _ => "_sips._tcp",
    };

    private static string ServiceValue(NetworkPlan plan, Edge edge, SipPort port) =>
        $"{ServicePriority} {plan.Find(edge.Region)!.Element.Weight} {port.Port} {edge.Host}.";

    private static DnsRecord Written(Written dns, Written record) => Make(
        dns,
        record.Get(DnsRecordSchema.Name),
        record.Get(DnsRecordSchema.Type),
        record.Get(DnsRecordSchema.Values),
        record.Origin) with
    {
        TimeToLive = record.FindNumber(DnsRecordSchema.TimeToLive) ?? dns.Get(DnsSchema.TimeToLive),
    };

    private static DnsRecord Make(
        Written dns, string name, string type, ImmutableArray<string> values, Origin origin) => new()
        {
            Id = $"dns-record/{name}/{type}",
            Name = name,
            Region = "",
            Origin = origin,
            Type = type,
            TimeToLive = dns.Get(DnsSchema.TimeToLive),
            Values = values,
            HealthCheck = dns.Find(DnsSchema.HealthCheck) is { } check ? ProbingSchema.Make(check) : null,
        };
}
