using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>Rules of packet filters: those that are written, and makers of those that are derived.</summary>
internal static class Filters
{
    private const int FirstPriority = 100;
    private const int PriorityStep = 10;

    public static readonly IPNetwork Everywhere = IPNetwork.Parse("0.0.0.0/0");

    /// <summary>Media servers of the Amazon Chime SDK.</summary>
    public static readonly IPNetwork Chime = IPNetwork.Parse("99.77.128.0/18");

    /// <summary>Whence Google's health checks come.</summary>
    public static readonly ImmutableArray<IPNetwork> HealthChecks =
    [
        IPNetwork.Parse("35.191.0.0/16"), IPNetwork.Parse("130.211.0.0/22"),
        IPNetwork.Parse("209.85.152.0/22"), IPNetwork.Parse("209.85.204.0/22"),
    ];

    /// <summary>Ports that answers come back to.</summary>
    public static readonly PortSpan HighPorts = new(1_024, 65_535);

    public static FilterRule In(
        string protocol, PortSpan? ports, ImmutableArray<IPNetwork> peers, string purpose) =>
        Make(FilterDirection.Ingress, protocol, ports, peers, purpose);

    public static FilterRule Out(
        string protocol, PortSpan? ports, ImmutableArray<IPNetwork> peers, string purpose) =>
        Make(FilterDirection.Egress, protocol, ports, peers, purpose);

    /// <summary>As the file has them.</summary>
    public static IEnumerable<FilterRule> Of(ImmutableArray<Written> rules) =>
        rules.Select(rule => Make(
            rule.Get(FilterSchema.Direction),
            rule.Get(FilterSchema.Protocol),
            rule.FindNumber(FilterSchema.Ports),
            rule.Get(FilterSchema.Peers),
            rule.Get(FilterSchema.Purpose)) with
        {
            IsAllowed = rule.Get(FilterSchema.Allow),
        });

    /// <summary>Gives the rules their order; rules without peers would let nobody through and go.</summary>
    public static ImmutableArray<FilterRule> Number(IEnumerable<FilterRule> rules) =>
    [
        .. rules.Where(rule => rule.Peers.Length > 0)
            .Select((rule, index) => rule with { Priority = FirstPriority + (index * PriorityStep) }),
    ];

    private static FilterRule Make(
        FilterDirection direction, string protocol, PortSpan? ports, ImmutableArray<IPNetwork> peers,
        string purpose) => new()
        {
            Direction = direction,
            IsAllowed = true,
            Protocol = protocol,
            Ports = ports,
            Peers = peers,
            Purpose = purpose,
            Priority = 0,
        };
}
