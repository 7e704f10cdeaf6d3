using System.Collections.Immutable;
using System.Net;
using Farspan.Topology;

namespace Farspan.Simulation;

/// <summary>Makes the simulation's picture of a system from the topology that the file describes.</summary>
public static class SimulationModelBuilder
{
    public static SimulationModel Build(Network network)
    {
        var catalog = new ElementCatalog(network);
        var (routing, flows) = Route(network, catalog);
        var service = new ServiceDerivation(network, catalog);
        return new SimulationModel
        {
            Elements = catalog.Elements,
            RiskGroups = RiskGroups.Of(network, catalog),
            Network = routing,
            Carriers = service.Carriers(),
            Edges = service.Edges(),
            Connectors = service.Connectors(),
            Instances = service.Instances(),
            Flows = flows,
            Links = service.Links(),
            PeakCalls = network.Carriers.Sum(carrier => carrier.PeakCalls),
            PeakCallsPerSecond = network.Carriers.Sum(carrier => carrier.PeakCallsPerSecond),
            Objectives = network.Objectives,
            ConnectorSilence = service.ConnectorSilence(),
            MediaTimeout = service.MediaTimeout(),
            Timings = service.Timings(),
            Swap = Swap(network, catalog),
        };
    }

    private static (RoutingNetwork Network, ImmutableArray<Flow> Flows) Route(
        Network network, ElementCatalog catalog)
    {
        var draft = new RoutingDraft(network, catalog);
        GoogleRouting.AddTables(draft);
        LinkRouting.AddTables(draft);
        TransitRouting.AddTables(draft);
        VpcRouting.AddTables(draft);
        GoogleRouting.AddRoutes(draft);
        LinkRouting.AddRoutes(draft);
        TransitRouting.AddRoutes(draft);
        VpcRouting.AddRoutes(draft);
        var routing = draft.Builder.Build();
        return (routing, Flows(network, draft, routing));
    }

    /// <summary>
    /// The routing that a controller would make; null: there is none, or nothing for it to do.
    /// </summary>
    private static ControllerSwap? Swap(Network network, ElementCatalog catalog)
    {
        if (network.Management.Controller is not { } controller
            || network.Peerings.All(peering => peering.Fallback != PeeringFallback.Controller))
        {
            return null;
        }

        var (routing, flows) = Route(ControllerRoutes.Add(network), catalog);
        return new ControllerSwap(
            routing,
            flows,
            catalog.Of(controller.AwsRegions.Select(region => $"controller/{region}")),
            ServiceDetection.HealthCheck(
                controller.Probing.Interval, controller.Probing.Failures, controller.Probing.Timeout),
            PathDetection.ControllerSwap(controller.Dwell, controller.CallTime, calls: 1));
    }

    private static ImmutableArray<Flow> Flows(Network network, RoutingDraft draft, RoutingNetwork routing)
    {
        var flows = ImmutableArray.CreateBuilder<Flow>(network.Edges.Length * network.Connectors.Length);
        for (var edge = 0; edge < network.Edges.Length; edge++)
        {
            for (var connector = 0; connector < network.Connectors.Length; connector++)
            {
                var (from, to) = (network.Edges[edge], network.Connectors[connector]);
                var google = draft.Table(GoogleRouting.TableOf(from.GoogleRegion));
                flows.Add(new Flow(
                    edge,
                    connector,
                    new FlowDirection(google, routing.Covering(RangeOf(network, to))),
                    new FlowDirection(ReturnTable(network, draft, to), routing.Covering(RangeOf(network, from)))));
            }
        }

        return flows.MoveToImmutable();
    }

    private static IPNetwork RangeOf(Network network, Edge edge) =>
        network.GoogleSubnets.First(subnet => subnet.Id == edge.Subnet).Range;

    private static IPNetwork RangeOf(Network network, Connector connector) =>
        network.AwsSubnets.FirstOrDefault(subnet => connector.Subnets.Contains(subnet.Id))?.Range
        ?? network.Vpcs.First(vpc => vpc.Id == connector.Vpc).Range;

    private static int ReturnTable(Network network, RoutingDraft draft, Connector connector)
    {
        var subnet = network.AwsSubnets.FirstOrDefault(s => connector.Subnets.Contains(s.Id));
        return draft.Table(subnet is not null && draft.HasTable(subnet.RouteTable)
            ? subnet.RouteTable
            : TransitRouting.ArrivalOf(connector.Vpc));
    }
}
