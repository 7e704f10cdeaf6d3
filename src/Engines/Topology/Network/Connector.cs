using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// The connectors of a region: an auto-scaling group over the VPC's zones. Id <c>connector/us-east-1</c>.
/// </summary>
public sealed record Connector : NetworkElement
{
    public required string AwsRegion { get; init; }

    public required string Vpc { get; init; }

    public required ImmutableArray<string> Subnets { get; init; }

    public required string SecurityGroup { get; init; }

    public required string InstanceType { get; init; }

    public required string Image { get; init; }

    public required int InstancesMin { get; init; }

    public required int InstancesDesired { get; init; }

    public required int InstancesMax { get; init; }

    /// <summary>Of one instance.</summary>
    public required int CallsMax { get; init; }

    /// <summary>New calls of one instance.</summary>
    public required double CallsPerSecondMax { get; init; }

    /// <summary>Where it takes calls from edges.</summary>
    public required ImmutableArray<SipPort> SipPorts { get; init; }

    public required PortSpan RtpPorts { get; init; }

    /// <summary>Of readiness, for whoever asks.</summary>
    public required int HealthPort { get; init; }

    /// <summary>From the wish for another instance until it takes calls.</summary>
    public required TimeSpan ScaleOutTime { get; init; }

    /// <summary>How long an instance may finish its calls before it is stopped.</summary>
    public required TimeSpan DrainTimeout { get; init; }

    /// <summary>Without RTP for this long a call ends.</summary>
    public required TimeSpan MediaTimeout { get; init; }

    /// <summary>How long StartWebRTCContact may stay unanswered.</summary>
    public required TimeSpan StartTimeout { get; init; }

    /// <summary>Failed starts in a row after which the instance's region is left alone for a while.</summary>
    public required int StartFailuresMax { get; init; }

    /// <summary>Whether a repeated start carries the same ClientToken.</summary>
    public required bool RepeatsWithToken { get; init; }

    /// <summary>Ids of Connect instances, the preferred one first.</summary>
    public required ImmutableArray<string> ConnectInstances { get; init; }

    /// <summary>Whether instances share what a takeover of calls needs.</summary>
    public required bool SharesCalls { get; init; }

    /// <summary>Whether instances are made by hand instead of by a group.</summary>
    public required bool IsHandMade { get; init; }
}
