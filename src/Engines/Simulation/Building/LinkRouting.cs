using System.Collections.Immutable;
using System.Net;
using Farspan.Topology;

namespace Farspan.Simulation;

/// <summary>
/// The links between the clouds and the BGP sessions on them. A session that cannot come up, because an end
/// expects another AS number or has no address, tells nothing.
/// </summary>
internal static class LinkRouting
{
    public static void AddTables(RoutingDraft draft)
    {
        foreach (var colo in draft.Network.ColoRouters)
        {
            draft.AddTable(new RoutingTable
            {
                Name = colo.Id, Asn = colo.Asn, PathsMax = 8, Elements = draft.Catalog.Of(colo.Id),
            });
        }
    }

    public static void AddRoutes(RoutingDraft draft)
    {
        foreach (var link in draft.Network.Links)
        {
            foreach (var id in link.Sessions)
            {
                if (draft.Network.Sessions.FirstOrDefault(s => s.Id == id) is { } session && ComesUp(session))
                {
                    AddSession(draft, link, session);
                }
            }
        }
    }

    /// <summary>Whether the two ends agree (RFC 4271 §6.2).</summary>
    public static bool ComesUp(BgpSession session) =>
        session.IsEnabled
        && !session.HasTtlSecurity
        && session.Local.Asn is { } local && session.Remote.Asn is { } remote && local != remote
        && (session.Local.ExpectedAsn ?? local) == local
        && (session.Remote.ExpectedAsn ?? remote) == remote
        && (session.Kind == BgpSessionKind.Managed
            || (session.Local.Address is not null && session.Remote.Address is not null));

    /// <summary>How long an end needs to see that the other is gone.</summary>
    public static Delay Detection(BgpSession session, BgpEnd end)
    {
        var other = end == session.Local ? session.Remote : session.Local;
        return session.HasBfd
            ? PathDetection.Bfd(Timers(end.Bfd!), Timers(other.Bfd!))
            : PathDetection.BgpHold(
                new BgpTimers(end.Hold, end.Keepalive), new BgpTimers(other.Hold, other.Keepalive));
    }

    private static BfdTimers Timers(BfdEnd end) => new(end.MinTransmit, end.MinReceive, end.Multiplier);

    private static void AddSession(RoutingDraft draft, Link link, BgpSession session)
    {
        var (hears, receives) = AwsTables(draft, link, session);
        if (hears is null || receives is null || !draft.HasTable(session.Local.Speaker))
        {
            return;
        }

        var local = session.Local.Speaker;
        var ways = Ways(draft, link, session);
        var speaks = draft.Catalog.Of(session.Id).AddRange(ways);
        draft.Builder.AddFeed(new Feed
        {
            From = draft.Table(local),
            To = draft.Table(hears),
            Arc = draft.Arc(hears, local, link.Id, link.Mtu, ways),
            Announces = draft.Builder.PrefixNumbers(GoogleRouting.Advertised(draft.Network, session)),
            Tells = IsColo(draft, local) ? RouteTags.All : RouteTags.None,
            Prepends = 1,
            Med = session.AdvertisedPriority,
            Rank = RouteRank.Static,
            Elements = speaks,
            Detection = Detection(session, session.Remote),
        });
        draft.Builder.AddFeed(new Feed
        {
            From = draft.Table(receives),
            To = draft.Table(local),
            Arc = draft.Arc(local, receives, link.Id, link.Mtu, ways),
            Announces = draft.Builder.PrefixNumbers(
                Allowed(draft.Network, session).Concat(session.CustomLearnedRanges)),
            Tells = IsDirectConnect(draft, session.Remote.Speaker) ? RouteTags.None : RouteTags.All,
            Prepends = 1,
            Rank = RouteRank.Static,
            Elements = speaks,
            Detection = Detection(session, session.Local),
        });
    }

    /// <summary>The table at the far end that learns, and the one in which packets are looked up.</summary>
    private static (string? Hears, string? Receives) AwsTables(RoutingDraft draft, Link link, BgpSession session)
    {
        var speaker = session.Remote.Speaker;
        if (draft.HasTable(speaker))
        {
            return (speaker, speaker);
        }

        var vpn = draft.Network.VpnConnections
            .FirstOrDefault(v => link.Tunnel is { } tunnel && v.Tunnels.Contains(tunnel));
        var attachment = vpn is null || vpn.IsStatic
            ? null
            : draft.Attachment(TransitGatewayAttachmentKind.Vpn, speaker, vpn.Id);
        return (attachment?.Id, draft.AssociatedWith(attachment?.Id));
    }

    /// <summary>What has to work for packets on this part of the link.</summary>
    private static ImmutableArray<int> Ways(RoutingDraft draft, Link link, BgpSession session)
    {
        var isFirst = link.Sessions.Length == 1 || session.Id == link.Sessions[0];
        var isLast = link.Sessions.Length == 1 || !isFirst;
        var tunnel = draft.Network.Tunnels.FirstOrDefault(t => t.Id == link.Tunnel);
        var vpn = draft.Network.TransitAttachments.FirstOrDefault(a => a.Resource == tunnel?.VpnConnection);
        return draft.Catalog.Of(
            link.Id,
            link.PartnerTransport,
            isFirst ? link.Interconnect : null,
            isLast ? link.Connection : null,
            tunnel?.HaVpnGateway,
            tunnel is null ? null : vpn?.Id);
    }

    private static IEnumerable<IPNetwork> Allowed(Network network, BgpSession session) =>
        network.DirectConnectGateways
            .Where(gateway => gateway.Id == session.Remote.Speaker)
            .SelectMany(gateway => gateway.Associations)
            .SelectMany(association => association.AllowedPrefixes);

    private static bool IsColo(RoutingDraft draft, string speaker) =>
        draft.Network.ColoRouters.Any(colo => colo.Id == speaker);

    private static bool IsDirectConnect(RoutingDraft draft, string speaker) =>
        draft.Network.DirectConnectGateways.Any(gateway => gateway.Id == speaker);
}
