namespace Farspan.Calls;

/// <summary>What every call of a connector shares.</summary>
public sealed record CallSettings
{
    public ContactTimings Contact { get; init; } = new();

    public ContactLegTimings ContactLeg { get; init; } = new();

    public Chime.ChimeTimings Chime { get; init; } = new();

    public DigitTimings Digits { get; init; } = new();

    /// <summary>Calls at once on this node, ringing ones included; the next INVITE gets 503.</summary>
    public int CallsMax { get; init; } = 2_000;
}
