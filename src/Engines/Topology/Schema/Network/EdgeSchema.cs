using System.Collections.Immutable;
using System.Net;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>The keys of a region's <c>edge</c>, and of <c>edges</c>, which holds for all of them.</summary>
internal static class EdgeSchema
{
    private static readonly ScalarKind<int> Instances = ValueKinds.Integer(0, 10_000, "3");

    public static readonly Setting<string> MachineType = Setting.Defaulting(
        "machineType", CloudKinds.MachineType, "n2-standard-4", "Of the instances.");

    public static readonly Setting<string> Image = Setting.Defaulting(
        "image", ValueKinds.Text("farspan-edge", 200), "farspan-edge", "What instances start from.");

    public static readonly Setting<IPNetwork> Subnet = Setting.Optional(
        "subnet", NetworkKinds.Network, "the first /24 of `googleRange`", "Where the instances are.");

    public static readonly Setting<int> InstancesMin = Setting.Optional(
        "instancesMin", Instances, "what carries all carriers' peak, and one more; at least 2",
        "Instances at any time.");

    public static readonly Setting<int> InstancesMax = Setting.Optional(
        "instancesMax", Instances, "twice `instancesMin`", "Instances at most.");

    public static readonly Setting<int> CallsMax = Setting.Defaulting(
        "callsMax", ValueKinds.Integer(1, 100_000, "500"), 500, "Calls of one instance.");

    public static readonly Setting<double> CallsPerSecondMax = Setting.Defaulting(
        "callsPerSecondMax", ValueKinds.Number(0.01, 10_000, "20"), 20, "New calls of one instance.");

    public static readonly Setting<ImmutableArray<SipPort>> SipPorts = Setting.Defaulting(
        "sipPorts", ValueKinds.NonEmptyListOf(CloudKinds.SipPort),
        [new(SipTransport.Udp, 5060), new(SipTransport.Tcp, 5060), new(SipTransport.Tls, 5061)],
        "Where carriers signal to.");

    public static readonly Setting<PortSpan> RtpPorts = Setting.Defaulting(
        "rtpPorts", CloudKinds.Ports, new PortSpan(20_000, 29_999), "Where media is taken.");

    public static readonly Setting<string> Host = Setting.Optional(
        "host", CloudKinds.HostName, "`edge-` and the region, in the DNS zone", "What it calls itself.");

    public static readonly Setting<IPAddress> Address = Setting.Optional(
        "address", NetworkKinds.Address, "drawn by Google",
        "The public address, once it is reserved; carriers are then given it, and need no DNS.");

    public static readonly Setting<bool> RepliesFromForwardingRule = Setting.Defaulting(
        "repliesFromForwardingRule", ValueKinds.Flag, true,
        "Whether answers leave with the load balancer's address.");

    public static readonly Setting<bool> TellsCapacity = Setting.Defaulting(
        "tellsCapacity", ValueKinds.Flag, true,
        "Whether OPTIONS is answered with 503 while the region can take no call.");

    public static readonly Setting<bool> SharesDialogs = Setting.Defaulting(
        "sharesDialogs", ValueKinds.Flag, true, "Whether any instance can serve any dialog.");

    public static readonly Setting<TimeSpan> KeepAlive = Setting.Defaulting(
        "keepAlive", DurationKind.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        TimeSpan.FromSeconds(25), "How often connections of carriers are kept alive (RFC 5626 §3.5).");

    public static readonly Setting<TimeSpan> MediaTimeout = Setting.Defaulting(
        "mediaTimeout", DurationKind.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)),
        TimeSpan.FromSeconds(30), "Without RTP for this long a call ends.");

    public static readonly Setting<Written> Heartbeat = WrittenSection.Optional(
        "heartbeat", ProbingSchema.Section, "see below");

    public static readonly Setting<Written> LoadBalancer = WrittenSection.Optional(
        "loadBalancer", LoadBalancerSchema.Section, "see below");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "The SIP-aware load balancers that carriers reach, in Google Cloud.",
        MachineType, Image, Subnet, InstancesMin, InstancesMax, CallsMax, CallsPerSecondMax, SipPorts,
        RtpPorts,
        Host, Address, RepliesFromForwardingRule, TellsCapacity, SharesDialogs, KeepAlive, MediaTimeout,
        Heartbeat, LoadBalancer);
}
