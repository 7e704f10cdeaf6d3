using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>BGP: timers, failure detection and protection of sessions.</summary>
internal static class BgpSessionRules
{
    private static readonly NetworkRule Keepalive = new("BGP-008", Error, CheckKeepalive)
    {
        Title = "A Cloud Router's keepalive is 20 to 60 s",
        Why = "Google refuses other values; the hold time is three keepalives.",
        Mend = "Write 20s, which gives the shortest hold time, 60 s; what must be faster needs BFD.",
        Source = RuleSources.CloudRouterTimers,
    };

    private static readonly NetworkRule EffectiveHold = new("BGP-009", Note, CheckHold)
    {
        Title = "Both ends of a session have the same hold time",
        Why = "The smaller one holds for both (RFC 4271 §4.2): who tunes one end only may wait for more, "
            + "or less, than he thinks when a link goes silent.",
        Mend = "Write the same timers at both ends, or know the one that is in force.",
        Source = RuleSources.CloudRouterTimers + "; " + RuleSources.DirectConnectBgp,
    };

    private static readonly NetworkRule BfdWhereItExists = new("BGP-010", Error, CheckBfdKind)
    {
        Title = "BFD is used on VLAN attachments only",
        Why = "Cloud Router has no BFD on sessions over HA VPN and with router appliances; the "
            + "configuration is refused.",
        Mend = "Take BFD away; over VPN the hold time of 30 s or probes of our own find the failure.",
        Source = RuleSources.CloudRouterBfd,
    };

    private static readonly NetworkRule BfdRange = new("BGP-011", Error, CheckBfdRange)
    {
        Title = "BFD of a Cloud Router has intervals of 1 to 30 s and a multiplier of 5 to 16",
        Why = "Google refuses other values. The faster 300 ms x 3 of Direct Connect does not help: the "
            + "slower end decides.",
        Mend = "Write 1s and 5, the fastest that there is.",
        Source = RuleSources.CloudRouterBfd + "; RFC 5880 §6.8.4",
    };

    private static readonly NetworkRule BfdMissing = new("BGP-012", Warning, CheckBfdMissing)
    {
        Title = "Sessions over VLAN attachments use BFD",
        Why = "Without it a link that goes silent is noticed when the hold time ends, after 60 s instead "
            + "of 5 s; BFD is off unless it is asked for.",
        Mend = "Leave `bfd` out, or write `enabled: true` in it, with intervals of 1s and a multiplier of 5.",
        Source = RuleSources.CloudRouterBfd + "; " + RuleSources.MultiCloudPractices,
    };

    private static readonly NetworkRule BothPassive = new("BGP-013", Error, CheckPassive)
    {
        Title = "One end of a BFD session is active",
        Why = "Two passive ends wait for each other for ever (RFC 5880 §6.1): the session never comes up "
            + "and detects nothing.",
        Mend = "Make the Cloud Router's end active.",
        Source = RuleSources.CloudRouterBfd + "; RFC 5880 §6.1",
    };

    private static readonly NetworkRule BfdWithRestart = new("BGP-014", Warning, CheckGracefulRestart)
    {
        Title = "Graceful restart is off where BFD is on",
        Why = "BFD says that the path is dead, and graceful restart keeps its routes for up to two minutes "
            + "more: the traffic goes into a black hole that BFD was bought to avoid.",
        Mend = "Turn graceful restart off on sessions over Direct Connect.",
        Source = RuleSources.DirectConnectBgp,
    };

    private static readonly NetworkRule SessionKey = new("BGP-020", Warning, CheckKeys)
    {
        Title = "Each session over Direct Connect has an MD5 key of its own, of 1 to 80 characters",
        Why = "AWS makes one up if none is given, and then the two ends differ; one key for all sessions "
            + "is lost everywhere at once.",
        Mend = "Refer to one secret for each session.",
        Source = RuleSources.Ec2Api + "; RFC 2385 §2",
    };

    private static readonly NetworkRule NoTtlSecurity = new("BGP-021", Error, CheckTtlSecurity)
    {
        Title = "TTL security is off toward Direct Connect",
        Why = "AWS sends its BGP packets with a TTL of 1; the check demands 255 (RFC 5082 §3) and drops "
            + "them all.",
        Mend = "Take `ttlSecurity` away; the MD5 key protects the session.",
        Source = "AWS Direct Connect, troubleshooting of BGP; RFC 5082 §3",
    };

    private static readonly NetworkRule TwoSessions = new("BGP-024", Warning, CheckTwoSessions)
    {
        Title = "Every path to AWS has two BGP sessions or more",
        Why = "AWS does maintenance on one tunnel, one device, one Connect peer at a time and says that "
            + "the other carries on.",
        Mend = "Add a second link, tunnel or Connect peer in each region.",
        Source = RuleSources.MultiCloudPractices,
    };

    public static IEnumerable<NetworkRule> All =>
    [
        Keepalive, EffectiveHold, BfdWhereItExists, BfdRange, BfdMissing, BothPassive, BfdWithRestart, SessionKey,
        NoTtlSecurity, TwoSessions,
    ];

    private static IEnumerable<Fault> CheckKeepalive(Network network) =>
        from router in network.Routers
        where router.Keepalive.TotalSeconds is < 20 or > 60
        select Fault.At(
            router, "keepalive", $"the keepalive of {router} is {router.Keepalive.Show()}",
            "Write 20s to 60s, or none.");

