using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// Interconnects of our own: to AWS's ports directly (cross-cloud), or to our router in a colo.
/// </summary>
internal static class InterconnectLinks
{
    public static void Add(NetworkPlan plan, ImmutableArray<LinkPlan> links, NetworkParts parts)
    {
        foreach (var link in links)
        {
            RequireLocations(link);
            var ports = AddPorts(link, parts);
            parts.Attachments.Add(Attachment(link, ports.Interconnect));
            if (link.Transport == LinkTransport.Colo)
            {
                AddOverColo(plan, link, ports, parts);
            }
            else
            {
                AddDirect(plan, link, ports, parts);
            }
        }
    }

    private static void RequireLocations(LinkPlan link)
    {
        foreach (var setting in new[] { LinkEndSchema.GoogleLocation, LinkEndSchema.AwsLocation })
        {
            if (link.Written.Find(setting) is null)
            {
                link.Written.Report(
                    setting, FindingRules.KeyMissing, $"the key '{setting.Name}' is missing for {link.Id}",
                    $"List the region's links, each with {setting.Name}: {setting.Kind.Example}");
            }
        }
    }

    private static (string Interconnect, string Connection) AddPorts(LinkPlan link, NetworkParts parts)
    {
        var interconnect = Interconnect(link);
        var connection = Connection(link);
        if (!parts.Interconnects.Exists(other => other.Id == interconnect.Id))
        {
            parts.Interconnects.Add(interconnect);
        }

        if (!parts.Connections.Exists(other => other.Id == connection.Id))
        {
            parts.Connections.Add(connection);
        }

        return (interconnect.Id, connection.Id);
    }

    private static Interconnect Interconnect(LinkPlan link)
    {
        var name = link.Written.Find(LinkEndSchema.Interconnect) ?? link.Name;
        var awsLocation = (link.Written.Find(LinkEndSchema.AwsLocation) ?? "").ToLowerInvariant();
        var isCrossCloud = link.Transport == LinkTransport.CrossCloud;
        return new Interconnect
        {
            Id = $"interconnect/{link.In.Google}/{name}",
            Name = $"{link.Network.Prefix}-interconnect-{link.In.Google}-{name}",
            Region = link.In.Name,
            Origin = link.Origin.Derived(),
            Kind = isCrossCloud ? InterconnectKind.CrossCloud : InterconnectKind.Dedicated,
            Location = link.Risk.GoogleLocation,
            RemoteLocation = isCrossCloud
                ? link.Written.Find(LinkEndSchema.RemoteLocation) ?? $"aws-{awsLocation}"
                : null,
            Metro = link.Risk.Metro,
            Zone = link.Risk.Zone,
            PortMbps = Math.Max(LinkRates.PortMbps, link.Bandwidth),
            PortCount = link.Written.Get(LinkSchema.Ports),
            HasMacsec = link.Encryption == LinkEncryption.Macsec,
        };
    }

    private static DirectConnectConnection Connection(LinkPlan link)
    {
        var name = link.Written.Find(LinkEndSchema.Connection) ?? link.Name;
        return new DirectConnectConnection
        {
            Id = $"dx/{link.In.Aws}/{name}",
            Name = $"{link.Network.Prefix}-dx-{link.In.Aws}-{name}",
            Region = link.In.Name,
            Origin = link.Origin.Derived(),
            AwsRegion = link.In.Aws,
            Location = link.Risk.AwsLocation,
            Device = link.Risk.AwsDevice,
            BandwidthMbps = link.Bandwidth,
            IsHosted = link.Written.Get(LinkSchema.Hosted),
            HasMacsec = link.Encryption == LinkEncryption.Macsec,
            Provider = link.Risk.Provider,
        };
    }

    private static VlanAttachment Attachment(LinkPlan link, string interconnect) => new()
    {
        Id = $"attachment/{link.OnGoogle}",
        Name = link.NameOf("attachment", link.In.Google),
        Region = link.In.Name,
        Origin = link.Origin.Derived(),
        Router = link.In.Router,
        Interconnect = interconnect,
        Vlan = link.Vlan,
        Mtu = link.AttachmentMtu,
        BandwidthMbps = link.Bandwidth,
        RequiresIpsec = link.Encryption == LinkEncryption.Ipsec,
        CandidateSubnets = link.Written.FindNumber(LinkEndSchema.CandidateSubnets)
            ?? [GoogleAddress(link).Network],
    };

    private static InterfaceAddress GoogleAddress(LinkPlan link) =>
        link.Written.FindNumber(LinkEndSchema.GoogleAddress) ?? link.Pair(0).Near;

