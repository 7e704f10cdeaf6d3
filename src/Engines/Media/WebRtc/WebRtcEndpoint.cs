using Farspan.Kernel;

namespace Farspan.Media;

/// <summary>Our end of a WebRTC transport, as its owner lays it down.</summary>
public sealed record WebRtcEndpoint
{
    public required WebRtcRole Role { get; init; }

    /// <summary>
    /// The socket of this transport alone: a second one at the same TURN server would collide with the first.
    /// </summary>
    public required int SocketTag { get; init; }

    /// <summary>The address of that socket, which becomes the host candidate.</summary>
    public required TransportAddress LocalAddress { get; init; }

    /// <summary>The source we send audio with.</summary>
    public required uint Ssrc { get; init; }

    /// <summary>RTCP's (RFC 7022).</summary>
    public required string CanonicalName { get; init; }

    /// <summary>
    /// Paths to TURN servers are numbered from here, up to <see cref="MediaLimits.MaxTurnUris"/> of them.
    /// </summary>
    public int FirstPathId { get; init; }
}
