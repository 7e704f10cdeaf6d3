using System.Net;
using Farspan.Sdp;
using Farspan.Sip;
using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>MED and TLS: audio, its ports, and keys.</summary>
internal static class MediaRules
{
    private static readonly NetworkRule RtpPorts = new("MED-001", Error, CheckRtpPorts)
    {
        Title = "The RTP range has two ports a call, starts even, and is apart from the ephemeral ports",
        Why = "A call without a port is refused. Linux hands 32768 to 60999 to outgoing connections: one "
            + "of them may sit where a call should.",
        Mend = "Write a range such as 10000-29999.",
        Source = "RFC 3550 §11; RFC 6056 §3",
    };

    private static readonly NetworkRule WayToConnect = new("MED-002", Error, CheckWayToConnect)
    {
        Title = "Connectors reach Amazon Connect: TCP 443 and UDP 3478",
        Why = "Signalling and media of a contact go to Amazon's public addresses (99.77.128.0/18 and the "
            + "names of Connect and Chime). Blocked, every call ends before it is answered.",
        Mend = "Allow both outward from the connectors, and give them a NAT gateway or a public address.",
        Source = RuleSources.ChimeNetwork,
    };

    private static readonly NetworkRule LinkBandwidth = new("MED-003", Warning, CheckBandwidth)
    {
        Title = "The links carry the audio of the peak with the largest of them lost",
        Why = "A G.711 call needs 80 kbit/s each way, 84 with SRTP, before Ethernet; a full link spoils "
            + "all calls, not only the last one.",
        Mend = "Order larger links or more of them.",
        Source = "RFC 3551 §4.5.14; RFC 3711 §5.2; arithmetic",
    };

    private static readonly NetworkRule PacketRate = new("MED-004", Warning, CheckPacketRate)
    {
        Title = "Tunnels carry the packets of the peak",
        Why = "A call has 100 packets a second in both directions together, small ones: a tunnel reaches "
            + "its 250,000 packets at 2,500 calls, long before its bandwidth is used.",
        Mend = "Add tunnels, or use an interconnect.",
        Source = RuleSources.CloudVpn,
    };

    private static readonly NetworkRule CommonCodec = new("MED-005", Error, CheckCodecs)
    {
        Title = "A carrier offers a codec that Farspan speaks",
        Why = "Without one the call is refused with 488; there is no G.729 here.",
        Mend = "Agree on G.711 (pcma, pcmu), G.722 or Opus.",
        Source = "RFC 3264 §6; RFC 3261 §21.4.26",
    };

    private static readonly NetworkRule SilenceLimit = new("MED-006", Warning, CheckSilence)
    {
        Title = "Calls outlive the longest network fail-over",
        Why = "A call that is ended after a few seconds without packets is lost needlessly: the routes "
            + "would have returned.",
        Mend = "Let silence end a call after 20 to 30 s.",
        Source = RuleSources.Design,
    };

    private static readonly NetworkRule MutualTls = new("TLS-001", Error, CheckTls)
    {
        Title = "SIP over TLS checks both sides, under the name that was dialled, and is used where it must be",
        Why = "Without a client certificate anybody may be the carrier; a certificate for another name is "
            + "refused (RFC 5922 §7), and an expired one ends every call at once.",
        Mend = "Write `mutualTls: true`, let the certificate carry the name of the SRV record, and offer TLS alone "
            + "where the policy demands encryption.",
        Source = "RFC 5922 §7; RFC 3261 §26.3.1",
    };

    private static readonly NetworkRule KeysInClear = new("TLS-002", Error, CheckKeysInClear)
    {
        Title = "SRTP keys travel over TLS only",
        Why = "SDES writes the keys in the SDP: over UDP or TCP everybody on the way can listen.",
        Mend = "Leave TLS as the only transport, or do without SRTP.",
        Source = "RFC 4568 §8",
    };

    private static readonly NetworkRule TlsKeepAlive = new("TLS-003", Warning)
    {
        Title = "Connections through an AWS TLS balancer send keep-alives",
        Why = "It closes a connection after 350 s of silence, and this cannot be changed: the next call "
            + "finds it gone.",
        Mend = "Nothing: Farspan renders no such balancer. Send CRLF keep-alives every 30 s where you add one.",
        Source = RuleSources.NetworkBalancer + "; RFC 5626 §4.4.1",
        Evidence = RuleEvidence.Construction,
    };

    private static readonly NetworkRule SecretsApart = new("TLS-004", Error, CheckSecrets)
    {
        Title = "Secrets are references, and each region has its own",
        Why = "A secret in the file is in every copy of it and in its history; one that two regions share "
            + "is lost in both at once.",
        Mend = "Refer to a secret store, a file or a variable, one for each region.",
        Source = RuleSources.Design,
    };

    public static IEnumerable<NetworkRule> All =>
    [
        RtpPorts, WayToConnect, LinkBandwidth, PacketRate, CommonCodec, SilenceLimit, MutualTls, KeysInClear,
        TlsKeepAlive, SecretsApart,
    ];

