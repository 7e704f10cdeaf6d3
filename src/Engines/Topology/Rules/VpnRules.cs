using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>LNK: HA VPN between Google and a transit gateway.</summary>
internal static class VpnRules
{
    private static readonly NetworkRule FourTunnels = new("LNK-013", Warning, CheckFourTunnels)
    {
        Title = "HA VPN to AWS has four tunnels, two on each interface of the Google gateway",
        Why = "AWS gives two tunnel ends a connection and takes one at a time away for maintenance; with "
            + "fewer than four, one failure beside it cuts the region off, and Google promises 99.99 % for "
            + "both interfaces only.",
        Mend = "Make two connections of two tunnels, and an external gateway with four interfaces.",
        Source = RuleSources.CloudVpn,
    };

    private static readonly NetworkRule InterfaceNumbers = new("LNK-014", Error, CheckInterfaceNumbers)
    {
        Title = "Tunnels use interface 0 or 1 of the Google gateway and 0 to 3 of the peer, each pair once",
        Why = "Google refuses other numbers, and two tunnels between the same interfaces are one path.",
        Mend = "Number the peer's interfaces 0 to 3, and let 0 and 1 end on our interface 0, 2 and 3 on "
            + "interface 1.",
        Source = RuleSources.Compute + "/vpnTunnels",
    };

    private static readonly NetworkRule PreSharedKeys = new("LNK-015", Error, CheckPreSharedKeys)
    {
        Title = "Every tunnel has a pre-shared key of its own that AWS accepts",
        Why = "AWS takes 8 to 64 letters, digits, dots and underscores that do not begin with 0. A key "
            + "that several tunnels share is lost for all of them at once.",
        Mend = "Refer to one secret for each tunnel.",
        Source = RuleSources.Ec2Api + "API_VpnTunnelOptionsSpecification.html",
    };

    private static readonly NetworkRule Ciphers = new("LNK-016", Warning, CheckCiphers)
    {
        Title = "Tunnels use IKEv2, SHA-2 and Diffie-Hellman group 14 or higher, and start again by "
            + "themselves",
        Why = "IKEv1, SHA-1 and group 2 are broken or nearly so. A tunnel that is cleared after a dead "
            + "peer and not started again stays down until somebody looks.",
        Mend = "Leave the proposals out; let the action after a dead peer be restart.",
        Source = RuleSources.Ec2Api + "API_VpnTunnelOptionsSpecification.html; RFC 8247 §2.4",
    };

    private static readonly NetworkRule DynamicRouting = new("LNK-017", Error, CheckDynamicRouting)
    {
        Title = "VPN uses BGP",
        Why = "Static routes stay when a tunnel dies, and the transit gateway does not share load over "
            + "them.",
        Mend = "Leave `vpn.static` out.",
        Source = RuleSources.MultiCloudPractices,
    };

    private static readonly NetworkRule TunnelCapacity = new("LNK-020", Warning, CheckTunnelCapacity)
    {
        Title = "The tunnels carry the peak with one of them lost",
        Why = "A tunnel carries 250,000 packets a second at Google, both directions together, and 1.25 "
            + "Gbit/s at AWS (5 if large); beyond it packets are dropped and every call is heard to "
            + "stutter.",
        Mend = "Add tunnels, take large ones, or another transport.",
        Source = RuleSources.CloudVpn + "; " + RuleSources.Ec2Api,
    };

    public static IEnumerable<NetworkRule> All =>
    [
        FourTunnels, InterfaceNumbers, PreSharedKeys, Ciphers, DynamicRouting, TunnelCapacity,
    ];

    private const int TunnelsOfHaVpn = 4;

    private static IEnumerable<Fault> CheckFourTunnels(Network network)
    {
        foreach (var gateway in network.HaVpnGateways)
        {
            var tunnels = network.Tunnels.Where(tunnel => tunnel.HaVpnGateway == gateway.Id).ToList();
            var peer = network.ExternalVpnGateways.WithId(tunnels.FirstOrDefault()?.ExternalVpnGateway);
            var reason = tunnels.Count < TunnelsOfHaVpn ? $"has {tunnels.Count} tunnels"
                : gateway.InterfaceCount < 2 ? "uses one of its interfaces"
                : peer is { InterfaceCount: < TunnelsOfHaVpn } ? $"knows {peer.InterfaceCount} interfaces of AWS"
                : null;
            if (reason is not null)
            {
                yield return Fault.At(
                    gateway, "links", $"{gateway} {reason}",
                    "Make four tunnels, two on each interface, or leave the links out.");
            }
        }
    }

