namespace Farspan.Network;

/// <summary>What the SIP listeners hold at most (RFC 3261 §18 leaves it open).</summary>
public sealed record SipNetworkLimits
{
    public static SipNetworkLimits Default { get; } = new();

    /// <summary>The kernel's buffers of a UDP socket: some seconds of a burst.</summary>
    public int SocketBufferBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>The largest datagram that IP carries.</summary>
    public int DatagramBytesMax { get; init; } = 65_535;

    /// <summary>Peers whose addresses the UDP listener remembers, to allocate nothing for a known
    /// one.</summary>
    public int KnownPeersMax { get; init; } = 4_096;

    /// <summary>Connections of one listener at a time.</summary>
    public int ConnectionsMax { get; init; } = 4_096;

    /// <summary>Connections from one source address at a time.</summary>
    public int ConnectionsPerSourceMax { get; init; } = 64;

    /// <summary>What one connection holds for a peer that does not read.</summary>
    public int SendQueueBytesMax { get; init; } = 1024 * 1024;

    /// <summary>Time to connect, and for the TLS handshake after it.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Time from the first byte of a message to its last.</summary>
    public TimeSpan MessageTimeout { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A connection without a message this long is closed; more than 64*T1 (RFC 3261 §18).</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How often connections are looked at for the three times above.</summary>
    public TimeSpan SweepInterval { get; init; } = TimeSpan.FromSeconds(1);
}
