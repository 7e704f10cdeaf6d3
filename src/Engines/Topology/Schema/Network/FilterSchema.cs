using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>The keys of a rule of a firewall, security group or network ACL.</summary>
internal static class FilterSchema
{
    public static readonly Setting<string> Name = Setting.Optional(
        "name", CloudKinds.ResourceName, "by position", "What the rule is called.");

    public static readonly Setting<FilterDirection> Direction = Setting.Defaulting(
        "direction",
        ValueKinds.Word(("ingress", FilterDirection.Ingress), ("egress", FilterDirection.Egress)),
        FilterDirection.Ingress,
        "Which way.");

    public static readonly Setting<bool> Allow = Setting.Defaulting(
        "allow", ValueKinds.Flag, true, "Whether it lets through what matches.");

    public static readonly Setting<string> Protocol = Setting.Required(
        "protocol",
        ValueKinds.Word(("udp", "udp"), ("tcp", "tcp"), ("icmp", "icmp"), ("esp", "esp"), ("all", "all")),
        "The protocol.");

    public static readonly Setting<PortSpan> Ports = Setting.Optional(
        "ports", CloudKinds.Ports, "all", "Destination ports.");

    public static readonly Setting<ImmutableArray<IPNetwork>> Peers = Setting.Required(
        "peers", ValueKinds.NonEmptyListOf(NetworkKinds.Network), "The networks on the other side.");

    public static readonly Setting<string> Purpose = Setting.Defaulting(
        "purpose", ValueKinds.Text("SIP from carriers", 200), "as written", "Why it is there.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "A rule of a packet filter.", Name, Direction, Allow, Protocol, Ports, Peers, Purpose);
}
