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
            Flows = Flows(network, draft, routing),
            Links = service.Links(),
            PeakCalls = network.Carriers.Sum(carrier => carrier.PeakCalls),
            Objectives = network.Objectives,
            ConnectorSilence = service.ConnectorSilence(),
            MediaTimeout = service.MediaTimeout(),
            Timings = service.Timings(),
        };
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
