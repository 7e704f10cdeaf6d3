using Farspan.Ice;
using Farspan.Stun;

namespace Farspan.Media;

/// <summary>What an operator may want otherwise about the media path.</summary>
public sealed record MediaSettings
{
    /// <summary>One turn of a session: what a frame towards the contact lasts.</summary>
    public static readonly TimeSpan TickInterval = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Timers of ICE; its relay policy is <see cref="RelayPolicy"/>, if TURN servers are given.
    /// </summary>
    public IceSettings Ice { get; init; } = new() { ConnectTimeout = TimeSpan.FromSeconds(9) };

    /// <summary>Retransmission towards STUN and TURN servers.</summary>
    public StunTimings Stun { get; init; } = StunTimings.Default;

    /// <summary>
    /// With <see cref="IceRelayPolicy.RelayOnly"/> a gathering without a relay fails; else it goes on
    /// without.
    /// </summary>
    public IceRelayPolicy RelayPolicy { get; init; } = IceRelayPolicy.PreferRelay;

    /// <summary>From the start of a gathering until a TURN server must have allocated.</summary>
    public TimeSpan RelayTimeout { get; init; } = TimeSpan.FromMilliseconds(4_500);

    /// <summary>How long one TURN server has the field to itself before the next is asked as well.</summary>
    public TimeSpan RelayHeadStart { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After DTLS: how long the first authenticated packet is waited for before the transport counts as
    /// connected.
    /// </summary>
    public TimeSpan FirstMediaPatience { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// After the carrier side was configured or the bridge opened: how long its source address may be
    /// learned.
    /// </summary>
    public TimeSpan LatchingWindow { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Without a packet of the carrier for so long it is reported; null: never.</summary>
    public TimeSpan? CarrierSilence { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Whether DTMF is looked for in the carrier's audio (ITU-T Q.24).</summary>
    public bool DetectsInBandDigits { get; init; }

    /// <summary>
    /// Noise towards the carrier while the contact sends nothing, minus dBov; null: digital silence.
    /// </summary>
    public byte? ComfortNoiseMinusDbov { get; init; } = 72;

    public TimeSpan MinJitterDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    public TimeSpan InitialJitterDelay { get; init; } = TimeSpan.FromMilliseconds(40);

    public TimeSpan MaxJitterDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Between RTCP reports, on average (RFC 3550 §6.2).</summary>
    public TimeSpan ReportInterval { get; init; } = TimeSpan.FromSeconds(5);
}
