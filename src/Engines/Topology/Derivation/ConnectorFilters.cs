using System.Collections.Immutable;
using System.Net;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>
/// What connectors may send and receive: the security group, and the stateless ACL around it.
/// </summary>
internal static class ConnectorFilters
{
    private const int AdminPort = 8_443;
    private static readonly PortSpan Https = new(443, 443);
    private static readonly PortSpan Turn = new(3_478, 3_478);

    public static string GroupOf(RegionPlan region) => $"sg/{region.Aws}/connector";

    public static string AclOf(RegionPlan region) => $"nacl/{region.Aws}/connector";

    public static SecurityGroup SecurityGroup(NetworkPlan plan, RegionPlan region)
    {
        var vpc = region.Inside(RegionSchema.Vpc);
        return new SecurityGroup
        {
            Id = GroupOf(region),
            Name = $"{plan.Prefix}-connector-{region.Aws}",
            Region = region.Name,
            Origin = region.OriginOf(RegionSchema.Vpc).Derived(),
            Vpc = region.Vpc,
            Rules = vpc.FindNumber(VpcSchema.SecurityGroup) is { } written
                ? [.. Filters.Of(written)]
                :
                [
                    .. Inbound(plan, region, plan.Inside)
                        .Concat(Outbound(plan.InsideShort))
                        .Where(rule => rule.Peers.Length > 0),
                ],
        };
    }

    public static NetworkAcl NetworkAcl(NetworkPlan plan, RegionPlan region)
    {
        var vpc = region.Inside(RegionSchema.Vpc);
        return new NetworkAcl
        {
            Id = AclOf(region),
            Name = $"{plan.Prefix}-connector-{region.Aws}",
            Region = region.Name,
            Origin = region.OriginOf(RegionSchema.Vpc).Derived(),
            Vpc = region.Vpc,
            Rules = Filters.Number(vpc.FindNumber(VpcSchema.NetworkAcl) is { } written
                ? Filters.Of(written)
                : Stateless(plan, region)),
        };
    }

    private static IEnumerable<FilterRule> Inbound(
        NetworkPlan plan, RegionPlan region, ImmutableArray<IPNetwork> inside)
    {
        var connector = region.Inside(RegionSchema.Connector).Or(plan.Written.Connectors);
        foreach (var port in connector.Get(ConnectorSchema.SipPorts))
        {
            var protocol = port.Transport == SipTransport.Udp ? "udp" : "tcp";
            yield return Filters.In(protocol, new(port.Port, port.Port), inside, "SIP from edges");
        }

        var health = connector.Get(ConnectorSchema.HealthPort);
        yield return Filters.In("udp", connector.Get(ConnectorSchema.RtpPorts), inside, "media from edges");
        yield return Filters.In("tcp", new(health, health), inside, "readiness");
        yield return Filters.In("icmp", null, plan.InsideShort, "path MTU (RFC 1191 §4)");
        var admins = plan.Written.Policies.Get(PoliciesSchema.AdminSources);
        yield return Filters.In("tcp", new(AdminPort, AdminPort), admins, "administration");
    }

    private static IEnumerable<FilterRule> Outbound(ImmutableArray<IPNetwork> inside)
    {
        yield return Filters.Out("tcp", Https, [Filters.Everywhere], "Amazon Connect, Chime and AWS's APIs");
        yield return Filters.Out("udp", Turn, [Filters.Chime], "TURN of Chime (RFC 8656 §3)");
        yield return Filters.Out("udp", Filters.HighPorts, inside, "media and SIP to edges");
        yield return Filters.Out("tcp", Filters.HighPorts, inside, "SIP to edges");
        yield return Filters.Out("icmp", null, inside, "path MTU (RFC 1191 §4)");
    }

    /// <summary>
    /// Both directions of everything: an ACL remembers nothing. AWS takes 20 lines of one range each.
    /// </summary>
    private static IEnumerable<FilterRule> Stateless(NetworkPlan plan, RegionPlan region)
    {
        var inside = plan.InsideShort;
        foreach (var rule in Inbound(plan, region, inside).Concat(Outbound(inside)))
        {
            yield return rule;
        }

        yield return Filters.In("tcp", Filters.HighPorts, [Filters.Everywhere], "answers from the Internet");
        yield return Filters.In("udp", Filters.HighPorts, [Filters.Chime], "media from Chime");
        yield return Filters.In("udp", Filters.HighPorts, inside, "media that edges send to any port");
        var admins = plan.Written.Policies.Get(PoliciesSchema.AdminSources);
        yield return Filters.Out("tcp", Filters.HighPorts, admins, "answers to administrators");
    }
}
