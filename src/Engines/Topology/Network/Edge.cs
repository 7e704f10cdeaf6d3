using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// The SIP-aware load balancers of a region: a managed instance group in Google Cloud. Id
/// <c>edge/us-east4</c>.
/// </summary>
public sealed record Edge : NetworkElement
{
    public required string GoogleRegion { get; init; }

    public required string Subnet { get; init; }

    public required ImmutableArray<string> Zones { get; init; }

    public required string MachineType { get; init; }

    public required string Image { get; init; }

    public required int InstancesMin { get; init; }

    public required int InstancesMax { get; init; }

    /// <summary>Of one instance.</summary>
    public required int CallsMax { get; init; }

    /// <summary>New calls of one instance.</summary>
    public required double CallsPerSecondMax { get; init; }

    /// <summary>Transports towards carriers and their ports.</summary>
    public required ImmutableArray<SipPort> SipPorts { get; init; }

    public required PortSpan RtpPorts { get; init; }

    /// <summary>What it calls itself towards carriers; a DNS name where there is a zone.</summary>
    public required string Host { get; init; }

    public required string LoadBalancer { get; init; }

    /// <summary>
    /// Whether answers leave with the forwarding rule's address, as direct server return needs.
    /// </summary>
    public required bool RepliesFromForwardingRule { get; init; }

    /// <summary>Whether OPTIONS is answered with 503 while the region can take no call.</summary>
    public required bool TellsCapacity { get; init; }

    /// <summary>Whether any instance can serve any dialog (RFC 3261 §12).</summary>
    public required bool SharesDialogs { get; init; }

    /// <summary>How often it keeps bindings of carriers alive (RFC 5626 §3.5).</summary>
    public required TimeSpan KeepAlive { get; init; }

    /// <summary>Without RTP for this long a call ends.</summary>
    public required TimeSpan MediaTimeout { get; init; }

    /// <summary>How it finds out that a connector is gone.</summary>
    public required Probing Heartbeat { get; init; }
}
