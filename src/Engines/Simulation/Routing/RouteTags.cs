namespace Farspan.Simulation;

/// <summary>How a table came to a route: what decides to whom it may tell it again.</summary>
[Flags]
public enum RouteTags
{
    None = 0,

    /// <summary>Static or its own.</summary>
    Own = 1,

    /// <summary>From another cloud or site: a Cloud Router, an interconnect, a tunnel.</summary>
    Outside = 2,

    /// <summary>From an attached VPC.</summary>
    Vpc = 4,

    /// <summary>From a Direct Connect gateway.</summary>
    DirectConnect = 8,

    /// <summary>From a dynamic peering.</summary>
    Peering = 16,

    All = Own | Outside | Vpc | DirectConnect | Peering,
}
