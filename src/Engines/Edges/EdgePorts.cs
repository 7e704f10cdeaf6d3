using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>What a call at an edge works with and does not own.</summary>
/// <param name="Sip">The transaction layer.</param>
/// <param name="SipEffects">For its effects.</param>
/// <param name="World">For everything else.</param>
/// <param name="Distributor">Chooses connectors.</param>
/// <param name="Random">For identifiers.</param>
/// <param name="Keys">For SRTP.</param>
/// <param name="Settings">Timings and limits.</param>
public sealed record EdgePorts(
    SipTransactionLayer Sip,
    Outbox<SipLayerEffect> SipEffects,
    Outbox<EdgeEffect> World,
    Distributor Distributor,
    RandomSource Random,
    KeyMaterialSource Keys,
    EdgeSettings Settings)
{
    /// <summary>Null: the edge seals no tokens and adopts nobody.</summary>
    public EdgeAnchor? Anchor { get; init; }

    public void Report(CallEvent happened) => World.Add(new EdgeEffect.Report(happened));
}
