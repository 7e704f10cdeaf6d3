using Farspan.Simulation;
using Farspan.Topology;

namespace Farspan.Render;

/// <summary>Runbooks of paths between the clouds.</summary>
internal sealed class LinkRunbooks(NetworkIndex index, Predictions predictions)
{
    private readonly Network _network = index.Network;

    public string? Link() => _network.Links.IsEmpty ? null : new RunbookPage(
            "A link between the clouds is lost",
            "an alarm of one session, port or virtual interface; calls go on over the region's other links.")
        .ByItself(
            predictions.Of(ElementKind.Link, ElementKind.Tunnel, ElementKind.Session),
            _network.Links.SelectMany(Reckon))
        .Look([.. _network.Routers.SelectMany(RouterLooks), .. _network.VirtualInterfaces.Select(VirtualInterfaceLook)])
        .Do(
            "Find out whether others of the same metro, zone or provider are down too (NETWORK.md, \"fails "
            + "together with\"): then it is the provider's failure, and the next one may follow.",
            "See that what is left carries the load: the largest link's loss is planned for, a second one's is not.",
            "Open a case with whoever owns the dead part: Google for the interconnect, AWS for the port, the colo "
            + "for the cross connect.",
            "If the link flaps, shut its session until it is mended, as below.")
        .Shut(_network.Sessions.Where(s => s.Interface is not null).Select(Disable))
        .Over("the session is established and the expected routes are back; the alarm clears by itself.")
        .ToString();

    public string? RegionLinks() => _network.Links.IsEmpty ? null : new RunbookPage(
            "A region has lost all its links",
            "`all-links` of the region goes off; the transit gateway may count drops.")
        .ByItself(predictions.OfGroups("links"), [.. _network.Links.SelectMany(Reckon), .. Fallbacks()])
        .Look(_network.TransitTables.Select(TableLook))
        .Do(
            "See that calls have moved: the region's edges answer OPTIONS with 503 or pass calls to the other region.",
            "Do not touch static routes: they are there for this, and go back to rest when the links return.",
            "Treat the other region's links as the last ones: no changes, no maintenance there.")
        .Over("the region's own, more specific routes are back in both clouds; calls return as the weights say.")
        .ToString();

    public string? Tunnel() => _network.Tunnels.IsEmpty ? null : new RunbookPage(
            "A VPN tunnel is lost",
            "the alarm of one tunnel. AWS replaces tunnel endpoints one at a time; that looks the same and mends "
            + "itself.")
        .ByItself(
            predictions.Of(ElementKind.Tunnel), _network.Links.Where(l => l.Tunnel is not null).SelectMany(Reckon))
        .Look([
            .. _network.VpnConnections.Select(c =>
                $"aws ec2 describe-vpn-connections --region {AwsRegion(c)} --filters Name=tag:Name,Values={c.Name} "
                + "--query 'VpnConnections[].VgwTelemetry'"),
            .. _network.Tunnels.Select(t =>
                $"gcloud compute vpn-tunnels describe {t.Name} --region={GoogleRegion(t)} "
                + "--format='value(status,detailedStatus)'"),
        ])
        .Do(
            "If AWS announces maintenance of the endpoint (Personal Health Dashboard), wait.",
            "If IKE fails, compare the pre-shared key's version in the secret store with both ends; it is used "
            + "nowhere else.",
            "If IKE is up and BGP is not, compare the addresses inside with NETWORK.md.")
        .Over("the tunnel is up and its session has the expected routes.")
        .ToString();

    public string? Peering() => _network.Peerings.IsEmpty ? null : new RunbookPage(
            "The peering of the transit gateways is lost",
            "drops on a transit gateway, or a synthetic call across regions fails; calls that stay in their region "
            + "are not touched.")
        .ByItself(
            predictions.Of(ElementKind.Peering),
            ["Calls that stay in their region do not pass here: only a region without links of its own depends on it."])
        .Look(_network.Peerings.Select(p =>
            $"aws ec2 describe-transit-gateway-peering-attachments --region {p.AccepterRegion} --filters "
            + $"Name=tag:Name,Values={p.Name}"))
        .Do(
            "Treat the links of both regions as the last ones: there is no way round while this lasts.",
            "Open a case with AWS; there is nothing of ours in it but the two attachments.")
        .Over("the attachment is `available` and the static routes that point to it are `active`.")
        .ToString();

    private IEnumerable<string> Reckon(Link link) =>
        link.Sessions.Select(index.Get<BgpSession>).Select(s => s.Kind == BgpSessionKind.Managed
            ? "The two providers run the sessions; what they promise is what is reckoned with."
            : $"{PathTimes.Explain(s)}.");

    private IEnumerable<string> Fallbacks() => _network.Peerings.Select(p => p.Fallback switch
    {
        PeeringFallback.Summaries => $"{p.Id}: the summaries are there already and count once the specific routes "
            + "are gone.",
        PeeringFallback.Controller => $"{p.Id}: a controller replaces static routes.",
        _ => $"{p.Id}: no way over it is set up.",
    });

    private static IEnumerable<string> RouterLooks(CloudRouter router) =>
        [$"gcloud compute routers get-status {router.Name} --region={router.GoogleRegion} "
            + "--format='table(result.bgpPeerStatus[].name,"
            + "result.bgpPeerStatus[].state,result.bgpPeerStatus[].numLearnedRoutes)'"];

    private string VirtualInterfaceLook(VirtualInterface vif) =>
        $"aws directconnect describe-virtual-interfaces --region {AwsRegion(vif)} "
        + $"--query \"virtualInterfaces[?virtualInterfaceName=='{vif.Name}'].bgpPeers\"";

    private string TableLook(TransitGatewayTable table) =>
        $"aws ec2 search-transit-gateway-routes --region {AwsRegion(table)} --filters "
        + "Name=type,Values=static,propagated "
        + $"--transit-gateway-route-table-id $(aws ec2 describe-transit-gateway-route-tables --region "
        + $"{AwsRegion(table)} --filters Name=tag:Name,Values={table.Name} --query "
        + "'TransitGatewayRouteTables[0].TransitGatewayRouteTableId' --output text)";

    private string Disable(BgpSession session) =>
        $"gcloud compute routers update-bgp-peer {index.Find<CloudRouter>(session.Local.Speaker)?.Name} "
        + $"--region={GoogleRegion(session)} --peer-name={session.Name} --no-enabled    # and --enabled when it is "
        + "mended";

    private string AwsRegion(NetworkElement element) => RegionOf(element)?.AwsRegion ?? "";

    private string GoogleRegion(NetworkElement element) => RegionOf(element)?.GoogleRegion ?? "";

    private Region? RegionOf(NetworkElement element) => _network.Regions.FirstOrDefault(r => r.Name == element.Region);
}
