using System.Net;

namespace Farspan.Topology;

/// <summary>A static public address of an edge. Id <c>address/us-east4</c>.</summary>
public sealed record ExternalAddress : NetworkElement
{
    public required string GoogleRegion { get; init; }

    /// <summary>Null: Google draws it when it is made.</summary>
    public required IPAddress? Address { get; init; }
}
