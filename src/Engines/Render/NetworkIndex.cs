using System.Collections.Immutable;
using Farspan.Topology;

namespace Farspan.Render;

/// <summary>A network with its elements by id and by region.</summary>
internal sealed class NetworkIndex
{
    private readonly Dictionary<string, NetworkElement> _elements;

    public NetworkIndex(Network network)
    {
        Network = network;
        _elements = new Dictionary<string, NetworkElement>(StringComparer.Ordinal);
        foreach (var element in network.Elements)
        {
            _elements.TryAdd(element.Id, element);
        }
    }

    public Network Network { get; }

    public T Get<T>(string id)
        where T : NetworkElement => (T)_elements[id];

    public T? Find<T>(string? id)
        where T : NetworkElement => id is null ? null : _elements.GetValueOrDefault(id) as T;

    /// <summary>The elements of a region, in the order of the file.</summary>
    public static IEnumerable<T> In<T>(ImmutableArray<T> elements, Region region)
        where T : NetworkElement => elements.Where(e => e.Region == region.Name);

    /// <summary>The transit gateway of an AWS region.</summary>
    public TransitGateway? TransitGatewayOf(string awsRegion) =>
        Network.TransitGateways.FirstOrDefault(t => t.AwsRegion == awsRegion);
}
