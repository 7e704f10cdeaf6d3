using Farspan.Topology;

namespace Farspan.Render;

/// <summary>Google's ports and the VLANs on them.</summary>
internal sealed class InterconnectFiles(NetworkIndex index, Region region, TerraformModule module)
{
    public void Render()
    {
        foreach (var interconnect in NetworkIndex.In(index.Network.Interconnects, region))
        {
            Port(interconnect);
        }

        foreach (var attachment in NetworkIndex.In(index.Network.Attachments, region))
        {
            Vlan(attachment);
        }
    }

    private void Port(Interconnect interconnect)
    {
        var isCross = interconnect.Kind == InterconnectKind.CrossCloud;
        module.Variable("contact", "string", "The mail address that Google's operators write to.");
        if (!isCross)
        {
            module.Variable("customer_name", "string", "The company's name on the letter of authorisation.");
        }

        module.File("interconnect.tf")
            .Comment($"{interconnect.Id}: in {interconnect.Metro}, {interconnect.Zone}. Google takes one zone of a "
                + "metro at a time out of service.")
            .Resource("google_compute_interconnect", Names.Local(interconnect), resource => resource
                .Set("name", interconnect.Name)
                .Set("interconnect_type", "DEDICATED")
                .Set("link_type", $"LINK_TYPE_ETHERNET_{interconnect.PortMbps / 1000}G_{Optics(interconnect)}")
                .Set("location", interconnect.Location)
                .Set("remote_location", interconnect.RemoteLocation)
                .Set("requested_link_count", interconnect.PortCount)
                .Set("requested_features", interconnect.HasMacsec ? Hcl.List("IF_MACSEC") : null)
                .Set("customer_name", isCross ? null : Hcl.Reference("var.customer_name"))
                .Set("noc_contact_email", Hcl.Reference("var.contact"))
                .Set("admin_enabled", true)
                .When(interconnect.HasMacsec, Macsec));
    }

    /// <summary>
    /// Keys are drawn by Google and read with <c>gcloud … get-macsec-config</c>: no secret is written here.
    /// </summary>
    private static void Macsec(HclBody interconnect) => interconnect
        .Set("macsec_enabled", true)
        .Block("macsec", macsec => macsec
            .Block("pre_shared_keys", keys => keys.Set("name", "key-1")));

    private static string Optics(Interconnect interconnect) => interconnect.PortMbps == 400_000 ? "LR4" : "LR";

    private void Vlan(VlanAttachment attachment)
    {
        module.Variable("router_name", "string", "The region's Cloud Router.");
        module.File("interconnect.tf")
            .Resource("google_compute_interconnect_attachment", Names.Local(attachment), resource => resource
                .Set("name", attachment.Name)
                .Set("region", region.GoogleRegion)
                .Set("type", "DEDICATED")
                .Set("interconnect", Hcl.Reference(
                    $"google_compute_interconnect.{Names.Local(attachment.Interconnect)}.id"))
                .Set("router", Hcl.Reference("var.router_name"))
                .Set("vlan_tag8021q", attachment.Vlan)
                .Set("mtu", attachment.Mtu.ToString())
                .Set("bandwidth", PartnerFiles.Bandwidth(attachment.BandwidthMbps))
                .Set("candidate_subnets", Hcl.List(attachment.CandidateSubnets.Select(s => s.ToString())))
                .Set("encryption", attachment.RequiresIpsec ? "IPSEC" : "NONE")
                .Set("admin_enabled", true));
    }
}