    private static IEnumerable<Fault> CheckHold(Network network) =>
        from session in network.Sessions
        where session.Kind != BgpSessionKind.Managed && session.Local.Hold != session.Remote.Hold
        group session by (session.Local.Hold, session.Remote.Hold, session.EffectiveHold) into alike
        let others = alike.Skip(1).Any() ? $" and {NetworkLoad.Count(alike.Count() - 1, "more session")}" : ""
        select Fault.At(
            alike.First(), "awsHold",
            $"{alike.First()}{others} have hold times of {alike.Key.Item1.Show()} and {alike.Key.Item2.Show()}:"
            + $" {alike.Key.EffectiveHold.Show()} is in force at both ends",
            "Write the same at both ends, if it matters where BFD is off.");

    private static IEnumerable<Fault> CheckBfdKind(Network network) =>
        from session in network.Sessions
        where session.Kind is BgpSessionKind.VpnTunnel or BgpSessionKind.RouterAppliance
        where session.Local.Bfd is not null
        select Fault.At(
            session, "bfd",
            $"{session} has BFD, but it runs over a {(IsTunnel(session) ? "VPN tunnel" : "router appliance")}",
            "Take BFD away.");

    private static bool IsTunnel(BgpSession session) => session.Kind == BgpSessionKind.VpnTunnel;

    private static IEnumerable<Fault> CheckBfdRange(Network network) =>
        from session in network.Sessions
        where session.Interface is not null
        let end = session.Local.Bfd
        where end is not null
        where end.MinTransmit.TotalSeconds is < 1 or > 30 || end.MinReceive.TotalSeconds is < 1 or > 30
            || end.Multiplier is < 5 or > 16
        select Fault.At(
            session, "bfd",
            $"BFD of {session} sends every {end.MinTransmit.Show()}, takes a packet every {end.MinReceive.Show()}"
            + $" and misses {end.Multiplier}",
            "Write intervals of 1s to 30s and a multiplier of 5 to 16.");

    private static IEnumerable<Fault> CheckBfdMissing(Network network) =>
        from session in network.Sessions
        where session.Kind is BgpSessionKind.VlanAttachment or BgpSessionKind.VirtualInterface
        where session.IsEnabled && (session.Local.Bfd is null || session.Remote.Bfd is null)
        select Fault.At(
            session, "bfd",
            $"{session} has no BFD: a silent loss is noticed after {session.EffectiveHold.Show()}",
            "Turn BFD on, every second, 5 missed.");

    private static IEnumerable<Fault> CheckPassive(Network network) =>
        from session in network.Sessions
        where session is { Local.Bfd.Role: BfdRole.Passive, Remote.Bfd.Role: BfdRole.Passive }
        select Fault.At(
            session, "bfd", $"both ends of {session} wait for the other to start BFD",
            "Make our end active.");

    private static IEnumerable<Fault> CheckGracefulRestart(Network network) =>
        from session in network.Sessions
        where session.Kind is BgpSessionKind.VlanAttachment or BgpSessionKind.VirtualInterface
        where session.HasBfd
        let restart = session.Local.GracefulRestart ?? session.Remote.GracefulRestart
        where restart is not null
        select Fault.At(
            session, "gracefulRestart",
            $"{session} has BFD, and keeps routes for {restart.Value.Show()} after the session is down",
            "Turn graceful restart off.");

    private static IEnumerable<Fault> CheckKeys(Network network)
    {
        var sessions = network.Sessions.Where(session => IsDirectConnect(network, session)).ToList();
        foreach (var session in sessions)
        {
            var reason = session.Md5Key switch
            {
                null => "has no MD5 key",
                SecretReference.Literal key when key.Value.Reveal().Length is 0 or > 80 =>
                    $"has an MD5 key of {key.Value.Reveal().Length} characters",
                _ => null,
            };
            if (reason is not null)
            {
                yield return Fault.At(session, "md5Key", $"{session} {reason}", "Refer to a secret for it.");
            }
        }

        foreach (var alike in sessions.Shared(session => session.Md5Key))
        {
            yield return Fault.At(
                alike.ElementAt(1), "md5Key", $"{string.Join(", ", alike)} share one MD5 key",
                "Refer to one secret for each.");
        }
    }

    private static bool IsDirectConnect(Network network, BgpSession session) =>
        session.Kind != BgpSessionKind.Managed
        && network.DirectConnectGateways.WithId(session.Remote.Speaker) is not null;

    private static IEnumerable<Fault> CheckTtlSecurity(Network network) =>
        from session in network.Sessions
        where session.HasTtlSecurity && IsDirectConnect(network, session)
        select Fault.At(
            session, "ttlSecurity", $"{session} drops packets with a TTL below 255, and AWS sends 1",
            "Turn it off.");

    private static IEnumerable<Fault> CheckTwoSessions(Network network) =>
        from region in network.Regions
        let links = network.Links.Of(region).Where(link => IsUp(network, link)).ToList()
        where links.Count == 1
        select Fault.At(
            region, "links", $"{region} has one way to AWS, {links[0]}",
            "Add a second link.");

    private static bool IsUp(Network network, Link link) =>
        link.Sessions.All(id => network.Sessions.WithId(id)?.IsEnabled != false);
}
