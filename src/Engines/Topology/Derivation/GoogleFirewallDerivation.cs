using System.Collections.Immutable;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>What Google's firewall lets through to the edges.</summary>
internal static class GoogleFirewallDerivation
{
    private const int AdminPort = 8_443;

    public static IEnumerable<GoogleFirewallRule> RulesOf(NetworkPlan plan, NetworkParts parts)
    {
        var google = plan.Written.Google;
        return google.FindNumber(GoogleSchema.Firewall) is { } written
            ? Written(plan, written)
            : Derived(plan, parts);
    }

    private static IEnumerable<GoogleFirewallRule> Written(NetworkPlan plan, ImmutableArray<Written> rules)
    {
        foreach (var (index, rule) in Filters.Number(Filters.Of(rules)).Index())
        {
            var name = rules[index].Find(FilterSchema.Name) ?? $"rule-{index + 1}";
            yield return Make(plan, name, rule, rules[index].Origin);
        }
    }

    private static IEnumerable<GoogleFirewallRule> Derived(NetworkPlan plan, NetworkParts parts)
    {
        var carriers = parts.Carriers.SelectMany(carrier => carrier.Sources).Distinct().ToImmutableArray();
        var edges = parts.Edges;
        var named = new List<(string Name, FilterRule Rule)>();
        foreach (var port in edges.SelectMany(edge => edge.SipPorts).Distinct())
        {
            var protocol = port.Transport == SipTransport.Udp ? "udp" : "tcp";
            var name = $"allow-sip-{port.Transport.ToString().ToLowerInvariant()}-{port.Port}";
            named.Add((name, Filters.In(protocol, new(port.Port, port.Port), carriers, "SIP from carriers")));
        }

        foreach (var ports in edges.Select(edge => edge.RtpPorts).Distinct())
        {
            var peers = carriers.AddRange(plan.AwsRanges);
            named.Add(($"allow-rtp-{ports.First}", Filters.In("udp", ports, peers, "media")));
        }

        foreach (var port in parts.HealthChecks.Select(check => check.Port).Distinct())
        {
            var rule = Filters.In("tcp", new(port, port), Filters.HealthChecks, "Google's health checks");
            named.Add(($"allow-health-checks-{port}", rule));
        }

        var sip = Filters.In("tcp", Filters.HighPorts, plan.AwsRanges, "connectors' SIP");
        named.Add(("allow-connectors", sip));
        var icmp = Filters.In("icmp", null, [plan.Pool, .. carriers], "path MTU (RFC 1191 §4)");
        named.Add(("allow-icmp", icmp));
        var admins = plan.Written.Policies.Get(PoliciesSchema.AdminSources);
        named.Add(("allow-admin", Filters.In("tcp", new(AdminPort, AdminPort), admins, "administration")));
        return Filters.Number(named.Select(pair => pair.Rule))
            .Zip(named.Where(pair => pair.Rule.Peers.Length > 0))
            .Select(pair => Make(plan, pair.Second.Name, pair.First, plan.Written.Google.Origin.Derived()));
    }

    private static GoogleFirewallRule Make(
        NetworkPlan plan, string name, FilterRule rule, Origin origin) => new()
    {
        Id = $"firewall/{name}",
        Name = $"{plan.Prefix}-{name}",
        Region = "",
        Origin = origin,
        Rule = rule,
        TargetTags = [$"{plan.Prefix}-edge"],
        IsLogged = true,
    };
}
