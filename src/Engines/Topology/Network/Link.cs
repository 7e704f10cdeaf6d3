using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// One path between the two halves of a region, from the router on Google's side to the gateway on AWS's:
/// what breaks as one. Id <c>link/east/a1</c>. Null ids: the transport has no such part.
/// </summary>
public sealed record Link : NetworkElement
{
    public required LinkTransport Transport { get; init; }

    public required LinkEncryption Encryption { get; init; }

    public required int BandwidthMbps { get; init; }

    /// <summary>Bytes of the largest IP packet that every part carries.</summary>
    public required int Mtu { get; init; }

    /// <summary>Round trip between the clouds, for the time line of failures.</summary>
    public required TimeSpan RoundTrip { get; init; }

    /// <summary>The Cloud Router, or the <see cref="PartnerTransport"/>.</summary>
    public required string GoogleSpeaker { get; init; }

    /// <summary>The Direct Connect gateway, or for VPN the transit gateway.</summary>
    public required string AwsGateway { get; init; }

    /// <summary>The sessions that must all be up: one, or two where a colo router is between.</summary>
    public required ImmutableArray<string> Sessions { get; init; }

    public string? PartnerTransport { get; init; }

    public string? Interconnect { get; init; }

    public string? Attachment { get; init; }

    public string? ColoRouter { get; init; }

    public string? Connection { get; init; }

    public string? VirtualInterface { get; init; }

    public string? Tunnel { get; init; }

    /// <summary>What it shares with others that can break as one.</summary>
    public required SharedRisk Risk { get; init; }
}
