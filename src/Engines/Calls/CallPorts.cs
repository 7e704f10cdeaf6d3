using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>
/// What a call works with and does not own: where its effects go, and where its contact comes from.
/// </summary>
/// <param name="Sip">For the SIP transaction layer's effects.</param>
/// <param name="World">For everything else.</param>
/// <param name="Desk">Gets contacts and sees them to their end.</param>
/// <param name="Random">For jitter and identifiers.</param>
/// <param name="ClockOrigin">The wall-clock time of <see cref="Instant.Zero"/>.</param>
/// <param name="Settings">The timings.</param>
public sealed record CallPorts(
    Outbox<SipLayerEffect> Sip,
    Outbox<ConnectorEffect> World,
    ContactDesk Desk,
    RandomSource Random,
    DateTimeOffset ClockOrigin,
    CallSettings Settings)
{
    /// <summary>Null: no calls of edges.</summary>
    public ConnectorAnchor? Anchor { get; init; }

    /// <summary>The wall-clock time of a moment.</summary>
    public DateTimeOffset WallAt(Instant now) => ClockOrigin + (now - Instant.Zero);
}
