using System.Collections.Immutable;
using Farspan.Topology;

namespace Farspan.Simulation;

/// <summary>What of a network can fail by itself, and by which other names it goes.</summary>
internal sealed class ElementCatalog
{
    private readonly List<Element> _elements = [];
    private readonly Dictionary<string, int> _numbers = [];

    public ElementCatalog(Network network)
    {
        AddAll(network.Carriers, ElementKind.Carrier);
        AddAll(network.LoadBalancers, ElementKind.LoadBalancer);
        AddUnits(network);
        AddAll(network.Routers, ElementKind.CloudRouter);
        AddAll(network.PartnerTransports, ElementKind.Port);
        AddAll(network.HaVpnGateways, ElementKind.VpnGateway);
        AddLinks(network);
        AddAll(network.ColoRouters, ElementKind.SiteRouter);
        AddAll(network.DirectConnectGateways, ElementKind.DirectConnectGateway);
        AddAll(network.TransitGateways, ElementKind.TransitGateway);
        AddAttachments(network);
        AddAll(network.ConnectInstances, ElementKind.ConnectInstance);
        if (network.Dns is { } dns)
        {
            Add(dns.Id, ElementKind.Dns, dns.Region);
        }

        foreach (var region in network.Management.Controller?.AwsRegions ?? [])
        {
            Add($"controller/{region}", ElementKind.Controller, region);
        }
    }

    public ImmutableArray<Element> Elements => [.. _elements];

    /// <summary>
    /// The numbers of the elements that go by these names; names that cannot fail are left out.
    /// </summary>
    public ImmutableArray<int> Of(params IEnumerable<string?> ids) =>
    [
        .. ids.OfType<string>().Select(id => _numbers.GetValueOrDefault(id, -1))
            .Where(number => number >= 0).Distinct().Order(),
    ];

    /// <summary>The names of the machines of an edge or a connector.</summary>
    public static IEnumerable<string> UnitsOf(string site, int count) =>
        Enumerable.Range(1, count).Select(i => $"{site}/{i}");

    private void AddUnits(Network network)
    {
        foreach (var edge in network.Edges)
        {
            AddUnits(edge, edge.InstancesMin, ElementKind.Edge);
        }

        foreach (var connector in network.Connectors)
        {
            AddUnits(connector, connector.InstancesDesired, ElementKind.Connector);
        }
    }

    private void AddUnits(NetworkElement site, int count, ElementKind kind)
    {
        foreach (var unit in UnitsOf(site.Id, count))
        {
            Add(unit, kind, site.Region);
        }
    }

    private void AddLinks(Network network)
    {
        foreach (var link in network.Links)
        {
            var kind = link.Tunnel is null ? ElementKind.Link : ElementKind.Tunnel;
            var number = Add(link.Id, kind, link.Region);
            foreach (var part in new[] { link.Attachment, link.VirtualInterface, link.Tunnel }.OfType<string>())
            {
                _numbers.TryAdd(part, number);
            }
        }

        foreach (var session in network.Sessions.Where(s => s.Kind != BgpSessionKind.Managed))
        {
            Add(session.Id, ElementKind.Session, session.Region);
        }

        AddAll(network.Interconnects, ElementKind.Port);
        AddAll(network.Connections, ElementKind.Port);
    }

    private void AddAttachments(Network network)
    {
        foreach (var peering in network.Peerings)
        {
            Add(peering.Id, ElementKind.Peering, peering.Region);
        }

        foreach (var edge in network.CoreNetwork?.Edges ?? [])
        {
            Add($"{network.CoreNetwork!.Id}/{edge.AwsRegion}", ElementKind.CoreNetwork, edge.AwsRegion);
        }

        foreach (var attachment in network.TransitAttachments)
        {
            if (attachment.Kind == TransitGatewayAttachmentKind.Peering)
            {
                Alias(attachment.Id, attachment.Resource);
            }
            else
            {
                Add(attachment.Id, ElementKind.Attachment, attachment.Region);
            }
        }
    }

    private void Alias(string name, string id)
    {
        if (_numbers.TryGetValue(id, out var number))
        {
            _numbers.TryAdd(name, number);
        }
    }

    private void AddAll(IEnumerable<NetworkElement> elements, ElementKind kind)
    {
        foreach (var element in elements)
        {
            Add(element.Id, kind, element.Region);
        }
    }

    private int Add(string id, ElementKind kind, string region)
    {
        if (!_numbers.TryGetValue(id, out var number))
        {
            number = _elements.Count;
            _elements.Add(new Element(id, kind, region));
            _numbers.Add(id, number);
        }

        return number;
    }
}
