using Farspan.Topology;

namespace Farspan.Simulation;

/// <summary>
/// The hubs of AWS: Direct Connect gateways, which know only what is allowed, and transit gateways, whose
/// attachments each look into one table and tell their routes to others. A peering tells nothing.
/// </summary>
internal static class TransitRouting
{
    /// <summary>In bytes (AWS: transit gateway quotas).</summary>
    private const int TransitMtu = 8500;
    private const int PathsMax = 50;

    /// <summary>Where packets for a VPC arrive.</summary>
    public static string ArrivalOf(string vpc) => vpc;

    public static void AddTables(RoutingDraft draft)
    {
        var network = draft.Network;
        foreach (var gateway in network.DirectConnectGateways)
        {
            AddTable(draft, gateway.Id, gateway.Asn, PathsMax, gateway.Id);
        }

        foreach (var table in network.TransitTables)
        {
            var gateway = network.TransitGateways.First(t => t.Id == table.TransitGateway);
            AddTable(draft, table.Id, gateway.Asn, gateway.HasVpnEcmp ? PathsMax : 1, gateway.Id);
        }

        foreach (var vpn in network.TransitAttachments.Where(a => a.Kind == TransitGatewayAttachmentKind.Vpn))
        {
            var gateway = network.TransitGateways.First(t => t.Id == vpn.TransitGateway);
            AddTable(draft, vpn.Id, gateway.Asn, gateway.HasVpnEcmp ? PathsMax : 1, gateway.Id);
        }

        foreach (var edge in network.CoreNetwork?.Edges ?? [])
        {
            var id = CoreEdge(network, edge);
            AddTable(draft, id, edge.Asn, PathsMax, id);
        }
    }

    public static void AddRoutes(RoutingDraft draft)
    {
        foreach (var gateway in draft.Network.DirectConnectGateways)
        {
            AllowPrefixes(draft, gateway);
        }

        foreach (var table in draft.Network.TransitTables)
        {
            foreach (var attachment in draft.Network.TransitAttachments)
            {
                if (table.Propagations.Contains(attachment.Id))
                {
                    Propagate(draft, table, attachment);
                }
            }

            foreach (var route in table.StaticRoutes)
            {
                var arc = Attachment(draft, route.Attachment) is { } attachment
                    ? ArcTo(draft, table.Id, attachment)
                    : StaticRoute.Discard;
                draft.Builder.AddStatic(draft.Table(table.Id), route.Prefix, arc);
            }
        }

        JoinCore(draft);
    }

    private static void AddTable(RoutingDraft draft, string id, uint asn, int pathsMax, string element) =>
        draft.AddTable(new RoutingTable
        {
            Name = id, Node = element, Asn = asn, PathsMax = pathsMax, Elements = draft.Catalog.Of(element),
        });

    /// <summary>Packets from a link go where an association allows their destination.</summary>
    private static void AllowPrefixes(RoutingDraft draft, DirectConnectGateway gateway)
    {
        foreach (var association in gateway.Associations)
        {
            var attachment = draft.Attachment(
                TransitGatewayAttachmentKind.DirectConnect, association.TransitGateway, gateway.Id);
            var arc = draft.AssociatedWith(attachment?.Id) is { } table
                ? draft.Arc(gateway.Id, table, attachment!.Id, TransitMtu, draft.Catalog.Of(attachment.Id))
                : StaticRoute.Discard;
            foreach (var prefix in association.AllowedPrefixes)
            {
                draft.Builder.AddStatic(draft.Table(gateway.Id), prefix, arc);
            }
        }
    }

    private static void Propagate(
        RoutingDraft draft, TransitGatewayTable table, TransitGatewayAttachment attachment)
    {
        var arc = ArcTo(draft, table.Id, attachment);
        if (arc < 0 || FeedOf(draft, attachment) is not { } feed)
        {
            return;
        }

        draft.Builder.AddFeed(feed with
        {
            From = draft.Builder.Arcs[arc].To,
            To = draft.Table(table.Id),
            Arc = arc,
            Elements = draft.Catalog.Of(attachment.Id),
        });
    }

