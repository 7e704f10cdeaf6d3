namespace Farspan.Calls;

/// <summary>What every call of a connector shares.</summary>
public sealed record CallSettings
{
    public ContactTimings Contact { get; init; } = new();

    public ContactLegTimings ContactLeg { get; init; } = new();

    public Chime.ChimeTimings Chime { get; init; } = new();

    public DigitTimings Digits { get; init; } = new();

    public AttributeTimings Attributes { get; init; } = new();
}