    private static IEnumerable<Fault> CheckInterfaceNumbers(Network network)
    {
        foreach (var tunnel in network.Tunnels)
        {
            if (tunnel.Interface is < 0 or > 1 || tunnel.ExternalInterface is < 0 or > 3)
            {
                yield return Fault.At(
                    tunnel, "interface",
                    $"{tunnel} joins interface {tunnel.Interface} to interface {tunnel.ExternalInterface} of AWS",
                    "Write 0 or 1, and 0 to 3.");
            }
        }

        foreach (var alike in network.Tunnels
            .GroupBy(tunnel => (tunnel.HaVpnGateway, tunnel.Interface, tunnel.ExternalInterface))
            .Where(group => group.Skip(1).Any()))
        {
            yield return Fault.At(
                alike.ElementAt(1), "interface", $"{string.Join(", ", alike)} join the same two interfaces",
                "Number the interfaces of AWS 0 to 3.");
        }
    }

    private static IEnumerable<Fault> CheckPreSharedKeys(Network network)
    {
        foreach (var tunnel in network.Tunnels)
        {
            if (tunnel.SharedSecret is SecretReference.Literal key && !IsPreSharedKey(key.Value.Reveal()))
            {
                yield return Fault.At(
                    tunnel, "vpn.sharedSecret", $"AWS does not accept the pre-shared key of {tunnel}",
                    "Take 8 to 64 letters, digits, dots and underscores, the first no 0.");
            }
        }

        foreach (var alike in network.Tunnels.Shared(tunnel => tunnel.SharedSecret))
        {
            yield return Fault.At(
                alike.ElementAt(1), "vpn.sharedSecret", $"{string.Join(", ", alike)} share one pre-shared key",
                "Refer to one secret for each.") with { Severity = Warning };
        }
    }

    private static bool IsPreSharedKey(string key) =>
        key.Length is >= 8 and <= 64 && key[0] != '0'
        && key.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '_');

    private static IEnumerable<Fault> CheckCiphers(Network network) =>
        from tunnel in network.Tunnels
        let reason = tunnel.IkeVersion != 2 ? $"uses IKEv{tunnel.IkeVersion}"
            : tunnel.IntegrityAlgorithms.FirstOrDefault(IsSha1) is { } weak ? $"allows {weak}"
            : tunnel.DhGroups.Any(number => number < 14) ? $"allows Diffie-Hellman group {tunnel.DhGroups.Min()}"
            : tunnel is { DpdAction: "clear", StartupAction: not "start" } ?
                "is cleared after a dead peer, and nobody starts it again"
            : null
        where reason is not null
        select Fault.At(tunnel, "vpn", $"{tunnel} {reason}", "Leave the proposals and actions out.");

    private static bool IsSha1(string algorithm) =>
        algorithm.ToUpperInvariant() is "SHA1" or "SHA-1" or "HMAC-SHA1" or "SHA1-96";

    private static IEnumerable<Fault> CheckDynamicRouting(Network network) =>
        from connection in network.VpnConnections
        where connection.IsStatic
        select Fault.At(
            connection, "vpn.static", $"{connection} has static routes", "Write `static: false`, or nothing.");

    private static IEnumerable<Fault> CheckTunnelCapacity(Network network) =>
        from region in network.Regions
        where network.Tunnels.Of(region).Any()
        let needed = NetworkLoad.BandwidthMbps(NetworkLoad.CallsAtWorst(network, region))
        let left = NetworkLoad.LinkMbpsWithoutLargest(network, region)
        where left < needed
        select Fault.At(
            region, "links",
            $"the tunnels of {region} without one of them carry {left} Mbit/s, and the peak needs {needed:0}",
            "Add tunnels.");
}