    private static Feed? FeedOf(RoutingDraft draft, TransitGatewayAttachment attachment)
    {
        var bare = new Feed { From = 0, To = 0, Arc = 0 };
        return attachment.Kind switch
        {
            TransitGatewayAttachmentKind.Vpc => bare with
            {
                Announces = draft.Builder.PrefixNumbers(
                    draft.Network.Vpcs.Where(v => v.Id == attachment.Resource).Select(v => v.Range)),
                Tag = RouteTags.Vpc,
                Rank = RouteRank.Vpc,
            },
            TransitGatewayAttachmentKind.DirectConnect => bare with
            {
                Tells = RouteTags.Outside, Tag = RouteTags.DirectConnect, Rank = RouteRank.DirectConnect,
            },
            TransitGatewayAttachmentKind.Vpn => bare with
            {
                Tells = RouteTags.Outside, Tag = RouteTags.Outside, Rank = RouteRank.Vpn,
            },
            TransitGatewayAttachmentKind.CoreNetwork => bare with
            {
                Tells = RouteTags.All, Tag = RouteTags.Peering, Rank = RouteRank.Peering, Prepends = 1,
            },
            _ => null,
        };
    }

    private static TransitGatewayAttachment? Attachment(RoutingDraft draft, string? id) =>
        draft.Network.TransitAttachments.FirstOrDefault(a => a.Id == id);

    /// <summary>The way from a table through an attachment, or <see cref="StaticRoute.Discard"/>.</summary>
    private static int ArcTo(RoutingDraft draft, string from, TransitGatewayAttachment attachment)
    {
        var to = attachment.Kind switch
        {
            TransitGatewayAttachmentKind.Vpc => ArrivalOf(attachment.Resource),
            TransitGatewayAttachmentKind.DirectConnect => attachment.Resource,
            TransitGatewayAttachmentKind.Vpn => attachment.Id,
            TransitGatewayAttachmentKind.CoreNetwork => CoreEdgeAt(draft.Network, attachment.TransitGateway),
            _ => FarSide(draft, attachment),
        };
        return to is not null && draft.HasTable(to)
            ? draft.Arc(from, to, NameOf(attachment), TransitMtu, draft.Catalog.Of(attachment.Id))
            : StaticRoute.Discard;
    }

    private static string NameOf(TransitGatewayAttachment attachment) =>
        attachment.Kind == TransitGatewayAttachmentKind.Peering ? attachment.Resource : attachment.Id;

    /// <summary>
    /// The table behind a peering; null: it has not been accepted, or nothing is associated there.
    /// </summary>
    private static string? FarSide(RoutingDraft draft, TransitGatewayAttachment attachment)
    {
        var peering = draft.Network.Peerings.FirstOrDefault(p => p.Id == attachment.Resource);
        if (peering is not { IsAccepted: true }
            || peering.AccepterRegion != AccepterRegion(draft.Network, peering))
        {
            return null;
        }

        var other = peering.Requester == attachment.TransitGateway ? peering.Accepter : peering.Requester;
        var there = draft.Attachment(TransitGatewayAttachmentKind.Peering, other, peering.Id);
        return draft.AssociatedWith(there?.Id);
    }

    private static string? AccepterRegion(Network network, TransitGatewayPeering peering) =>
        network.TransitGateways.FirstOrDefault(t => t.Id == peering.Accepter)?.AwsRegion;

    private static string CoreEdge(Network network, CoreNetworkEdge edge) =>
        $"{network.CoreNetwork!.Id}/{edge.AwsRegion}";

    private static string? CoreEdgeAt(Network network, string transitGateway) =>
        network.CoreNetwork?.Edges.FirstOrDefault(e => e.TransitGateway == transitGateway) is { } edge
            ? CoreEdge(network, edge)
            : null;

    /// <summary>The edges of a core network tell each other, and hear their transit gateways.</summary>
    private static void JoinCore(RoutingDraft draft)
    {
        var network = draft.Network;
        foreach (var edge in network.CoreNetwork?.Edges ?? [])
        {
            var id = CoreEdge(network, edge);
            foreach (var other in network.CoreNetwork!.Edges.Where(e => e != edge))
            {
                Tell(draft, CoreEdge(network, other), id, RouteTags.All, RouteTags.Outside);
            }

            foreach (var attachment in network.TransitAttachments)
            {
                if (attachment.Kind == TransitGatewayAttachmentKind.CoreNetwork
                    && attachment.TransitGateway == edge.TransitGateway
                    && draft.AssociatedWith(attachment.Id) is { } table)
                {
                    Tell(draft, table, id, RouteTags.All & ~RouteTags.Peering, RouteTags.Outside);
                }
            }
        }
    }

    private static void Tell(RoutingDraft draft, string from, string to, RouteTags tells, RouteTags tag) =>
        draft.Builder.AddFeed(new Feed
        {
            From = draft.Table(from),
            To = draft.Table(to),
            Arc = draft.Arc(to, from, from, TransitMtu),
            Tells = tells,
            Tag = tag,
            Rank = RouteRank.Peering,
            Prepends = 1,
        });
}
