using System.Collections.Immutable;
using System.Net;
using Farspan.Audio;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>A carrier's trunk: where it calls from, and what it may do.</summary>
public sealed record TrunkModel
{
    public required string Name { get; init; }

    /// <summary>Whether our own edges call over it, and not a carrier.</summary>
    public required bool IsEdge { get; init; }

    public required ImmutableArray<IPNetwork> Sources { get; init; }

    public required ImmutableArray<SipTransport> Transports { get; init; }

    public required SrtpPolicy Srtp { get; init; }

    /// <summary>In our order of preference.</summary>
    public required ImmutableArray<AudioCodec> Codecs { get; init; }

    /// <summary>Whether comfort noise (RFC 3389) is negotiated.</summary>
    public required bool ComfortNoise { get; init; }

    /// <summary>Calls at once; null: no limit but the node's.</summary>
    public required int? ChannelsMax { get; init; }

    /// <summary>New calls a second; null: no limit.</summary>
    public required double? CallsPerSecondMax { get; init; }

    public required SessionTimerModel SessionTimer { get; init; }

    public required ImmutableArray<DtmfSource> Dtmf { get; init; }

    /// <summary>
    /// Whether a carrier that sends no media for <see cref="MediaModel.CarrierSilence"/> ends the call.
    /// </summary>
    public required bool EndsOnSilence { get; init; }
}
