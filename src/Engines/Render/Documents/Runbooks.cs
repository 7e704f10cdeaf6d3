using Farspan.Topology;

namespace Farspan.Render;

/// <summary>A page for each class of failure, with the names and addresses of this network.</summary>
internal static class Runbooks
{
    public static IEnumerable<RenderedFile> Write(NetworkIndex index)
    {
        var predictions = new Predictions(index.Network);
        var links = new LinkRunbooks(index, predictions);
        var service = new ServiceRunbooks(index, predictions);
        var pages = new List<(string Name, string? Text)>
        {
            ("link-lost", links.Link()),
            ("region-links-lost", links.RegionLinks()),
            ("tunnel-lost", links.Tunnel()),
            ("peering-lost", links.Peering()),
            ("connector-lost", service.Connector()),
            ("edge-lost", service.Edge()),
            ("zone-lost", service.Zone()),
            ("connect-instance-lost", service.ConnectInstance()),
            ("region-lost", service.Region()),
            ("carrier-lost", service.Carrier()),
        };
        return pages.Where(p => p.Text is not null).Select(p => new RenderedFile($"runbooks/{p.Name}.md", p.Text!));
    }
}
