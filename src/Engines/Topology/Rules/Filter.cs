using System.Net;

namespace Farspan.Topology;

/// <summary>What lists of filter rules let through: the first line that speaks of a packet decides.</summary>
internal static class Filter
{
    private const string AnyProtocol = "all";

    /// <summary>
    /// Whether everything of this kind passes; a line that forbids a part of it before forbids the whole.
    /// </summary>
    /// <param name="rules">In any order.</param>
    /// <param name="direction">Of the packets.</param>
    /// <param name="protocol">Such as <c>udp</c>.</param>
    /// <param name="ports">Destination ports; null for protocols without.</param>
    /// <param name="peer">The other side.</param>
    public static bool Allows(
        this IEnumerable<FilterRule> rules,
        FilterDirection direction,
        string protocol,
        PortSpan? ports,
        IPNetwork peer)
    {
        foreach (var rule in rules.Where(rule => rule.Direction == direction).OrderBy(rule => rule.Priority))
        {
            if (rule.Protocol != protocol && rule.Protocol != AnyProtocol)
            {
                continue;
            }

            if (!rule.IsAllowed && Touches(rule, ports, peer))
            {
                return false;
            }

            if (rule.IsAllowed && Holds(rule, ports, peer))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The key that holds the lines of a firewall, security group or network ACL.</summary>
    public static string KeyOf(NetworkElement element) => element switch
    {
        SecurityGroup => "securityGroup",
        NetworkAcl => "networkAcl",
        _ => "peers",
    };

    /// <summary>Whether the two have a port in common.</summary>
    public static bool Overlap(PortSpan first, PortSpan second) =>
        first.First <= second.Last && second.First <= first.Last;

    /// <summary>Whether the line has all of these ports and peers.</summary>
    private static bool Holds(FilterRule rule, PortSpan? ports, IPNetwork peer) =>
        (rule.Ports is not { } own || (ports is { } wanted && own.Contains(wanted)))
        && rule.Peers.Any(range => range.Covers(peer));

    /// <summary>Whether the line has any of these ports and peers.</summary>
    private static bool Touches(FilterRule rule, PortSpan? ports, IPNetwork peer) =>
        (rule.Ports is not { } own || ports is not { } wanted || Overlap(own, wanted))
        && rule.Peers.Any(range => range.Overlaps(peer));
}
