using System.Collections.Immutable;
using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// Makes files of a network: Terraform for both clouds, dashboards, a pipeline, runbooks, and a description. The same
/// network gives the same bytes.
/// </summary>
public static class NetworkRenderer
{
    /// <param name="network">What is to be rendered.</param>
    /// <param name="readFile">The content of a file that the network names, such as a contact flow; null: there
    /// is none.</param>
    /// <returns>In the order of their paths.</returns>
    public static ImmutableArray<RenderedFile> Render(Network network, Func<string, string?> readFile)
    {
        var index = new NetworkIndex(network);
        var regions = network.Regions.Select(region => new RegionModules(
            region,
            new GoogleRegionModule(index, region).Render(),
            new LinksModule(index, region).Render(),
            new AwsRegionModule(index, region, readFile).Render())).ToList();
        var root = new RootModule(index, regions).Render();
        return
        [
            .. regions.SelectMany(r => new[] { r.Google, r.Links, r.Aws })
                .Append(new GoogleNetworkModule(index).Render())
                .Append(root)
                .SelectMany(m => m.Files())
                .Append(new RenderedFile("dashboards/grafana.json", GrafanaDashboard.Write(network)))
                .Concat(DocumentRenderer.Render(index, root))
                .OrderBy(f => f.Path, StringComparer.Ordinal),
        ];
    }
}
