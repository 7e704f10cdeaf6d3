using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>Questions that several rules ask of a network.</summary>
internal static class NetworkLookup
{
    /// <summary>Every address.</summary>
    public static IPNetwork Everywhere { get; } = new(IPAddress.Any, 0);

    public static T? WithId<T>(this ImmutableArray<T> elements, string? id)
        where T : NetworkElement => elements.FirstOrDefault(element => element.Id == id);

    public static IEnumerable<T> Of<T>(this ImmutableArray<T> elements, Region region)
        where T : NetworkElement => elements.Where(element => element.Region == region.Name);

    /// <summary>Every two different ones, once.</summary>
    public static IEnumerable<(T First, T Second)> Pairs<T>(this IReadOnlyList<T> items)
    {
        for (var i = 0; i < items.Count; i++)
        {
            for (var j = i + 1; j < items.Count; j++)
            {
                yield return (items[i], items[j]);
            }
        }
    }

    /// <summary>Groups of more than one with the same key, the empty key left out.</summary>
    public static IEnumerable<IGrouping<TKey, T>> Shared<T, TKey>(this IEnumerable<T> items, Func<T, TKey?> key)
        where TKey : class => items
            .Where(item => key(item) is not null)
            .GroupBy(item => key(item)!)
            .Where(group => group.Skip(1).Any());

    /// <summary>The ranges that the edges' machines have.</summary>
    public static IEnumerable<GoogleSubnet> EdgeSubnets(this Network network) =>
        network.Edges.Select(edge => network.GoogleSubnets.WithId(edge.Subnet)).OfType<GoogleSubnet>().Distinct();

    /// <summary>What is announced over a session to the other cloud.</summary>
    public static IEnumerable<IPNetwork> Announced(this Network network, BgpSession session)
    {
        // A router in a colo passes on what it hears from Google.
        var first = session.Interface is not null
            ? session
            : network.Sessions.FirstOrDefault(each => each.Link == session.Link && each.Interface is not null);
        return !session.AdvertisedRanges.IsEmpty ? session.AdvertisedRanges
            : first is { AdvertisedRanges.IsEmpty: false } ? first.AdvertisedRanges
            : network.Routers.WithId(first?.Local.Speaker) is { } router ? network.Announced(router)
            : [];
    }

    /// <summary>What a Cloud Router announces unless a session says otherwise.</summary>
    public static IEnumerable<IPNetwork> Announced(this Network network, CloudRouter router)
    {
        var isGlobal = network.GoogleNetwork.RoutingMode == GoogleRoutingMode.Global;
        var subnets = network.GoogleSubnets
            .Where(subnet => isGlobal || subnet.GoogleRegion == router.GoogleRegion)
            .Select(subnet => subnet.Range);
        return router.AdvertiseMode == AdvertiseMode.Default
            ? subnets
            : router.AdvertisedRanges.Concat(router.AdvertisesAllSubnets ? subnets : []);
    }

    /// <summary>The routes that appear in a transit gateway's table by themselves, and from where.</summary>
    public static IEnumerable<(IPNetwork Prefix, TransitGatewayAttachment From)> Propagated(
        this Network network, TransitGatewayTable table) =>
        from id in table.Propagations
        let attachment = network.TransitAttachments.WithId(id)
        where attachment is not null
        from prefix in network.Behind(attachment)
        select (prefix, attachment);

    /// <summary>The static route of the table that decides where this range goes; null if there is none.</summary>
    public static TransitGatewayRoute? StaticRouteTo(this TransitGatewayTable table, IPNetwork range) =>
        table.StaticRoutes
            .Where(route => route.Prefix.Covers(range))
            .MaxBy(route => route.Prefix.PrefixLength);

    /// <summary>The table in which what comes from this attachment is looked up.</summary>
    public static TransitGatewayTable? TableOf(this Network network, string attachment) =>
        network.TransitTables.FirstOrDefault(table => table.Associations.Contains(attachment));

    /// <summary>The least time in which an objective wants new calls to work after one of these fails.</summary>
    public static (Objective Objective, TimeSpan Within)? NewCallsWithin(
        this Network network, params ReadOnlySpan<FailureClass> failures)
    {
        (Objective Objective, TimeSpan Within)? least = null;
        foreach (var objective in network.Objectives.Where(objective => objective.Failures == 1))
        {
            var isMeant = objective.Failure == FailureClass.Any || failures.Contains(objective.Failure);
            if (isMeant && objective.NewCallsWithin is { } within && !(least?.Within <= within))
            {
                least = (objective, within);
            }
        }

        return least;
    }

    /// <summary>What an attachment tells the tables that it propagates to.</summary>
    private static IEnumerable<IPNetwork> Behind(this Network network, TransitGatewayAttachment attachment) =>
        attachment.Kind switch
        {
            TransitGatewayAttachmentKind.Vpc =>
                network.Vpcs.WithId(attachment.Resource) is { } vpc ? [vpc.Range] : [],
            TransitGatewayAttachmentKind.DirectConnect => network.LearnedBy(attachment.Resource),
            TransitGatewayAttachmentKind.Vpn => network.LearnedBy(attachment.TransitGateway),
            _ => [],
        };

    private static IEnumerable<IPNetwork> LearnedBy(this Network network, string gateway)
    {
        var overSessions = network.Sessions
            .Where(session => session.IsEnabled && session.Remote.Speaker == gateway)
            .SelectMany(session => network.Announced(session));
        var overTransports = network.PartnerTransports
            .Where(transport => transport.DirectConnectGateway == gateway)
            .SelectMany(transport => transport.AdvertisedRanges);
        return overSessions.Concat(overTransports).Distinct();
    }
}
