using System.Net;

namespace Farspan.Topology;

/// <summary>The audio of all calls.</summary>
public sealed record MediaModel
{
    /// <summary>
    /// The local address that faces the carriers; null: the one that the machine reaches the world from.
    /// </summary>
    public required IPAddress? Address { get; init; }

    /// <summary>
    /// What carriers are told to send to, where that is not <see cref="Address"/>; null: it is.
    /// </summary>
    public required IPAddress? AdvertisedAddress { get; init; }

    public required PortRange Ports { get; init; }

    /// <summary>Threads that carry media; null: one for each processor but one.</summary>
    public required int? Workers { get; init; }

    public required JitterBufferModel JitterBuffer { get; init; }

    /// <summary>
    /// How long the source of a carrier's media may be learnt after the call is set up or changed.
    /// </summary>
    public required TimeSpan LatchingWindow { get; init; }

    /// <summary>How much audio we ask carriers to put in a packet.</summary>
    public required TimeSpan PacketTime { get; init; }

    /// <summary>Without RTP for this long, though it may send, a carrier counts as silent.</summary>
    public required TimeSpan CarrierSilence { get; init; }

    /// <summary>Differentiated services code point of media packets (RFC 2474 §3).</summary>
    public required int Dscp { get; init; }

    public required OpusModel Opus { get; init; }
}
