using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.CarrierSimulator;

/// <summary>What the calls of one carrier share; one <see cref="CallerEngine"/> owns it.</summary>
internal sealed class CallerContext(
    CarrierSettings settings, SipFlow flow, RandomSource random, KeyMaterialSource keys)
{
    public CarrierSettings Settings { get; } = settings;

    /// <summary>The way to the target.</summary>
    public SipFlow Flow { get; } = flow;

    public RandomSource Random { get; } = random;

    public KeyMaterialSource Keys { get; } = keys;

    public SipTransactionLayer Layer { get; } = new(SipLayerLimits.Default, settings.Timings, random);

    /// <summary>What the layer wants; emptied by the engine after each input.</summary>
    public Outbox<SipLayerEffect> Outbox { get; } = new();

    /// <summary>What calls want of the engine's owner.</summary>
    public Outbox<CallerEffect> Effects { get; } = new();
}
