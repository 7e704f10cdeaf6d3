using System.Net;
using static Farspan.Topology.FindingSeverity;

namespace Farspan.Topology;

/// <summary>TGW: the way between regions, by peering or Cloud WAN.</summary>
internal static class TransitPeeringRules
{
    private static readonly NetworkRule PeeringIsStatic = new("TGW-001", Error, CheckPeeringIsStatic)
    {
        Title = "Nothing relies on BGP over a transit gateway peering",
        Why = "A peering carries no routing protocol: routes through it are static. What is expected to be "
            + "\"automatically updated\" never changes, and the fail-over of a region does not happen.",
        Mend = "Use static summaries (`fallback: summaries`), a controller that swaps routes, or Cloud WAN.",
        Source = RuleSources.TransitPeering,
    };

    private static readonly NetworkRule BothSides = new("TGW-002", Error, CheckBothSides)
    {
        Title = "A peering has static routes on both sides and no propagation",
        Why = "Without a route on one side packets go and no answer returns; propagation to a peering is "
            + "refused.",
        Mend = "Add a static route to the other region's range on each side.",
        Source = RuleSources.TransitPeering,
    };

    private static readonly NetworkRule Fallback = new("TGW-003", Warning, CheckFallback)
    {
        Title = "A peering that shall take over has a way of taking over",
        Why = "A static route to the same prefix does not wait for a failure, and a missing one does not "
            + "appear by itself.",
        Mend = "Write `fallback: summaries`: less specific routes take over when the specific ones are "
            + "withdrawn.",
        Source = RuleSources.Measured,
    };

    private static readonly NetworkRule Accepter = new("TGW-008", Error, CheckAccepter)
    {
        Title = "A peering names the other account and is accepted in the other region",
        Why = "AWS demands the account, and a peering that nobody accepts stays pending: it carries "
            + "nothing.",
        Mend = "Write `peerAccount`, and accept the peering in the region of the second transit gateway.",
        Source = RuleSources.Ec2Api + "API_CreateTransitGatewayPeeringAttachment.html",
    };

    private static readonly NetworkRule NotAcross = new("TGW-015", Error, CheckReferencesAcross)
    {
        Title = "No security group reference or private name crosses a peering",
        Why = "Neither references to security groups nor the resolution of private names work across "
            + "regions.",
        Mend = "Write address ranges in the security groups, and addresses or public names in the "
            + "connectors.",
        Source = RuleSources.TransitPeering,
    };

    private static readonly NetworkRule CloudWanRegion = new("TGW-017", Error, CheckCloudWanRegion)
    {
        Title = "Cloud WAN peers with a transit gateway in the region of one of its edges",
        Why = "AWS refuses a peering between regions; each transit gateway needs an edge beside it.",
        Mend = "Add an edge location for the region of the transit gateway.",
        Source = RuleSources.CloudWan,
    };

    private static readonly NetworkRule BackupWins = new("TGW-018", Error, CheckBackupWins)
    {
        Title = "A static route that backs up is less specific than what it backs up",
        Why = "At equal length a static route wins over every propagated one, at greater length even more "
            + "so: the traffic takes the long way all the time, and the short one never comes back.",
        Mend = "Write a summary, such as 10.0.0.0/8 behind 10.10.0.0/16.",
        Source = RuleSources.TransitGateway + "; " + RuleSources.Measured,
    };

    private static readonly NetworkRule SummaryIncomplete = new("TGW-019", Error, CheckSummaries)
    {
        Title = "A fall-back by summaries is complete in both directions",
        Why = "It needs the summary on both transit gateways, in the other region's allowed prefixes, and "
            + "one for the way back to Google. If one is missing, packets go and none return.",
        Mend = "Leave the routes and allowed prefixes out: `fallback: summaries` derives all of them.",
        Source = RuleSources.Measured,
    };

    public static IEnumerable<NetworkRule> All =>
    [
        PeeringIsStatic, BothSides, Fallback, Accepter, NotAcross, CloudWanRegion, BackupWins, SummaryIncomplete,
    ];

