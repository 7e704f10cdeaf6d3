using Farspan.Topology;

namespace Farspan.Render;

/// <summary>Addresses, autonomous systems, sessions and peerings in tables, and the picture of it.</summary>
internal static class NetworkDocument
{
    public static string Write(NetworkIndex index)
    {
        var network = index.Network;
        var text = new TextLines();
        text.Add($"# {network.Name}: addresses, numbers, sessions");
        text.Add();
        text.Add(NetworkPicture.Write(index));
        Section(text, "Ranges", ["range", "what", "where"], Ranges(network));
        Section(text, "Autonomous systems", ["number", "who"], Numbers(network));
        Section(
            text, "BGP sessions", ["session", "Google's end", "AWS's end", "hold", "BFD", "told"],
            network.Sessions.Select(s => Session(index, s)));
        Section(
            text, "Links", ["link", "Mbit/s", "MTU", "encryption", "fails together with"],
            network.Links.Select(l => new[]
            {
                l.Id, $"{l.BandwidthMbps}", $"{l.Mtu}", l.Encryption.ToString(), string.Join(", ", l.Risk.Groups),
            }));
        Section(
            text, "What AWS is told to announce", ["Direct Connect gateway", "transit gateway", "prefixes"],
            network.DirectConnectGateways.SelectMany(g => g.Associations.Select(a => new[]
            {
                g.Id, a.TransitGateway, string.Join(", ", a.AllowedPrefixes),
            })));
        Section(
            text, "Transit gateway tables", ["table", "used by", "learns from", "static routes"],
            network.TransitTables.Select(t => new[]
            {
                t.Id, string.Join(", ", t.Associations), string.Join(", ", t.Propagations),
                string.Join(", ", t.StaticRoutes.Select(r => $"{r.Prefix} → {r.Attachment ?? "nowhere"}")),
            }));
        Section(
            text, "Peerings", ["peering", "asks", "accepts", "when a region's links are gone"],
            network.Peerings.Select(p => new[] { p.Id, p.Requester, p.Accepter, p.Fallback.ToString() }));
        Section(
            text, "Where carriers send calls", ["carrier", "target", "transport", "port", "priority", "weight"],
            network.Carriers.SelectMany(c => c.Targets.Select(t => new[]
            {
                c.Id, t.Host, t.Transport.ToString().ToUpperInvariant(), $"{t.Port}", $"{t.Priority}", $"{t.Weight}",
            })));
        return text.ToString();
    }

    private static void Section(TextLines text, string title, string[] heads, IEnumerable<string[]> rows)
    {
        var lines = MarkdownTable.Lines(heads, rows).ToList();
        if (lines.Count > 0)
        {
            text.Add($"## {title}").Add().Add(lines);
        }
    }

    private static IEnumerable<string[]> Ranges(Network network) =>
    [
        [network.AddressPool.ToString(), "everything", ""],
        .. network.Regions.Select(r => new[] { r.Supernet.ToString(), "the region, for summaries", r.Id }),
        .. network.GoogleSubnets.Select(s => new[] { s.Range.ToString(), s.Id, s.GoogleRegion }),
        .. network.Vpcs.Select(v => new[] { v.Range.ToString(), v.Id, v.AwsRegion }),
        .. network.AwsSubnets.Select(s => new[] { s.Range.ToString(), s.Id, s.Zone }),
        .. network.Tunnels.Select(t => new[] { t.InsideRange.ToString(), t.Id, "inside the tunnel" }),
    ];

    private static IEnumerable<string[]> Numbers(Network network) =>
    [
        .. network.Routers.Select(r => new[] { $"{r.Asn}", r.Id }),
        .. network.ColoRouters.Select(r => new[] { $"{r.Asn}", r.Id }),
        .. network.DirectConnectGateways.Select(g => new[] { $"{g.Asn}", g.Id }),
        .. network.TransitGateways.Select(t => new[] { $"{t.Asn}", t.Id }),
        .. network.CoreNetwork?.Edges.Select(e => new[] { $"{e.Asn}", $"core network in {e.AwsRegion}" }) ?? [],
    ];

    private static string[] Session(NetworkIndex index, BgpSession session)
    {
        var told = session.AdvertisedRanges.IsEmpty
            ? index.Find<CloudRouter>(session.Local.Speaker)?.AdvertiseMode.ToString() ?? ""
            : string.Join(", ", session.AdvertisedRanges);
        return
        [
            session.Id, End(session.Local), End(session.Remote), Seconds.Text(session.EffectiveHold),
            session.HasBfd ? "yes" : "no", $"{told}, MED {session.AdvertisedPriority}",
        ];
    }

    private static string End(BgpEnd end) => $"{end.Speaker}, AS {end.Asn}, "
        + $"{end.Address?.ToString() ?? "the provider's"}";
}
