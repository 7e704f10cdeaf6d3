using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>
/// A BGP session (RFC 4271), both ends. <see cref="Local"/> is nearer to Google: a Cloud Router, or the colo
/// router towards AWS. Ids <c>bgp/us-east4/a1</c>, and <c>bgp/us-east-1/a1</c> for the colo's second one.
/// </summary>
public sealed record BgpSession : NetworkElement
{
    public required string Link { get; init; }

    public required BgpSessionKind Kind { get; init; }

    public required BgpEnd Local { get; init; }

    public required BgpEnd Remote { get; init; }

    /// <summary>The Cloud Router's interface; null for sessions without a Cloud Router.</summary>
    public required string? Interface { get; init; }

    /// <summary>Null: the session is not authenticated.</summary>
    public required SecretReference? Md5Key { get; init; }

    /// <summary>MED of what the local end tells; lower is better.</summary>
    public required int AdvertisedPriority { get; init; }

    public required ImmutableArray<IPNetwork> CustomLearnedRanges { get; init; }

    /// <summary>
    /// Custom advertisement of this session alone; empty: what the Cloud Router says for all.
    /// </summary>
    public required ImmutableArray<IPNetwork> AdvertisedRanges { get; init; }

    public required bool IsEnabled { get; init; }

    /// <summary>Whether packets with a TTL below 255 are dropped (RFC 5082 §3).</summary>
    public required bool HasTtlSecurity { get; init; }

    /// <summary>What counts at both ends: the smaller of the two (RFC 4271 §4.2).</summary>
    public TimeSpan EffectiveHold => Local.Hold < Remote.Hold ? Local.Hold : Remote.Hold;

    /// <summary>Whether BFD really runs: wanted by both, and started by one at least.</summary>
    public bool HasBfd => Local.Bfd is { } local && Remote.Bfd is { } remote
        && (local.Role == BfdRole.Active || remote.Role == BfdRole.Active);
}

/// <summary>What a session stands on.</summary>
public enum BgpSessionKind
{
    VlanAttachment,
    VpnTunnel,
    RouterAppliance,

    /// <summary>From a colo router to a virtual interface.</summary>
    VirtualInterface,

    /// <summary>Run by the two providers: nothing of it can be configured.</summary>
    Managed,
}