    /// <summary>Where Linux takes the ports of outgoing connections from.</summary>
    private static readonly PortSpan EphemeralPorts = new(32768, 60999);

    /// <summary>Amazon Chime's media and TURN servers.</summary>
    private static readonly IPNetwork ChimeRange = IPNetwork.Parse("99.77.128.0/18");

    private static readonly TimeSpan Convergence = TimeSpan.FromSeconds(1);

    private const int PacketsOfTunnelMax = 250_000;

    private const int CertificateDaysMin = 30;

    private static IEnumerable<Fault> CheckRtpPorts(Network network)
    {
        var ranges = network.Edges.Select(edge => ((NetworkElement)edge, edge.RtpPorts, edge.CallsMax))
            .Concat(network.Connectors.Select(each => ((NetworkElement)each, each.RtpPorts, each.CallsMax)));
        return from each in ranges
               let ports = each.RtpPorts
               let count = ports.Last - ports.First + 1
               let reason = count < 2 * each.CallsMax ? $"are {count} ports for {each.CallsMax} calls"
                   : ports.First % 2 == 1 ? "start at an odd port"
                   : Filter.Overlap(ports, EphemeralPorts) ? $"reach into the ephemeral ports {EphemeralPorts}"
                   : null
               where reason is not null
               select Fault.At(
                   each.Item1, "rtpPorts", $"{ports}, the RTP ports of {each.Item1}, {reason}",
                   "Write a range such as 10000-29999.");
    }

    private static IEnumerable<Fault> CheckWayToConnect(Network network)
    {
        foreach (var connector in network.Connectors)
        {
            var subnets = connector.Subnets.Select(id => network.AwsSubnets.WithId(id)).OfType<AwsSubnet>().ToList();
            var group = network.SecurityGroups.WithId(connector.SecurityGroup);
            var acls = subnets.Select(subnet => network.NetworkAcls.WithId(subnet.NetworkAcl)).OfType<NetworkAcl>();
            var filters = acls.Distinct().Select(acl => ((NetworkElement)acl, acl.Rules))
                .Concat(group is null ? [] : [(group, group.Rules)]);
            foreach (var (element, rules) in filters)
            {
                if (!rules.Allows(FilterDirection.Egress, "tcp", new PortSpan(443, 443), NetworkLookup.Everywhere))
                {
                    yield return Fault.At(
                        element, Filter.KeyOf(element), $"{element} blocks TCP 443 to Amazon Connect",
                        "Allow it outward.");
                }

                if (!rules.Allows(FilterDirection.Egress, "udp", new PortSpan(3478, 3478), ChimeRange))
                {
                    yield return Fault.At(
                        element, Filter.KeyOf(element), $"{element} blocks UDP 3478 to {ChimeRange}",
                        "Allow it outward.");
                }
            }

            foreach (var table in subnets.Select(subnet => network.RouteTables.WithId(subnet.RouteTable))
                .OfType<AwsRouteTable>().Distinct())
            {
                if (!table.Routes.Any(route => route.Target != AwsRouteTarget.TransitGateway
                    && route.Prefix.Covers(ChimeRange)))
                {
                    yield return Fault.At(
                        table, "routes", $"{table} leads to no NAT or Internet gateway, and {connector} needs one",
                        "Add a default route, or leave the routes to be derived.");
                }
            }
        }
    }

    private static IEnumerable<Fault> CheckBandwidth(Network network) =>
        from region in network.Regions
        where network.Links.Of(region).Any()
        let calls = NetworkLoad.CallsAtWorst(network, region)
        let needed = NetworkLoad.BandwidthMbps(calls)
        let left = NetworkLoad.LinkMbpsWithoutLargest(network, region)
        where left < needed
        select Fault.At(
            region, "links",
            $"the links of {region} without the largest carry {left} Mbit/s, and {calls} calls need {needed:0}",
            "Order more.");

    private static IEnumerable<Fault> CheckPacketRate(Network network) =>
        from region in network.Regions
        let tunnels = network.Tunnels.Of(region).Count()
        where tunnels > 0
        let calls = NetworkLoad.CallsAtWorst(network, region)
        let left = (tunnels - 1L) * PacketsOfTunnelMax
        where left < NetworkLoad.Packets(calls)
        select Fault.At(
            region, "links",
            $"{calls} calls are {NetworkLoad.Packets(calls):N0} packets a second, and the tunnels of {region} without"
            + $" one carry {left:N0}",
            "Add tunnels.");

    private static IEnumerable<Fault> CheckCodecs(Network network) =>
        from carrier in network.Carriers
        where carrier.Codecs.IsEmpty
        select Fault.At(
            carrier, "codecs", $"{carrier} has no codec that Farspan speaks", "Write pcma and pcmu.");

