using System.Collections.Immutable;
using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>LNK: the links between the clouds, where they run, and what they carry.</summary>
internal static class InterconnectRules
{
    private static readonly NetworkRule PartnerPair = new("LNK-001", Error, CheckPartnerPair)
    {
        Title = "Partner Cross-Cloud Interconnect joins regions that Google and AWS have paired",
        Why = "The capacity is built beforehand between certain regions only; elsewhere there is nothing "
            + "to order.",
        Mend = "Take the Google region that is paired with the AWS region, or another transport.",
        Source = RuleSources.PartnerCrossCloud + "; " + RuleSources.InterconnectRegions,
    };

    private static readonly NetworkRule PartnerQuota = new("LNK-002", Error, CheckPartnerQuota)
    {
        Title = "One Partner Cross-Cloud transport per project and region",
        Why = "The quota is one unless Google has raised it; the second is refused.",
        Mend = "Make the one larger, or give the second link another transport.",
        Source = RuleSources.PartnerCrossCloud,
    };

    private static readonly NetworkRule EdgeDomains = new("LNK-003", Warning, CheckEdgeDomains)
    {
        Title = "Links of a region are in both edge availability domains of a metro",
        Why = "Google does maintenance on one domain at a time: both links in one domain go down together. "
            + "99.99 % is promised for four attachments in two metros, both domains each.",
        Mend = "Put the second link in the other zone (zone1, zone2).",
        Source = RuleSources.Interconnect + "/concepts/dedicated-overview",
    };

    private static readonly NetworkRule DirectConnectPlaces = new("LNK-004", Warning, CheckLocations)
    {
        Title = "Direct Connect connections of a region are at two locations",
        Why = "A fire, a power cut or maintenance at the one location takes all links of the region.",
        Mend = "Order the second connection at another location of the region.",
        Source = RuleSources.MultiCloudPractices,
    };

    private static readonly NetworkRule InterfaceQuota = new("LNK-005", Error, CheckInterfaceQuota)
    {
        Title = "At most 4 transit virtual interfaces a connection, one on a hosted connection",
        Why = "AWS refuses more.",
        Mend = "Spread them over more connections, or share one between VPCs behind the transit gateway.",
        Source = RuleSources.DirectConnectLimits,
    };

    private static readonly NetworkRule VlanNumber = new("LNK-010", Error, CheckVlan)
    {
        Title = "A VLAN number is 2 to 4093, the same at both ends, and used once on a connection",
        Why = "Google takes 2-4093 and AWS 1-4094; frames with another number are dropped without a word.",
        Mend = "Write a free number from 2 to 4093, or leave it out.",
        Source = RuleSources.Compute + "/interconnectAttachments; " + RuleSources.DirectConnectLimits,
    };

    private static readonly NetworkRule MaximumUnit = new("LNK-011", Error, CheckMtu)
    {
        Title = "MTUs along a path are possible and fit together",
        Why = "An attachment has 1440, 1460, 1500 or 8896 bytes, a transit virtual interface 1500 or 8500, "
            + "a Google network 1300 to 8896. UDP packets between two different values are lost, large SIP "
            + "messages first.",
        Mend = "Use 1500 on attachments and interfaces, and at most that in the networks.",
        Source = RuleSources.Interconnect + "/concepts/dedicated-overview; " + RuleSources.TransitQuotas,
    };

    private static readonly NetworkRule UnitChange = new("LNK-012", Warning)
    {
        Title = "The MTU of a virtual interface changes in a maintenance window",
        Why = "Raising it to 8500 may interrupt every virtual interface of the connection for up to 30 s.",
        Mend = "Do it while the other connection carries the calls.",
        Source = RuleSources.Ec2Api + "; AWS Direct Connect API, UpdateVirtualInterfaceAttributes",
        Evidence = RuleEvidence.Plan,
    };

    private static readonly NetworkRule AttachmentEncryption = new("LNK-018", Error, CheckEncryptedAttachment)
    {
        Title = "An attachment that is encrypted with IPsec carries VPN tunnels only",
        Why = "With `encryption: ipsec` Google lets nothing but HA VPN through: machines cannot use it "
            + "directly.",
        Mend = "Run HA VPN over the attachment, or take its encryption away and use MACsec.",
        Source = RuleSources.Compute + "/interconnectAttachments",
    };

