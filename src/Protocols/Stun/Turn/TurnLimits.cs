namespace Farspan.Stun;

/// <summary>
/// Limits and fixed durations of a TURN client, each with its unit (RFC 8656 §3.2, §9, §12).
/// </summary>
public static class TurnLimits
{
    /// <summary>Peers of one allocation; an ICE session has a handful.</summary>
    public const int MaxPeers = 32;

    /// <summary>How often one request is repeated because the server wants another nonce.</summary>
    public const int MaxNonceRetries = 3;

    /// <summary>The largest frame taken from a byte stream; media packets are below 1,500.</summary>
    public const int MaxStreamFrameBytes = 4096;

    /// <summary>Room for what a stream delivers before it is taken apart.</summary>
    public const int StreamBufferBytes = 4 * MaxStreamFrameBytes;

    /// <summary>A request, whatever names the server gave, is shorter than this many bytes.</summary>
    public const int MaxRequestBytes = StunLimits.MaxSignedBytes + 64;

    /// <summary>Characters of a host name in a URI.</summary>
    public const int MaxHostCharacters = 253;

    /// <summary>
    /// Permissions live 5 min and bindings 10 (RFC 8656 §9, §12); both are renewed after this.
    /// </summary>
    public static readonly TimeSpan PeerRefresh = TimeSpan.FromMinutes(4);

    /// <summary>What an allocation is renewed before its end (RFC 8656 §8 suggests a minute).</summary>
    public static readonly TimeSpan RefreshMargin = TimeSpan.FromMinutes(1);
}
