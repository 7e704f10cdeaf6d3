using System.Collections.Immutable;
using System.Net;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>A carrier's trunk: who may call, over what, how much, and how we talk to it.</summary>
public sealed record Trunk
{
    public required string Name { get; init; }

    /// <summary>
    /// Whether our own edges call over it, and not a carrier: what they say of tokens and epochs is believed.
    /// </summary>
    public bool IsEdge { get; init; }

    /// <summary>Source addresses of the carrier; the most specific match of all trunks decides.</summary>
    public required ImmutableArray<IPNetwork> Sources { get; init; }

    public ImmutableArray<SipTransport> Transports { get; init; } =
        [SipTransport.Udp, SipTransport.Tcp, SipTransport.Tls];

    /// <summary>Calls at once; null: no limit but the node's.</summary>
    public int? ChannelsMax { get; init; }

    /// <summary>New calls a second; null: no limit.</summary>
    public double? CallsPerSecondMax { get; init; }

    public required CarrierLegSettings Leg { get; init; }

    public ImmutableHashSet<DigitSource> DigitSources { get; init; } =
        [DigitSource.TelephoneEvent, DigitSource.SipInfo, DigitSource.InBand];

    /// <summary>The local address whose media ports face this carrier.</summary>
    public required IPAddress MediaAddress { get; init; }

    /// <summary>Whether a call whose carrier sends no media, though it may, is ended.</summary>
    public bool EndsOnSilence { get; init; }
}
