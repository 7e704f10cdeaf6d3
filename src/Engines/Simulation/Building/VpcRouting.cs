using Farspan.Topology;

namespace Farspan.Simulation;

/// <summary>The VPCs of AWS: their own range is local; everything else stands in their route tables.</summary>
internal static class VpcRouting
{
    /// <summary>In bytes, inside a VPC (AWS: network MTU of EC2 instances).</summary>
    private const int VpcMtu = 8500;

    public static void AddTables(RoutingDraft draft)
    {
        foreach (var vpc in draft.Network.Vpcs)
        {
            var arrival = TransitRouting.ArrivalOf(vpc.Id);
            draft.AddTable(new RoutingTable { Name = arrival });
            draft.Builder.Deliver(draft.Table(arrival), vpc.Range);
        }

        foreach (var table in draft.Network.RouteTables)
        {
            draft.AddTable(new RoutingTable { Name = table.Id, Node = table.Vpc });
        }
    }

    public static void AddRoutes(RoutingDraft draft)
    {
        foreach (var table in draft.Network.RouteTables)
        {
            if (draft.Network.Vpcs.FirstOrDefault(v => v.Id == table.Vpc) is { } vpc)
            {
                draft.Builder.Deliver(draft.Table(table.Id), vpc.Range);
            }

            foreach (var route in table.Routes)
            {
                draft.Builder.AddStatic(draft.Table(table.Id), route.Prefix, ArcOf(draft, table, route));
            }
        }
    }

    /// <summary>Packets to private addresses are lost on the way to the Internet.</summary>
    private static int ArcOf(RoutingDraft draft, AwsRouteTable table, AwsRoute route)
    {
        var attachment = route.Target == AwsRouteTarget.TransitGateway
            ? draft.Attachment(TransitGatewayAttachmentKind.Vpc, route.TargetId, table.Vpc)
            : null;
        return draft.AssociatedWith(attachment?.Id) is { } next
            ? draft.Arc(table.Id, next, attachment!.Id, VpcMtu, draft.Catalog.Of(attachment.Id))
            : StaticRoute.Discard;
    }
}