    private static void AddDirect(
        NetworkPlan plan, LinkPlan link, (string Interconnect, string Connection) ports, NetworkParts parts)
    {
        var awsAddress = link.Written.FindNumber(LinkEndSchema.AwsAddress) ?? link.Pair(0).Far;
        var near = SessionDerivation.Near(
            link, link.In.Router, GoogleDerivation.AsnOf(plan, link.In), GoogleAddress(link));
        var far = SessionDerivation.Far(
            link, link.In.DirectConnectGateway, AwsDerivation.GatewayAsn(plan, link.In), awsAddress);
        var session = SessionDerivation.Make(
            link, $"bgp/{link.OnGoogle}", BgpSessionKind.VlanAttachment, near, far);
        parts.Sessions.Add(session);
        parts.Interfaces.Add(Interface(link, near.Address!.Value));
        parts.VirtualInterfaces.Add(VirtualInterface(link, ports.Connection, near, far));
        parts.Links.Add(Join(link, ports, [session.Id]));
    }

    private static void AddOverColo(
        NetworkPlan plan, LinkPlan link, (string Interconnect, string Connection) ports, NetworkParts parts)
    {
        var colo = Colo(plan, link, parts);
        var (_, coloGoogle) = link.Pair(0);
        var (coloAws, derivedAws) = link.Pair(1);
        var awsAddress = link.Written.FindNumber(LinkEndSchema.AwsAddress) ?? derivedAws;
        var router = SessionDerivation.Near(
            link, link.In.Router, GoogleDerivation.AsnOf(plan, link.In), GoogleAddress(link));
        var outer = SessionDerivation.Near(link, colo.Id, colo.Asn, coloGoogle) with
        {
            ExpectedAsn = colo.Asn,
        };
        var inner = outer with { Address = coloAws };
        var far = SessionDerivation.Far(
            link, link.In.DirectConnectGateway, AwsDerivation.GatewayAsn(plan, link.In), awsAddress);
        var first = SessionDerivation.Make(
            link, $"bgp/{link.OnGoogle}", BgpSessionKind.VlanAttachment, router, outer);
        var second = SessionDerivation.Make(
            link, $"bgp/{link.OnAws}", BgpSessionKind.VirtualInterface, inner, far);
        parts.Sessions.AddRange([first, second]);
        parts.Interfaces.Add(Interface(link, router.Address!.Value));
        parts.VirtualInterfaces.Add(VirtualInterface(link, ports.Connection, inner, far));
        parts.Links.Add(Join(link, ports, [first.Id, second.Id]) with { ColoRouter = colo.Id });
    }

    private static ColoRouter Colo(NetworkPlan plan, LinkPlan link, NetworkParts parts)
    {
        var colo = new ColoRouter
        {
            Id = $"colo/{link.In.Name}/{link.Name}",
            Name = link.NameOf("colo", link.In.Name),
            Region = link.In.Name,
            Origin = link.Origin.Derived(),
            Asn = link.Written.FindNumber(LinkEndSchema.ColoAsn) ?? plan.ColoAsn(parts.ColoRouters.Count),
            Location = link.Risk.GoogleLocation,
            Provider = link.Risk.Provider,
        };
        parts.ColoRouters.Add(colo);
        return colo;
    }

    private static RouterInterface Interface(LinkPlan link, InterfaceAddress address) => new()
    {
        Id = $"interface/{link.OnGoogle}",
        Name = link.NameOf("interface", link.In.Google),
        Region = link.In.Name,
        Origin = link.Origin.Derived(),
        Router = link.In.Router,
        Address = address,
        Attachment = $"attachment/{link.OnGoogle}",
        Tunnel = null,
    };

    private static VirtualInterface VirtualInterface(
        LinkPlan link, string connection, BgpEnd customer, BgpEnd amazon) => new()
        {
            Id = $"vif/{link.OnAws}",
            Name = link.NameOf("vif", link.In.Aws),
            Region = link.In.Name,
            Origin = link.Origin.Derived(),
            Connection = connection,
            DirectConnectGateway = link.In.DirectConnectGateway,
            Vlan = link.AwsVlan,
            Mtu = link.InterfaceMtu,
            AmazonAddress = amazon.Address!.Value,
            CustomerAddress = customer.Address!.Value,
            CustomerAsn = customer.ExpectedAsn,
            Md5Key = SessionDerivation.Md5KeyOf(link, BgpSessionKind.VirtualInterface),
        };

    private static Link Join(
        LinkPlan link, (string Interconnect, string Connection) ports, ImmutableArray<string> sessions) =>
        link.Make(link.In.Router, link.In.DirectConnectGateway, sessions) with
        {
            Interconnect = ports.Interconnect,
            Attachment = $"attachment/{link.OnGoogle}",
            Connection = ports.Connection,
            VirtualInterface = $"vif/{link.OnAws}",
        };
}
