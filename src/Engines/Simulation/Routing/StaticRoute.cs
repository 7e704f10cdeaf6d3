namespace Farspan.Simulation;

/// <summary>A route that stands there whatever happens to what it points at.</summary>
/// <param name="Table">Where it stands.</param>
/// <param name="Prefix">Of the network's prefixes.</param>
/// <param name="Arc">Where it points; <see cref="Deliver"/> or <see cref="Discard"/> besides.</param>
/// <param name="Rank">Against routes of other kinds.</param>
public sealed record StaticRoute(int Table, int Prefix, int Arc, RouteRank Rank)
{
    /// <summary>The destination is here.</summary>
    public const int Deliver = -1;

    /// <summary>A black hole by intention.</summary>
    public const int Discard = -2;
}
