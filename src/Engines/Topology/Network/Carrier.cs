using System.Collections.Immutable;
using System.Net;
using Farspan.Audio;
using Farspan.Sdp;

namespace Farspan.Topology;

/// <summary>A carrier: where it calls from, where it sends calls, how it notices failures. Id
/// <c>carrier/acme</c>.</summary>
public sealed record Carrier : NetworkElement
{
    /// <summary>Carriers of one provider fail together; by default each is its own.</summary>
    public required string Provider { get; init; }

    /// <summary>Empty: nobody has said.</summary>
    public required ImmutableArray<IPNetwork> Sources { get; init; }

    public required ImmutableArray<CarrierTarget> Targets { get; init; }

    public required CarrierProbing Probing { get; init; }

    /// <summary>How long an INVITE may stay unanswered before the next target is tried (Timer B, RFC 3261
    /// §17.1.1.2).</summary>
    public required TimeSpan InviteTimeout { get; init; }

    /// <summary>Calls at once in the busiest hour.</summary>
    public required int PeakCalls { get; init; }

    public required double PeakCallsPerSecond { get; init; }

    /// <summary>Numbers and patterns that it delivers; empty: nobody has said.</summary>
    public required ImmutableArray<string> Numbers { get; init; }

    /// <summary>Numbers that it delivers to one region alone, by the region's name; usually empty.</summary>
    public required ImmutableArray<KeyValuePair<string, ImmutableArray<string>>> RegionNumbers { get; init; }

    public required ImmutableArray<AudioCodec> Codecs { get; init; }

    public required SrtpPolicy Srtp { get; init; }

    /// <summary>Whether it shows a certificate of its own over TLS.</summary>
    public required bool HasMutualTls { get; init; }

    /// <summary>The name in our certificate that it checks; empty: it checks none.</summary>
    public required string TlsName { get; init; }

    /// <summary>When our certificate for it ends; null: not said.</summary>
    public required DateOnly? CertificateEnd { get; init; }

    /// <summary>RFC 4028 §4; null: no session timer.</summary>
    public required SessionTimerModel? SessionTimer { get; init; }

    /// <summary>Whether answers go where requests came from (RFC 3581 §4).</summary>
    public required bool HasSymmetricResponse { get; init; }

    /// <summary>Bytes of the largest request it sends over UDP; 0: not said.</summary>
    public required int UdpMessageBytesMax { get; init; }
}
