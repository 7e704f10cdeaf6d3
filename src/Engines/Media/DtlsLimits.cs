namespace Farspan.Media;

/// <summary>The limits of a DTLS association.</summary>
public static class DtlsLimits
{
    /// <summary>Longest datagram we send: fits through TURN and tunnels without fragments.</summary>
    public const int MaxDatagramBytes = 1200;

    /// <summary>Longest datagram we look at.</summary>
    public const int MaxReceivedBytes = 4096;

    /// <summary>After this the handshake has failed.</summary>
    public static readonly TimeSpan HandshakeTimeout = TimeSpan.FromSeconds(30);

    /// <summary>A flight is repeated after this, then after twice as long, and so on.</summary>
    public static readonly TimeSpan FirstRetransmission = TimeSpan.FromMilliseconds(200);

    /// <summary>No pause between repetitions is longer.</summary>
    public static readonly TimeSpan LongestRetransmission = TimeSpan.FromSeconds(3);
}
