using System.Collections.Immutable;
using System.Net;
using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Topology;

namespace Farspan.Edges;

/// <summary>
/// What an edge works with, made of the model of its configuration: trunks, connectors and settings. Immutable.
/// </summary>
public sealed record EdgePlan
{
    public required ImmutableArray<Trunk> Trunks { get; init; }

    public required ImmutableArray<ConnectorTarget> Connectors { get; init; }

    public required EdgeSettings Settings { get; init; }

    public required RelaySettings Relay { get; init; }

    /// <summary>Makes the plan of a model that the loader has checked, of a node that is an edge.</summary>
    /// <param name="model">The model.</param>
    /// <param name="node">The node's name.</param>
    /// <param name="inner">Where connectors reach it, with the port that was bound.</param>
    /// <param name="hostAddress">Where media faces the carriers, if the model names no address.</param>
    public static EdgePlan Create(FarspanModel model, string node, IPEndPoint inner, IPAddress hostAddress)
    {
        Invariant.Require(model.Edge is not null);
        var edge = model.Edge;
        return new EdgePlan
        {
            Trunks = [.. model.Sip.Trunks.Select(trunk => TrunkPlan.Create(trunk, model, hostAddress))],
            Connectors = [.. edge.Connectors.Select(Create)],
            Relay = new RelaySettings { SilentAfter = edge.DetectionTime },
            Settings = new EdgeSettings
            {
                Node = node,
                Inner = new InnerLegSettings { Local = inner, Product = model.Sip.Product },
                InnerMediaAddress = edge.MediaAddress ?? inner.Address,
                InnerSrtp = edge.Srtp,
                CallsMax = model.Calls.CallsMax,
                Probe = new ProbeSettings
                {
                    Interval = edge.ProbeInterval,
                    DetectionTime = edge.DetectionTime,
                },
                Distribution = new DistributionSettings
                {
                    PreferredRegion = edge.PrefersOwnRegion ? model.Node.Region : null,
                },
            },
        };
    }

    private static ConnectorTarget Create(EdgeConnectorModel connector) => new()
    {
        Name = connector.Name,
        Region = connector.Region ?? "",
        Transport = connector.Address.Transport,
        Address = connector.Address.EndPoint,
        Weight = connector.Weight,
    };
}