    private static IEnumerable<Fault> CheckPeeringIsStatic(Network network) =>
        from peering in network.Peerings
        where peering.ExpectsBgp
        select Fault.At(
            peering, "expectsBgp", $"{peering} is expected to exchange routes by BGP",
            "Write `fallback: summaries` instead.");

    private static IEnumerable<Fault> CheckBothSides(Network network)
    {
        foreach (var (peering, attachment) in PeeringAttachments(network))
        {
            var tables = network.TransitTables.Where(table => table.TransitGateway == attachment.TransitGateway);
            if (!tables.Any(table => table.StaticRoutes.Any(route => route.Attachment == attachment.Id)))
            {
                yield return Fault.At(
                    peering, "fallback", $"no static route of {attachment.TransitGateway} leads over {peering}",
                    "Write `fallback: summaries`, or the routes of both sides.");
            }

            foreach (var table in tables.Where(table => table.Propagations.Contains(attachment.Id)))
            {
                yield return Fault.At(
                    table, "propagations", $"{table} waits for routes of {peering}, which propagates none",
                    "Take the peering out of the propagations, and write static routes.");
            }
        }
    }

    /// <summary>Each peering twice: as either transit gateway sees it.</summary>
    private static IEnumerable<(TransitGatewayPeering Peering, TransitGatewayAttachment Attachment)>
        PeeringAttachments(Network network) =>
        from peering in network.Peerings
        from attachment in network.TransitAttachments
        where attachment.Kind == TransitGatewayAttachmentKind.Peering && attachment.Resource == peering.Id
        select (peering, attachment);

    private static IEnumerable<Fault> CheckFallback(Network network)
    {
        foreach (var peering in network.Peerings)
        {
            var reason = peering.Fallback switch
            {
                PeeringFallback.None when network.CoreNetwork is null => "does nothing when links fail",
                PeeringFallback.Controller when network.Management.Controller is null =>
                    "waits for a controller, and there is none",
                _ => null,
            };
            if (reason is not null)
            {
                yield return Fault.At(
                    peering, "fallback", $"{peering} {reason}", "Write `fallback: summaries`.");
            }
        }
    }

    private static IEnumerable<Fault> CheckAccepter(Network network)
    {
        foreach (var peering in network.Peerings)
        {
            var home = network.TransitGateways.WithId(peering.Accepter)?.AwsRegion;
            if (peering.AccepterRegion != home)
            {
                yield return Fault.At(
                    peering, "accepterRegion",
                    $"{peering} is to be accepted in {peering.AccepterRegion}, but {peering.Accepter} is in {home}",
                    $"Write {home}, or nothing.");
            }

            if (!peering.IsAccepted)
            {
                yield return Fault.At(
                    peering, "accepted", $"nobody accepts {peering}", "Write `accepted: true`, or nothing.");
            }
        }
    }

    private static IEnumerable<Fault> CheckReferencesAcross(Network network) =>
        from peering in network.Peerings
        where peering.ExpectsNames
        select Fault.At(
            peering, "expectsNames",
            $"private names or security groups are expected to be known across {peering}",
            "Write address ranges.");

    private static IEnumerable<Fault> CheckCloudWanRegion(Network network)
    {
        if (network.CoreNetwork is not { } core)
        {
            yield break;
        }

        foreach (var edge in core.Edges)
        {
            if (network.TransitGateways.WithId(edge.TransitGateway) is { } transit
                && transit.AwsRegion != edge.AwsRegion)
            {
                yield return Fault.At(
                    core, "edges", $"the edge in {edge.AwsRegion} is to peer with {transit} in {transit.AwsRegion}",
                    $"Write the transit gateway of {edge.AwsRegion}.");
            }
        }

        foreach (var transit in network.TransitGateways.Where(transit =>
            core.Edges.All(edge => edge.TransitGateway != transit.Id)))
        {
            yield return Fault.At(
                core, "edges", $"{core} has no edge for {transit}", $"Add an edge in {transit.AwsRegion}.");
        }
    }

