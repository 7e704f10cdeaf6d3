using Farspan.Topology;

namespace Farspan.Render;

/// <summary>The network as a picture that GitHub, GitLab and editors draw (Mermaid).</summary>
internal static class NetworkPicture
{
    public static IEnumerable<string> Write(NetworkIndex index)
    {
        var network = index.Network;
        return
        [
            "```mermaid",
            "flowchart LR",
            .. network.Carriers.Select(c => $"  {Node(c.Id)}([{c.Id}])"),
            .. network.Regions.SelectMany(r => Region(network, r)),
            .. network.Carriers.SelectMany(Targets),
            .. network.Links.Select(l => $"  {Node(l.GoogleSpeaker)} ---|{Last(l.Id)}| {Node(l.AwsGateway)}"),
            .. network.DirectConnectGateways.SelectMany(g =>
                g.Associations.Select(a => $"  {Node(g.Id)} --- {Node(a.TransitGateway)}")),
            .. network.Peerings.Select(p => $"  {Node(p.Requester)} ===|static routes| {Node(p.Accepter)}"),
            .. network.CoreNetwork?.Edges.Select(e => $"  core((Cloud WAN)) === {Node(e.TransitGateway)}") ?? [],
            "```",
            "",
        ];
    }

    private static IEnumerable<string> Region(Network network, Region region)
    {
        var edges = NetworkIndex.In(network.Edges, region).ToList();
        var connectors = NetworkIndex.In(network.Connectors, region).ToList();
        IEnumerable<NetworkElement> speakers =
        [
            .. NetworkIndex.In(network.Routers, region).Where(r => network.Links.Any(l => l.GoogleSpeaker == r.Id)),
            .. NetworkIndex.In(network.PartnerTransports, region),
        ];
        IEnumerable<NetworkElement> hubs =
        [
            .. NetworkIndex.In(network.DirectConnectGateways, region),
            .. NetworkIndex.In(network.TransitGateways, region),
            .. connectors,
            .. NetworkIndex.In(network.ConnectInstances, region),
        ];
        return
        [
            $"  subgraph {Node(region.Id)}[{region.Name}]",
            $"    subgraph {Node(region.Id)}_google[{region.GoogleRegion}]",
            .. edges.Concat(speakers).Select(e => $"      {Node(e.Id)}[{e.Id}]"),
            "    end",
            $"    subgraph {Node(region.Id)}_aws[{region.AwsRegion}]",
            .. hubs.Select(e => $"      {Node(e.Id)}[{e.Id}]"),
            "    end",
            "  end",
            .. edges.SelectMany(e => speakers.Select(s => $"  {Node(e.Id)} --- {Node(s.Id)}")),
            .. NetworkIndex.In(network.TransitGateways, region)
                .SelectMany(t => connectors.Select(c => $"  {Node(t.Id)} --- {Node(c.Id)}")),
            .. connectors.SelectMany(c => c.ConnectInstances.Index()
                .Select(i => $"  {Node(c.Id)} {(i.Index == 0 ? "-->" : "-.->")} {Node(i.Item)}")),
        ];
    }

    private static IEnumerable<string> Targets(Carrier carrier) =>
        carrier.Targets.Select(t => $"  {Node(carrier.Id)} -->|{t.Priority}| {Node(t.Edge)}").Distinct();

    private static string Last(string id) => id[(id.LastIndexOf('/') + 1)..];

    private static string Node(string id) => Hcl.Identifier(id);
}
