namespace Farspan.Topology;

/// <summary>
/// Two transit gateways joined. Routes over it are static. Id <c>peering/us-east-1/us-west-2</c>.
/// </summary>
public sealed record TransitGatewayPeering : NetworkElement
{
    /// <summary>The transit gateway that asks.</summary>
    public required string Requester { get; init; }

    /// <summary>The transit gateway that accepts.</summary>
    public required string Accepter { get; init; }

    /// <summary>Where the acceptance is made; it must be the accepter's region.</summary>
    public required string AccepterRegion { get; init; }

    /// <summary>Empty: the account of the whole network.</summary>
    public required string PeerAccount { get; init; }

    public required bool IsAccepted { get; init; }

    /// <summary>Whether the design counts on BGP over it, which does not exist.</summary>
    public required bool ExpectsBgp { get; init; }

    /// <summary>Whether the design counts on DNS or security groups being known across it.</summary>
    public required bool ExpectsNames { get; init; }

    public required PeeringFallback Fallback { get; init; }
}

/// <summary>How traffic finds its way over a peering when a region's own links are gone.</summary>
public enum PeeringFallback
{
    /// <summary>It does not.</summary>
    None,

    /// <summary>Less specific static routes take over by longest-prefix match.</summary>
    Summaries,

    /// <summary>A controller replaces static routes.</summary>
    Controller,
}
