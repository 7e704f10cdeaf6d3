namespace Farspan.Topology;

/// <summary>What all calls of a node share.</summary>
public sealed record CallsModel
{
    /// <summary>Calls at once on this node.</summary>
    public required int CallsMax { get; init; }

    /// <summary>How long a caller may hear ringing while Connect does not start the contact.</summary>
    public required TimeSpan RingingLimit { get; init; }

    /// <summary>A pause this long ends a group of digits.</summary>
    public required TimeSpan DigitGap { get; init; }

    /// <summary>No digit waits longer than this for others to join it.</summary>
    public required TimeSpan DigitWaitMax { get; init; }
}
