using System.Net;
using System.Text.Json.Nodes;
using Farspan.Interop.Tests;
using Farspan.Topology;

namespace Farspan.Simulation.Tests;

/// <summary>A <see cref="LabPlan"/> that runs: namespaces, cables, BIRD in each node.</summary>
internal sealed class BirdLab : IAsyncDisposable
{
    private readonly NetworkNamespaces _namespaces = new();
    private readonly ScratchFolder _folder = new();
    private readonly Dictionary<string, string> _names = [];
    private readonly List<ChildProcess> _routers = [];
    private readonly LabPlan _plan;

    private BirdLab(LabPlan plan) => _plan = plan;

    public string NamespaceOf(string node) => _names[node];

    public static async Task<BirdLab> StartAsync(LabPlan plan)
    {
        var lab = new BirdLab(plan);
        try
        {
            await lab.BuildAsync();
            return lab;
        }
        catch
        {
            await lab.DisposeAsync();
            throw;
        }
    }

    /// <summary>What routers said that ended by themselves; empty: none did.</summary>
    public string Complaints =>
        string.Join('\n', _routers.Where(router => router.HasExited).Select(router => router.Output));

    /// <summary>Links go silent in both directions: no interface goes down.</summary>
    public async Task CutAsync(IReadOnlyCollection<string> links)
    {
        var ends = _plan.Cables.Where(cable => links.Contains(cable.Name))
            .SelectMany(cable => new[] { (Node: cable.A, Cable: cable), (Node: cable.B, Cable: cable) })
            .GroupBy(end => end.Node, end => $"\"{end.Cable.InterfaceOf(end.Node)}\"");
        await Task.WhenAll(ends.Select(end => NftAsync(end.Key, $$"""
            table inet cut {
              chain ends { type filter hook prerouting priority -400; iifname { {{string.Join(", ", end)}} } drop; }
            }
            """)));
    }

    public async Task MendAsync()
    {
        foreach (var node in _plan.Nodes)
        {
            await NftAsync(node, "table inet cut\ndelete table inet cut\n");
        }
    }

    /// <summary>
    /// The cables that packets to an address pass from a node, all equal ways; empty if some are lost.
    /// </summary>
    public async Task<SortedSet<string>> WaysAsync(string from, IPAddress to)
    {
        var ways = new SortedSet<string>();
        var open = new Queue<string>([from]);
        var seen = new HashSet<string> { from };
        while (open.TryDequeue(out var node))
        {
            if (_plan.Hosts.TryGetValue(node, out var host) && host.Equals(to))
            {
                continue;
            }

            var hops = await HopsAsync(node, to);
            if (hops.Count == 0)
            {
                return [];
            }

            foreach (var hop in hops)
            {
                var cable = _plan.Cables.First(c => Attached(c, node) && c.InterfaceOf(node) == hop);
                ways.Add(cable.Name);
                if (seen.Add(cable.Peer(node)))
                {
                    open.Enqueue(cable.Peer(node));
                }
            }
        }

        ways.Remove("backbone");
        return ways;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var router in _routers)
        {
            await router.DisposeAsync();
        }

        await _namespaces.DisposeAsync();
        _folder.Dispose();
    }

    private static bool Attached(LabCable cable, string node) => cable.A == node || cable.B == node;

    private async Task BuildAsync()
    {
        foreach (var node in _plan.Nodes)
        {
            _names.Add(node, await _namespaces.AddAsync(node));
        }

        foreach (var cable in _plan.Cables)
        {
            await PlugAsync(cable);
        }

        foreach (var (node, address) in _plan.Hosts)
        {
            await NetworkNamespaces.RunAsync("ip", ["-n", _names[node], "addr", "add", $"{address}/32", "dev", "lo"]);
        }

        foreach (var node in _plan.Nodes)
        {
            await RouteAsync(node);
        }
    }

    private async Task PlugAsync(LabCable cable)
    {
        var (a, b) = (_names[cable.A], _names[cable.B]);
        await NetworkNamespaces.RunAsync("ip",
        [
            "link", "add", cable.InterfaceOf(cable.A), "netns", a, "type", "veth",
            "peer", "name", cable.InterfaceOf(cable.B), "netns", b,
        ]);
        foreach (var (name, node) in new[] { (a, cable.A), (b, cable.B) })
        {
            await NetworkNamespaces.RunAsync("ip", ["-n", name, "-batch", "-"], $"""
                addr add {cable.AddressOf(node)}/30 dev {cable.InterfaceOf(node)}
                link set {cable.InterfaceOf(node)} up

                """);
        }
    }

    private async Task RouteAsync(string node)
    {
        var file = Path.Combine(_folder.Path, node.Replace('/', '-'));
        await File.WriteAllTextAsync($"{file}.conf", _plan.ConfigurationOf(node));
        _routers.Add(ChildProcess.Start(
            "ip", ["netns", "exec", _names[node], "bird", "-f", "-c", $"{file}.conf", "-s", $"{file}.ctl"]));
    }

    private Task<string> NftAsync(string node, string rules) =>
        NetworkNamespaces.RunAsync("ip", ["netns", "exec", _names[node], "nft", "-f", "-"], rules);

    private async Task<List<string>> HopsAsync(string node, IPAddress to)
    {
        var shown = await NetworkNamespaces.RunAsync("ip", ["-n", _names[node], "-j", "route", "show"]);
        var best = JsonNode.Parse(shown)!.AsArray()
            .Select(route => (Route: route!, Prefix: Prefix((string)route!["dst"]!)))
            .Where(each => each.Prefix.Contains(to))
            .OrderByDescending(each => each.Prefix.PrefixLength)
            .Select(each => each.Route)
            .FirstOrDefault();
        return best is null ? []
            : best["nexthops"] is JsonArray hops ? [.. hops.Select(hop => (string)hop!["dev"]!)]
            : best["dev"] is { } device ? [(string)device!]
            : [];
    }

    private static IPNetwork Prefix(string text) =>
        IPNetwork.Parse(text == "default" ? "0.0.0.0/0" : text.Contains('/') ? text : $"{text}/32");
}