    private static readonly NetworkRule ClearText = new("LNK-019", Error, CheckClearText)
    {
        Title = "Links are encrypted where the policy demands it",
        Why = "Interconnect and Direct Connect carry clear text: who gets at the fibre hears the calls.",
        Mend = "Turn MACsec on, take HA VPN, or use SIP over TLS with SRTP between edges and connectors.",
        Source = RuleSources.MultiCloudPractices,
    };

    public static IEnumerable<NetworkRule> All =>
    [
        PartnerPair, PartnerQuota, EdgeDomains, DirectConnectPlaces, InterfaceQuota, VlanNumber, MaximumUnit,
        UnitChange, AttachmentEncryption, ClearText,
    ];

    /// <summary>Virtual interfaces that transit gateways use, of one dedicated connection.</summary>
    private const int TransitInterfacesMax = 4;

    /// <summary>AWS region and Google region: the pairs of AWS Interconnect - multicloud.</summary>
    private static readonly ImmutableArray<(string Aws, string Google)> PartnerPairs =
    [
        ("us-east-1", "us-east4"), ("us-west-1", "us-west2"), ("us-west-2", "us-west1"),
        ("eu-west-2", "europe-west2"), ("eu-central-1", "europe-west3"), ("ap-southeast-1", "asia-southeast1"),
    ];

    private static readonly ImmutableArray<int> AttachmentUnits = [1440, 1460, 1500, 8896];

    private static readonly ImmutableArray<int> InterfaceUnits = [1500, 8500];

    private static IEnumerable<Fault> CheckPartnerPair(Network network) =>
        from transport in network.PartnerTransports
        where !PartnerPairs.Contains((transport.AwsRegion, transport.GoogleRegion))
        let google = PartnerPairs.FirstOrDefault(pair => pair.Aws == transport.AwsRegion).Google
        select Fault.At(
            transport, "transport",
            $"{transport.GoogleRegion} and {transport.AwsRegion} are no pair of Partner Cross-Cloud Interconnect",
            google is null
                ? "Take another transport, or a region that has a pair."
                : $"Take {google} for {transport.AwsRegion}, or another transport.");

    private static IEnumerable<Fault> CheckPartnerQuota(Network network) =>
        from transports in network.PartnerTransports.Shared(transport => transport.GoogleRegion)
        select Fault.At(
            transports.ElementAt(1), "transport", $"{transports.Key} has {transports.Count()} Partner transports",
            "Make one of them larger, and drop the others.");

    private static IEnumerable<Fault> CheckEdgeDomains(Network network) =>
        from region in network.Regions
        let links = network.Links.Of(region).Where(link => link.Risk.Zone.Length > 0).ToList()
        where links.Count > 1
        let zones = links.Select(link => $"{link.Risk.Metro} {link.Risk.Zone}").Distinct().ToList()
        where zones.Count == 1
        select Fault.At(
            region, "links", $"all {links.Count} links of {region} are in {zones[0].Trim()}",
            "Put every second link in the metro's other zone.");

    private static IEnumerable<Fault> CheckLocations(Network network)
    {
        foreach (var region in network.Regions)
        {
            var connections = network.Connections.Of(region).ToList();
            if (connections.Count > 0 && connections.Select(each => each.Location).Distinct().Count() == 1)
            {
                yield return Fault.At(
                    connections[^1], "awsLocation",
                    $"every Direct Connect connection of {region} is at {connections[0].Location}",
                    "Order one at another location.");
            }
        }
    }

    private static IEnumerable<Fault> CheckInterfaceQuota(Network network) =>
        from connection in network.Connections
        let count = network.VirtualInterfaces.Count(each => each.Connection == connection.Id)
        let most = connection.IsHosted ? 1 : TransitInterfacesMax
        where count > most
        select Fault.At(
            connection, "connection",
            $"{connection}, a {(connection.IsHosted ? "hosted" : "dedicated")} connection, has {count} transit"
            + " virtual interfaces",
            $"Keep {most}, and order another connection.");

