using Farspan.Topology;

namespace Farspan.Render;

/// <summary>
/// Partner Cross-Cloud Interconnect: Google's half. The AWS half has no type in Terraform; STEPS.md has the call.
/// </summary>
internal sealed class PartnerFiles(NetworkIndex index, Region region, TerraformModule module)
{
    public void Render()
    {
        foreach (var transport in NetworkIndex.In(index.Network.PartnerTransports, region))
        {
            Transport(transport);
        }
    }

    public static string Bandwidth(int megabits) =>
        megabits >= 1000 ? $"BPS_{megabits / 1000}G" : $"BPS_{megabits}M";

    private void Transport(PartnerTransport transport)
    {
        var name = Names.Local(transport);
        module.Variable("network_id", "string", "Google's network.");
        var key = module.Variable(
            new TerraformVariable("activation_key", "string", "What AWS Interconnect answered (STEPS.md); null "
                + "before that.")
            {
                Default = Hcl.Reference("null"),
                IsSensitive = true,
            });
        module.File("partner.tf")
            .Comment($"{transport.Id}: the two providers run {transport.Links.Length} links and BGP over them; "
                + "there is nothing of it to configure but what is told to AWS.")
            .Resource("google_network_connectivity_transport", name, resource => resource
                .Set("name", transport.Name)
                .Set("region", transport.GoogleRegion)
                .Set("network", Hcl.Reference("var.network_id"))
                .Set("remote_profile", transport.RemoteProfile)
                .Set("bandwidth", Bandwidth(transport.BandwidthMbps))
                .Set("advertised_routes", Hcl.List(transport.AdvertisedRanges.Select(r => r.ToString())))
                .Set("provided_activation_key", key));
        module.Output(
            $"transport_{name}_state",
            Hcl.Reference($"google_network_connectivity_transport.{name}.state"),
            "ACTIVE once both halves are joined.");
    }
}