    private static IEnumerable<Fault> CheckSilence(Network network)
    {
        if (network.Sessions.Where(session => session.IsEnabled).MaxBy(Detection) is not { } slowest)
        {
            return [];
        }

        var time = Detection(slowest) + Convergence;
        var machines = network.Edges.Select(edge => ((NetworkElement)edge, edge.MediaTimeout))
            .Concat(network.Connectors.Select(each => ((NetworkElement)each, each.MediaTimeout)));
        return from machine in machines
               where machine.MediaTimeout <= time
               select Fault.At(
                   machine.Item1, "mediaTimeout",
                   $"{machine.Item1} ends silent calls after {machine.MediaTimeout.Show()}, and {slowest}"
                   + $" needs {time.Show()} to fail over",
                   $"Write more than {time.Show()}.");
    }

    /// <summary>How long a silent loss goes unnoticed at worst (RFC 5880 §6.8.4, RFC 4271 §6.5).</summary>
    private static TimeSpan Detection(BgpSession session)
    {
        if (!session.HasBfd || session.Local.Bfd is not { } local || session.Remote.Bfd is not { } remote)
        {
            return session.EffectiveHold;
        }

        var here = remote.Multiplier * Larger(remote.MinTransmit, local.MinReceive);
        var there = local.Multiplier * Larger(local.MinTransmit, remote.MinReceive);
        return Larger(here, there);
    }

    private static TimeSpan Larger(TimeSpan first, TimeSpan second) => first > second ? first : second;

    private static IEnumerable<Fault> CheckTls(Network network, DateOnly today)
    {
        foreach (var fault in CheckCarrierPolicy(network))
        {
            yield return fault;
        }

        foreach (var carrier in network.Carriers.Where(carrier =>
            carrier.Targets.Any(target => target.Transport == SipTransport.Tls)))
        {
            if (!carrier.HasMutualTls)
            {
                yield return Fault.At(
                    carrier, "mutualTls", $"{carrier} shows no certificate", "Write `mutualTls: true`.")
                    with { Severity = Warning };
            }

            if (carrier.Origin.IsWritten("tlsName") && carrier.Targets.FirstOrDefault(target =>
                target.Transport == SipTransport.Tls && !IsNamed(target.Host, carrier.TlsName)) is { } other)
            {
                yield return Fault.At(
                    carrier, "tlsName", $"{carrier} dials {other.Host}, and the certificate is for {carrier.TlsName}",
                    $"Write {other.Host}, or nothing.");
            }

            if (carrier.CertificateEnd is { } end && end < today.AddDays(CertificateDaysMin))
            {
                yield return Fault.At(
                    carrier, "certificateEnd", $"the certificate for {carrier} ends on {end:yyyy-MM-dd}", "Renew it.")
                    with { Severity = end < today ? Error : Warning };
            }
        }
    }

    private static IEnumerable<Fault> CheckCarrierPolicy(Network network) =>
        from carrier in network.Carriers
        where network.Policies.RequiresCarrierEncryption
        let clear = carrier.Targets.FirstOrDefault(target => target.Transport != SipTransport.Tls)
        where clear is not null || carrier.Srtp != SrtpPolicy.Require
        select Fault.At(
            carrier, clear is null ? "srtp" : "transports",
            clear is null
                ? $"{carrier} may send audio in clear text, and the policy demands encryption"
                : $"{carrier} signals to {clear.Host} in clear text, and the policy demands encryption",
            clear is null ? "Write `srtp: require`." : "Keep to TLS.");

    /// <summary>The host, or the domain whose SRV record leads to it (RFC 5922 §7.2).</summary>
    private static bool IsNamed(string host, string name) =>
        host.Equals(name, StringComparison.OrdinalIgnoreCase)
        || host.EndsWith($".{name}", StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<Fault> CheckKeysInClear(Network network) =>
        from carrier in network.Carriers
        where carrier.Srtp == SrtpPolicy.Require
        let clear = carrier.Targets.FirstOrDefault(target => target.Transport != SipTransport.Tls)
        where clear is not null
        select Fault.At(
            carrier, "srtp",
            $"{carrier} sends SRTP keys to {clear.Host} over {clear.Transport.ToString().ToUpperInvariant()}",
            "Write `srtp: forbid`, or keep to TLS.");

    private static IEnumerable<Fault> CheckSecrets(Network network)
    {
        (NetworkElement Element, string Key, SecretReference? Secret)[] secrets =
        [
            .. network.Sessions.Select(each => ((NetworkElement)each, "md5Key", each.Md5Key)),
            .. network.Tunnels.Select(each => ((NetworkElement)each, "sharedSecret", each.SharedSecret)),
        ];
        foreach (var (element, key, _) in secrets.Where(each => each.Secret is SecretReference.Literal))
        {
            yield return Fault.At(element, key, $"the secret of {element} is written in the file", "Refer to it.");
        }

        foreach (var alike in secrets.Shared(each => each.Secret))
        {
            var regions = alike.Select(each => each.Element.Region).Distinct().ToList();
            if (regions.Count > 1)
            {
                var last = alike.Last();
                yield return Fault.At(
                    last.Element, last.Key,
                    $"regions {string.Join(" and ", regions)} share the secret of {last.Element}",
                    "Refer to one for each region.");
            }
        }
    }
}
