namespace Farspan.Rtp;

/// <summary>What RTP and RTCP processing bounds.</summary>
public static class RtpLimits
{
    /// <summary>The largest datagram taken: an Ethernet frame's, for media is never fragmented.</summary>
    public const int MaxPacketBytes = 1500;

    /// <summary>The largest RTCP compound that we make.</summary>
    public const int MaxReportBytes = 512;

    /// <summary>Bytes of a canonical name (RFC 3550 §6.5).</summary>
    public const int MaxCanonicalNameBytes = 255;

    /// <summary>Events that may wait to be sent.</summary>
    public const int MaxQueuedEvents = 64;
}
