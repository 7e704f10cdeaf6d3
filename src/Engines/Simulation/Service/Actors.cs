namespace Farspan.Simulation;

/// <summary>Who acts so that calls work again.</summary>
[Flags]
public enum Actors
{
    None = 0,

    /// <summary>Routers, among themselves.</summary>
    Bgp = 1,

    /// <summary>An edge chooses another connector.</summary>
    Edge = 2,

    /// <summary>A connector chooses another Connect instance, or asks another edge to adopt a call.</summary>
    Connector = 4,

    /// <summary>A load balancer leaves out a dead machine.</summary>
    LoadBalancer = 8,

    /// <summary>The carrier sends to another target.</summary>
    Carrier = 16,

    /// <summary>A controller exchanges static routes.</summary>
    Controller = 32,

    /// <summary>Nobody by itself.</summary>
    Person = 64,
}
