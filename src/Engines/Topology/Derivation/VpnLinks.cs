using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>HA VPN: two interfaces at Google, a VPN connection of two tunnels for each at AWS.</summary>
internal static class VpnLinks
{
    private const int TunnelsOfInterface = 2;
    private const int InsideLength = 30;

    public static void Add(
        NetworkPlan plan, RegionPlan region, ImmutableArray<LinkPlan> links, NetworkParts parts)
    {
        if (links.IsEmpty)
        {
            return;
        }

        AddGateways(plan, region, links, parts);
        foreach (var link in links)
        {
            AddTunnel(plan, link, parts);
        }

        foreach (var pair in links.GroupBy(InterfaceOf))
        {
            AddConnection(plan, region, pair.Key, [.. pair], parts);
        }
    }

    private static int InterfaceOf(LinkPlan link) =>
        link.Written.FindNumber(LinkEndSchema.Interface) ?? link.Index / TunnelsOfInterface % 2;

    private static string GatewayOf(RegionPlan region) => $"vpn-gateway/{region.Google}";

    private static void AddGateways(
        NetworkPlan plan, RegionPlan region, ImmutableArray<LinkPlan> links, NetworkParts parts)
    {
        parts.HaVpnGateways.Add(new HaVpnGateway
        {
            Id = GatewayOf(region),
            Name = $"{plan.Prefix}-vpn-{region.Google}",
            Region = region.Name,
            Origin = region.Written.Origin.Derived(),
            GoogleRegion = region.Google,
            InterfaceCount = links.Select(InterfaceOf).Distinct().Count(),
        });
        parts.ExternalVpnGateways.Add(new ExternalVpnGateway
        {
            Id = $"peer-vpn-gateway/{region.Google}",
            Name = $"{plan.Prefix}-aws-{region.Google}",
            Region = region.Name,
            Origin = region.Written.Origin.Derived(),
            InterfaceCount = links.Length,
        });
    }

    private static void AddTunnel(NetworkPlan plan, LinkPlan link, NetworkParts parts)
    {
        var inside = InsideOf(link);
        var google = link.Written.FindNumber(LinkEndSchema.GoogleAddress)
            ?? new InterfaceAddress(inside.AddressAt(2), inside.PrefixLength);
        var aws = link.Written.FindNumber(LinkEndSchema.AwsAddress)
            ?? new InterfaceAddress(inside.AddressAt(1), inside.PrefixLength);
        var session = SessionDerivation.Make(
            link,
            $"bgp/{link.OnGoogle}",
            BgpSessionKind.VpnTunnel,
            SessionDerivation.Near(link, link.In.Router, GoogleDerivation.AsnOf(plan, link.In), google),
            SessionDerivation.Far(
                link, link.In.TransitGateway, AwsDerivation.TransitAsn(plan, link.In), aws));
        var tunnel = Tunnel(link, inside);
        parts.Sessions.Add(session);
        parts.Tunnels.Add(tunnel);
        parts.Interfaces.Add(Interface(link, tunnel.Id, google));
        parts.Links.Add(link.Make(link.In.Router, link.In.TransitGateway, [session.Id]) with
        {
            Tunnel = tunnel.Id,
        });
    }

    private static IPNetwork InsideOf(LinkPlan link) =>
        link.Written.FindNumber(LinkEndSchema.InsideRange)
        ?? (link.Subnet(0).TryTake(InsideLength, 0, out var part) ? part : link.Subnet(0));

    private static VpnTunnel Tunnel(LinkPlan link, IPNetwork inside)
    {
        var vpn = link.Written.Inside(LinkSchema.Vpn);
        return new VpnTunnel
        {
            Id = $"tunnel/{link.OnGoogle}",
            Name = link.NameOf("tunnel", link.In.Google),
            Region = link.In.Name,
            Origin = link.Origin.Derived(),
            HaVpnGateway = GatewayOf(link.In),
            Interface = InterfaceOf(link),
            ExternalVpnGateway = $"peer-vpn-gateway/{link.In.Google}",
            ExternalInterface = link.Written.FindNumber(LinkEndSchema.ExternalInterface) ?? link.Index,
            VpnConnection = ConnectionOf(link.In, InterfaceOf(link)),
            InsideRange = inside,
            SharedSecret = vpn.Find(VpnSchema.SharedSecret) ?? link.Secret("VPN_SECRET"),
            IkeVersion = vpn.Get(VpnSchema.IkeVersion),
            EncryptionAlgorithms = vpn.Get(VpnSchema.Encryption),
            IntegrityAlgorithms = vpn.Get(VpnSchema.Integrity),
            DhGroups = vpn.Get(VpnSchema.DhGroups),
            DpdTimeout = vpn.Get(VpnSchema.DpdTimeout),
            DpdAction = vpn.Get(VpnSchema.DpdAction),
            StartupAction = vpn.Get(VpnSchema.StartupAction),
        };
    }

    private static string ConnectionOf(RegionPlan region, int index) => $"vpn/{region.Aws}/{index}";

    private static void AddConnection(
        NetworkPlan plan, RegionPlan region, int index, ImmutableArray<LinkPlan> links, NetworkParts parts)
    {
        var near = links[0].Written;
        parts.CustomerGateways.Add(new CustomerGateway
        {
            Id = $"cgw/{region.Aws}/{index}",
            Name = $"{plan.Prefix}-google-{region.Aws}-{index}",
            Region = region.Name,
            Origin = links[0].Origin.Derived(),
            Asn = near.FindNumber(LinkEndSchema.GoogleAsn) ?? GoogleDerivation.AsnOf(plan, region) ?? 0,
            HaVpnGateway = GatewayOf(region),
            Interface = index,
        });
        parts.VpnConnections.Add(new VpnConnection
        {
            Id = ConnectionOf(region, index),
            Name = $"{plan.Prefix}-vpn-{region.Aws}-{index}",
            Region = region.Name,
            Origin = links[0].Origin.Derived(),
            TransitGateway = region.TransitGateway,
            CustomerGateway = $"cgw/{region.Aws}/{index}",
            IsStatic = near.Inside(LinkSchema.Vpn).Get(VpnSchema.IsStatic),
            Tunnels = [.. links.Select(link => $"tunnel/{link.OnGoogle}")],
        });
    }

    private static RouterInterface Interface(LinkPlan link, string tunnel, InterfaceAddress address) => new()
    {
        Id = $"interface/{link.OnGoogle}",
        Name = link.NameOf("interface", link.In.Google),
        Region = link.In.Name,
        Origin = link.Origin.Derived(),
        Router = link.In.Router,
        Address = address,
        Attachment = null,
        Tunnel = tunnel,
    };
}
