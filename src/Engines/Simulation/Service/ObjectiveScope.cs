namespace Farspan.Simulation;

/// <summary>The failures that an objective speaks of.</summary>
public enum ObjectiveScope
{
    /// <summary>Any one element.</summary>
    AnySingle,

    /// <summary>Any two elements.</summary>
    AnyPair,

    /// <summary>Any one zone.</summary>
    AnyZone,

    /// <summary>Any one region.</summary>
    AnyRegion,

    /// <summary>Any one place or metropolitan area of interconnects.</summary>
    AnyLocation,
}