    private static IEnumerable<Fault> CheckBackupWins(Network network) =>
        from table in network.TransitTables
        from route in table.StaticRoutes
        where IsBetweenRegions(network, route)
        let main = network.Propagated(table).FirstOrDefault(each => each.Prefix.Covers(route.Prefix))
        where main.From is not null
        select Fault.At(
            route, "prefix",
            $"{route.Prefix} over the peering wins for ever over {main.Prefix} from {main.From}",
            $"Write a range that holds {main.Prefix} and is larger.");

    private static bool IsBetweenRegions(Network network, TransitGatewayRoute route) =>
        network.TransitAttachments.WithId(route.Attachment)?.Kind
            is TransitGatewayAttachmentKind.Peering or TransitGatewayAttachmentKind.CoreNetwork;

    private static IEnumerable<Fault> CheckSummaries(Network network)
    {
        foreach (var (peering, here) in PeeringAttachments(network))
        {
            if (peering.Fallback != PeeringFallback.Summaries)
            {
                continue;
            }

            foreach (var vpc in network.Vpcs.Where(vpc => vpc.Region == RegionBeyond(network, peering, here)))
            {
                if (!LeadsOver(network, here.TransitGateway, vpc.Range, [here.Id]))
                {
                    yield return NoSummary(peering, here, $"{vpc.Range} of {vpc}");
                }
            }
        }

        foreach (var fault in MissingReturns(network).Concat(MissingAllowedPrefixes(network)))
        {
            yield return fault;
        }
    }

    private static Fault NoSummary(
        TransitGatewayPeering peering, TransitGatewayAttachment here, string range) => Fault.At(
        peering, "fallback", $"{here.TransitGateway} has no summary over a peering for {range}",
        "Leave the static routes out, or add the summary.");

    private static string? RegionBeyond(
        Network network, TransitGatewayPeering peering, TransitGatewayAttachment here) => network.TransitGateways
        .WithId(here.TransitGateway == peering.Requester ? peering.Accepter : peering.Requester)?.Region;

    private static bool LeadsOver(Network network, string gateway, IPNetwork range, ICollection<string> attachments) =>
        network.TransitTables
            .Where(table => table.TransitGateway == gateway)
            .SelectMany(table => table.StaticRoutes)
            .Any(route => attachments.Contains(route.Attachment ?? "") && route.Prefix.Covers(range));

    /// <summary>The way back to the edges when a transit gateway has no link left.</summary>
    private static IEnumerable<Fault> MissingReturns(Network network) =>
        from side in PeeringAttachments(network)
        where side.Peering.Fallback == PeeringFallback.Summaries
        group side by side.Attachment.TransitGateway into sides
        let attachments = sides.Select(side => side.Attachment.Id).ToList()
        from subnet in network.EdgeSubnets()
        where !LeadsOver(network, sides.Key, subnet.Range, attachments)
        select NoSummary(
            sides.First().Peering, sides.First().Attachment, $"the way back to {subnet.Range} of {subnet}");

    /// <summary>VPCs that Google hears of over their own region's links only.</summary>
    private static IEnumerable<Fault> MissingAllowedPrefixes(Network network)
    {
        var associations = network.DirectConnectGateways
            .SelectMany(gateway => gateway.Associations.Select(association => (Gateway: gateway, association)))
            .Where(each => !each.association.AllowedPrefixes.IsEmpty)
            .ToList();
        foreach (var vpc in network.Vpcs)
        {
            var others = associations
                .Where(each => network.TransitGateways.WithId(each.association.TransitGateway)?.Region != vpc.Region)
                .Where(each => HasSummaries(network, each.association.TransitGateway))
                .ToList();
            if (others.Count > 0 && !others.Exists(each =>
                each.association.AllowedPrefixes.Any(prefix => prefix.Covers(vpc.Range))))
            {
                yield return Fault.At(
                    others[0].Gateway, "allowedPrefixes",
                    $"no other region announces {vpc.Range} of {vpc}: Google finds no way there when the links of"
                    + " its own region are gone",
                    "Add the summary, or leave the key out.");
            }
        }
    }

    private static bool HasSummaries(Network network, string gateway) => network.Peerings.Any(peering =>
        peering.Fallback == PeeringFallback.Summaries
        && (peering.Requester == gateway || peering.Accepter == gateway));
}