    private static IEnumerable<Fault> CheckVlan(Network network)
    {
        var attachments = network.Attachments
            .Select(each => (Element: (NetworkElement)each, Port: each.Interconnect, each.Vlan, Last: 4093));
        var interfaces = network.VirtualInterfaces
            .Select(each => (Element: (NetworkElement)each, Port: each.Connection, each.Vlan, Last: 4094));
        var all = attachments.Concat(interfaces).ToList();
        foreach (var (element, _, vlan, last) in all)
        {
            var first = last == 4093 ? 2 : 1;
            if (vlan < first || vlan > last)
            {
                yield return Fault.At(
                    element, "vlan", $"VLAN {vlan} of {element} is not within {first} to {last}",
                    "Write a number from 2 to 4093, or none.");
            }
        }

        foreach (var alike in all.GroupBy(each => (each.Port, each.Vlan)).Where(group => group.Skip(1).Any()))
        {
            yield return Fault.At(
                alike.ElementAt(1).Element, "vlan", $"VLAN {alike.Key.Vlan} is used twice on {alike.Key.Port}",
                "Write another number, or none.");
        }

        foreach (var (link, attachment, other) in CrossConnected(network))
        {
            if (attachment.Vlan != other.Vlan)
            {
                yield return Fault.At(
                    link, "awsVlan",
                    $"{attachment} has VLAN {attachment.Vlan} and {other} VLAN {other.Vlan}, on one link",
                    "Write the same number for both, or none.");
            }
        }
    }

    /// <summary>Links on which frames of Google arrive at AWS as they are.</summary>
    private static IEnumerable<(Link Link, VlanAttachment Attachment, VirtualInterface Interface)> CrossConnected(
        Network network) =>
        from link in network.Links
        where link.ColoRouter is null
        let attachment = network.Attachments.WithId(link.Attachment)
        let other = network.VirtualInterfaces.WithId(link.VirtualInterface)
        where attachment is not null && other is not null
        select (link, attachment, other);

    private static IEnumerable<Fault> CheckMtu(Network network)
    {
        foreach (var attachment in network.Attachments.Where(each => !AttachmentUnits.Contains(each.Mtu)))
        {
            yield return Fault.At(
                attachment, "attachmentMtu", $"{attachment} has an MTU of {attachment.Mtu}",
                "Write 1440, 1460, 1500 or 8896.");
        }

        foreach (var each in network.VirtualInterfaces.Where(each => !InterfaceUnits.Contains(each.Mtu)))
        {
            yield return Fault.At(each, "interfaceMtu", $"{each} has an MTU of {each.Mtu}", "Write 1500 or 8500.");
        }

        if (network.GoogleNetwork.Mtu is < 1300 or > 8896)
        {
            yield return Fault.At(
                network.GoogleNetwork, "mtu",
                $"{network.GoogleNetwork} has an MTU of {network.GoogleNetwork.Mtu}",
                "Write 1300 to 8896, or none.");
        }

        if (network.Links.MinBy(link => link.Mtu) is { } narrow && narrow.Mtu < network.GoogleNetwork.Mtu)
        {
            yield return Fault.At(
                network.GoogleNetwork, "mtu",
                $"machines send packets of {network.GoogleNetwork.Mtu} bytes, and {narrow} carries {narrow.Mtu}",
                $"Write an MTU of {narrow.Mtu} or less for the network.") with { Severity = Warning };
        }

        foreach (var (link, attachment, other) in CrossConnected(network).Where(each =>
            each.Attachment.Mtu != each.Interface.Mtu))
        {
            yield return Fault.At(
                link, "interfaceMtu",
                $"{attachment} carries {attachment.Mtu} bytes and {other} {other.Mtu}, on one link",
                "Write 1500 for both.") with { Severity = Warning };
        }
    }

    private static IEnumerable<Fault> CheckEncryptedAttachment(Network network) =>
        from attachment in network.Attachments
        where attachment.RequiresIpsec
        let direct = network.Links.FirstOrDefault(link => link.Attachment == attachment.Id && link.Tunnel is null)
        where direct is not null
        select Fault.At(
            attachment, "encryption", $"{attachment} lets IPsec through only, and {direct} has no tunnel over it",
            "Write `encryption: macsec` or none.");

    private static IEnumerable<Fault> CheckClearText(Network network) =>
        from link in network.Links
        where network.Policies is { RequiresLinkEncryption: true, HasInnerEncryption: false }
        where link.Encryption == LinkEncryption.None
        select Fault.At(
            link, "encryption", $"{link} is in clear text, and the policy demands encryption",
            "Turn MACsec on, or TLS and SRTP between edges and connectors.");
}
