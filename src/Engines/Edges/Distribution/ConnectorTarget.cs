using System.Net;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>A connector that calls may be given to, as it is configured or registered.</summary>
public sealed record ConnectorTarget
{
    public required string Name { get; init; }

    /// <summary>Empty: not said.</summary>
    public string Region { get; init; } = "";

    /// <summary>TCP, or TLS between nodes of a cluster with certificates.</summary>
    public SipTransport Transport { get; init; } = SipTransport.Tcp;

    public required IPEndPoint Address { get; init; }

    /// <summary>Its share of the calls, compared with the others of its region; more than 0.</summary>
    public double Weight { get; init; } = 1;
}
