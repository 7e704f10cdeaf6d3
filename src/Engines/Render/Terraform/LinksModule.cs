using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// What joins the two halves of a region: one folder with both clouds, for the two ends of a link only make sense
/// together.
/// </summary>
internal sealed class LinksModule(NetworkIndex index, Region region)
{
    private readonly TerraformModule _module = new($"terraform/modules/{region.Name}-links");

    public TerraformModule Render()
    {
        _module.Require(TerraformVersions.Aws, TerraformVersions.Google);
        Describe();
        new PartnerFiles(index, region, _module).Render();
        new InterconnectFiles(index, region, _module).Render();
        new DirectConnectFiles(index, region, _module).Render();
        new VpnFiles(index, region, _module).Render();
        new RouterPeerFiles(index, region, _module).Render();
        new TransitPlugs(index, _module).Render(
            NetworkIndex.In(index.Network.TransitAttachments, region).Where(IsLink));
        new LinkAlarmFiles(index, region, _module).Render();
        return _module;
    }

    public static bool IsLink(TransitGatewayAttachment attachment) =>
        attachment.Kind is TransitGatewayAttachmentKind.DirectConnect or TransitGatewayAttachmentKind.Vpn;

    private void Describe()
    {
        var links = NetworkIndex.In(index.Network.Links, region).ToList();
        foreach (var link in links)
        {
            var risks = string.Join(", ", link.Risk.Groups);
            var shares = risks.Length > 0 ? $"; it fails together with whatever else is in {risks}" : "";
            _module.File("main.tf").Comment(
                $"{link.Id}: {link.BandwidthMbps} Mbit/s, packets up to {link.Mtu} bytes{shares}.");
        }

        _module.File("main.tf").Block("locals", locals => locals
            .Comment("How many links may carry the region's calls; alarms compare with it.")
            .Set("link_count", links.Count));
        _module.Output("link_count", Hcl.Reference("local.link_count"), "How many links the region has.");
    }
}
