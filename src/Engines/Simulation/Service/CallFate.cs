namespace Farspan.Simulation;

/// <summary>What becomes of established calls, the best first.</summary>
public enum CallFate
{
    Untouched,

    /// <summary>They pause and go on.</summary>
    Kept,

    /// <summary>Some end: neither half of a call is left, or no way for its media.</summary>
    Lost,
}
