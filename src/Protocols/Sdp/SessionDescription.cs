using System.Collections.Immutable;

namespace Farspan.Sdp;

/// <summary>
/// A session description (RFC 8866 §5) as a value. Lines that say nothing to a media gateway (i, u, e, p, t,
/// r, z, k) are accepted and not kept.
/// </summary>
public sealed record SessionDescription
{
    public required Origin Origin { get; init; }

    public string Name { get; init; } = "-";

    /// <summary>Null if each media description has its own.</summary>
    public ConnectionData? Connection { get; init; }

    public ImmutableArray<Bandwidth> Bandwidths { get; init; } = [];

    /// <summary>Null: sendrecv.</summary>
    public Direction? Direction { get; init; }

    public ImmutableArray<MediaGroup> Groups { get; init; } = [];

    /// <summary>The peer answers connectivity checks and makes none (RFC 8445 §2.5).</summary>
    public bool IceLite { get; init; }

    public TransportAttributes Transport { get; init; } = TransportAttributes.Empty;

    public ImmutableArray<SdpAttribute> OtherAttributes { get; init; } = [];

    public ImmutableArray<MediaDescription> Media { get; init; } = [];

    /// <summary>Null if neither the media description nor the session has one.</summary>
    public ConnectionData? ConnectionOf(MediaDescription media) => media.Connection ?? Connection;

    public Direction DirectionOf(MediaDescription media) =>
        media.Direction ?? Direction ?? Farspan.Sdp.Direction.SendReceive;

    public TransportAttributes TransportOf(MediaDescription media) => media.Transport.Inherit(Transport);

    public bool IsBundled(MediaDescription media) => media.Mid is { } mid
        && Groups.Any(group => group.Semantics == MediaGroup.Bundle && group.Mids.Contains(mid));
}
