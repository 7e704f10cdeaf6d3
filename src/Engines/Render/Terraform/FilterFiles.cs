using System.Net;
using Farspan.Topology;

namespace Farspan.Render;

/// <summary>Security groups, which remember flows, and network ACLs, which do not.</summary>
internal sealed class FilterFiles(NetworkIndex index, Region region, TerraformModule module)
{
    private const string AllProtocols = "-1";
    private const string DescriptionMarks = " ._-:/()#,@[]+=&;{}!$*";
    private const int DescriptionLengthMax = 255;

    /// <summary>A rule of a network ACL has one peer; ours of several peers become several, in order.</summary>
    private const int NumbersPerPriority = 20;


    public void Render()
    {
        foreach (var group in NetworkIndex.In(index.Network.SecurityGroups, region))
        {
            Group(group);
        }

        foreach (var acl in NetworkIndex.In(index.Network.NetworkAcls, region))
        {
            Acl(acl);
        }
    }

    private void Group(SecurityGroup group)
    {
        module.File("filters.tf").Resource("aws_security_group", Names.Local(group), resource => resource
            .Set("name", group.Name)
            .Set("description", $"{group.Id} of {index.Network.Name}")
            .Set("vpc_id", Hcl.Reference($"aws_vpc.{Names.Local(group.Vpc)}.id"))
            .Set("tags", Hcl.Map(("Name", group.Name))));
        foreach (var (rule, peer) in group.Rules.SelectMany(r => r.Peers.Select(p => (r, p))))
        {
            GroupRule(group, rule, peer);
        }
    }

    private void GroupRule(SecurityGroup group, FilterRule rule, IPNetwork peer)
    {
        var direction = rule.Direction == FilterDirection.Ingress ? "ingress" : "egress";
        var hasPorts = rule.Protocol is "tcp" or "udp";
        module.File("filters.tf")
            .Resource($"aws_vpc_security_group_{direction}_rule", RuleName(group.Id, rule, peer), resource => resource
            .Set("security_group_id", Hcl.Reference($"aws_security_group.{Names.Local(group)}.id"))
            .Set("description", Description(rule.Purpose))
            .Set("ip_protocol", Protocol(rule))
            .Set("cidr_ipv4", peer.ToString())
            .Set("from_port", PortOf(rule, first: true, hasPorts))
            .Set("to_port", PortOf(rule, first: false, hasPorts)));
    }

    private static HclValue? PortOf(FilterRule rule, bool first, bool hasPorts) => rule switch
    {
        { Protocol: "icmp" } => -1,
        _ when !hasPorts => null,
        { Ports: { } ports } => first ? ports.First : ports.Last,
        _ => first ? 0 : 65535,
    };

    private void Acl(NetworkAcl acl)
    {
        var subnets = NetworkIndex.In(index.Network.AwsSubnets, region).Where(s => s.NetworkAcl == acl.Id);
        module.File("filters.tf").Resource("aws_network_acl", Names.Local(acl), resource => resource
            .Set("vpc_id", Hcl.Reference($"aws_vpc.{Names.Local(acl.Vpc)}.id"))
            .Set("subnet_ids", Hcl.List(subnets.Select(s => Hcl.Reference($"aws_subnet.{Names.Local(s)}.id"))))
            .Set("tags", Hcl.Map(("Name", acl.Name))));
        foreach (var rule in acl.Rules)
        {
            foreach (var (offset, peer) in rule.Peers.Index())
            {
                AclRule(acl, rule, peer, (rule.Priority * NumbersPerPriority) + offset);
            }
        }
    }

    private void AclRule(NetworkAcl acl, FilterRule rule, IPNetwork peer, int number) => module.File("filters.tf")
        .Comment(rule.Purpose)
        .Resource("aws_network_acl_rule", RuleName(acl.Id, rule, peer), resource => resource
            .Set("network_acl_id", Hcl.Reference($"aws_network_acl.{Names.Local(acl)}.id"))
            .Set("rule_number", number)
            .Set("egress", rule.Direction == FilterDirection.Egress)
            .Set("rule_action", rule.IsAllowed ? "allow" : "deny")
            .Set("protocol", Protocol(rule))
            .Set("cidr_block", peer.ToString())
            .Set("from_port", AclPort(rule, first: true))
            .Set("to_port", AclPort(rule, first: false))
            .Set("icmp_type", rule.Protocol == "icmp" ? -1 : null)
            .Set("icmp_code", rule.Protocol == "icmp" ? -1 : null));

    private static HclValue? AclPort(FilterRule rule, bool first) =>
        rule.Protocol is "tcp" or "udp" ? PortOf(rule, first, hasPorts: true) : null;

    /// <summary>Named after what it says, not after where it stands: a rule more leaves the others alone.</summary>
    private static string RuleName(string id, FilterRule rule, IPNetwork peer)
    {
        var ports = rule.Ports is { } span ? "_" + span.ToString() : "";
        var verb = rule.IsAllowed ? "" : "deny_";
        var direction = rule.Direction == FilterDirection.Ingress ? "from" : "to";
        return Hcl.Identifier($"{Names.Local(id)}_{verb}{rule.Protocol}{ports}_{direction}_{peer}");
    }

    private static string Protocol(FilterRule rule) => rule.Protocol switch
    {
        "all" => AllProtocols,
        "esp" => "50",
        _ => rule.Protocol,
    };

    /// <summary>EC2 takes 255 characters, and not all of them.</summary>
    private static string Description(string purpose)
    {
        var plain = string.Concat(purpose.Select(c =>
            char.IsAsciiLetterOrDigit(c) || DescriptionMarks.Contains(c, StringComparison.Ordinal) ? c : '-'));
        return plain.Length <= DescriptionLengthMax ? plain : plain[..DescriptionLengthMax];
    }
}
