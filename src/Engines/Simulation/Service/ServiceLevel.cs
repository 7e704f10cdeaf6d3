namespace Farspan.Simulation;

/// <summary>How much of the new calls is served once everybody has acted, the best first.</summary>
public enum ServiceLevel
{
    All,

    /// <summary>Calls of some carrier to some edge are not.</summary>
    Some,
    None,
}
