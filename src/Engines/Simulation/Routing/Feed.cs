using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>
/// Routes that one table tells another: one direction of a BGP session, a propagation into a route table, the
/// routes of a Cloud Router in its VPC network.
/// </summary>
public sealed record Feed
{
    /// <summary>The table that tells.</summary>
    public required int From { get; init; }

    /// <summary>The table that hears.</summary>
    public required int To { get; init; }

    /// <summary>The way of packets that follow such a route: from <see cref="To"/>.</summary>
    public required int Arc { get; init; }

    /// <summary>
    /// Prefixes that are told as long as the feed lives, whether or not anything behind them works: the allowed
    /// prefixes of a gateway association, the custom advertisements of a Cloud Router.
    /// </summary>
    public ImmutableArray<int> Announces { get; init; } = [];

    /// <summary>The routes of <see cref="From"/> that are told further.</summary>
    public RouteTags Tells { get; init; }

    /// <summary>What the routes are to the table that hears them.</summary>
    public RouteTags Tag { get; init; } = RouteTags.Outside;

    public RouteRank Rank { get; init; }

    public RouteOrigin Origin { get; init; }

    /// <summary>
    /// How often the teller's ASN is put in front: 0 inside a cloud, 1 in eBGP, more where it prepends.
    /// </summary>
    public int Prepends { get; init; }

    /// <summary>
    /// The MULTI_EXIT_DISC that is sent (RFC 4271 §5.1.4); null: the metric is kept as it is.
    /// </summary>
    public int? Med { get; init; }

    /// <summary>Added to the metric by the hearer: the cost between Google regions.</summary>
    public int Cost { get; init; }

    /// <summary>What has to work for the hearer to keep the routes.</summary>
    public ImmutableArray<int> Elements { get; init; } = [];

    /// <summary>From a silent failure until the hearer drops the routes.</summary>
    public Delay Detection { get; init; } = Delay.None;
}
