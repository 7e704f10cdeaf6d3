using System.Collections.Immutable;
using System.Net;
using Farspan.Topology;

namespace Farspan.Simulation;

/// <summary>
/// Who serves calls, taken from the topology: carriers, edges, connectors, Connect instances, links.
/// </summary>
internal sealed class ServiceDerivation(Network network, ElementCatalog catalog)
{
    /// <summary>A call with G.711 or Opus every 20 ms, SRTP and all headers, each way.</summary>
    private const int CallKbps = 90;

    public ImmutableArray<CarrierTrunk> Carriers() => [.. network.Carriers.Select(Carrier)];

    public ImmutableArray<Site> Edges() => [.. network.Edges.Select(Edge)];

    public ImmutableArray<Site> Connectors() => [.. network.Connectors.Select(Connector)];

    public ImmutableArray<Site> Instances() =>
    [
        .. network.ConnectInstances.Select(instance => new Site
        {
            Name = instance.Id,
            Region = instance.Region,
            Units = [new Unit(catalog.Of(instance.Id), instance.Quotas.ConcurrentCalls)],
            StartsPerSecond = instance.Quotas.StartsPerSecond,
        }),
    ];

    public ImmutableArray<CallLink> Links() =>
    [
        .. network.Links.Select(link => new CallLink(
            catalog.Of(
                link.Id, link.PartnerTransport, link.Interconnect, link.ColoRouter, link.Connection,
                link.GoogleSpeaker, link.AwsGateway),
            (int)Math.Min(int.MaxValue / 1_000, link.BandwidthMbps * 1_000L / CallKbps))),
    ];

    /// <summary>An edge about connectors, as its heartbeat is set: the slowest of all edges.</summary>
    public Delay ConnectorSilence() => network.Edges.IsEmpty
        ? NodeTimings.Default.NodeSilence
        : network.Edges.Select(edge => Heartbeat(edge.Heartbeat)).MaxBy(delay => delay.Worst)!;

    public TimeSpan MediaTimeout() => network.Edges.Select(edge => edge.MediaTimeout)
        .Concat(network.Connectors.Select(connector => connector.MediaTimeout))
        .DefaultIfEmpty(TimeSpan.FromSeconds(20))
        .Min();

    public NodeTimings Timings() => network.Connectors.IsEmpty
        ? NodeTimings.Default
        : NodeTimings.Default with { StartTimeout = network.Connectors.Max(c => c.StartTimeout) };

    private static Delay Heartbeat(Probing probing) =>
        ServiceDetection.Heartbeat(probing.Interval, probing.Failures, probing.Timeout);

    private CarrierTrunk Carrier(Carrier carrier)
    {
        var ranked = carrier.Targets.OrderBy(target => target.Priority).ToList();
        var edges = ranked.Select(target => IndexOf(network.Edges, target.Edge))
            .Where(edge => edge >= 0).Distinct().ToImmutableArray();
        var first = ranked.Where(target => target.Priority == ranked[0].Priority)
            .Select(target => IndexOf(network.Edges, target.Edge)).Where(edge => edge >= 0).Distinct();
        var usesNames = carrier.Targets.Any(target => !IPAddress.TryParse(target.Host, out _));
        return new CarrierTrunk
        {
            Name = carrier.Id,
            PeakCalls = carrier.PeakCalls,
            Elements = catalog.Of(carrier.Id),
            Names = usesNames ? catalog.Of(network.Dns?.Id) : [],
            Targets = edges,
            ActiveTargets = first.Count(),
            Probing = carrier.Probing.IsEnabled ? Options(carrier.Probing) : null,
            InviteFailover = ServiceDetection.InviteFailover(carrier.InviteTimeout),
            DnsFailover = usesNames ? DnsFailover() : null,
        };
    }

    private static Delay Options(CarrierProbing probing) => ServiceDetection.OptionsProbing(
        new OptionsProbe(probing.Interval, probing.Attempts, probing.RetryInterval, probing.Timeout));

    private Delay? DnsFailover()
    {
        var watched = network.Dns?.Records.FirstOrDefault(record => record.HealthCheck is not null);
        return watched?.HealthCheck is { } check
            ? ServiceDetection.DnsFailover(Heartbeat(check), watched.TimeToLive)
            : null;
    }

    private Site Edge(Edge edge)
    {
        var balancer = network.LoadBalancers.FirstOrDefault(b => b.Id == edge.LoadBalancer);
        var check = network.HealthChecks.FirstOrDefault(h => h.Id == balancer?.HealthCheck);
        return new Site
        {
            Name = edge.Id,
            Region = edge.Region,
            Units = Units(edge.Id, edge.InstancesMin, edge.CallsMax),
            Shared = catalog.Of(edge.LoadBalancer),
            UnitEjection = check is null ? null : ServiceDetection
                .HealthCheck(check.Interval, check.UnhealthyThreshold, check.Timeout)
                .Then(ServiceDetection.LoadBalancerReprogramming()),
        };
    }

    private Site Connector(Connector connector) => new()
    {
        Name = connector.Id,
        Region = connector.Region,
        Units = Units(connector.Id, connector.InstancesDesired, connector.CallsMax),
        Successors =
        [
            .. connector.ConnectInstances.Select(id => IndexOf(network.ConnectInstances, id))
                .Where(instance => instance >= 0),
        ],
    };

    private ImmutableArray<Unit> Units(string site, int count, int calls) =>
        [.. ElementCatalog.UnitsOf(site, count).Select(unit => new Unit(catalog.Of(unit), calls))];

    private static int IndexOf<T>(ImmutableArray<T> elements, string id)
        where T : NetworkElement
    {
        for (var i = 0; i < elements.Length; i++)
        {
            if (elements[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }
}
