using Farspan.Rtp;
using Farspan.Srtp;

namespace Farspan.Media;

/// <summary>The limits of a media session, each with its unit.</summary>
public static class MediaLimits
{
    /// <summary>Room that a sink gives for a datagram.</summary>
    public const int DatagramBytes = SrtpLimits.MaxPacketBytes;

    /// <summary>The longest RTP packet that we make, before it is protected.</summary>
    public const int MaxRtpBytes = RtpLimits.MaxPacketBytes - 64;

    /// <summary>TURN servers that are tried in one gathering.</summary>
    public const int MaxTurnUris = 8;

    /// <summary>The longest payload of G.711 and G.722 taken: 120 ms.</summary>
    public const int MaxWaveformPayloadBytes = 960;

    /// <summary>The longest Opus payload taken; a frame has at most 1,275 (RFC 6716 §3.4).</summary>
    public const int MaxOpusPayloadBytes = 1_280;

    /// <summary>Packets that wait in a jitter buffer. A power of two.</summary>
    public const int JitterPackets = 32;

    /// <summary>Without a packet of an edge for so long its media counts as silent.</summary>
    public static readonly TimeSpan EdgeSilence = TimeSpan.FromMilliseconds(400);

    /// <summary>An anchored session that did not run for longer hushes itself.</summary>
    public static readonly TimeSpan StallMax = TimeSpan.FromMilliseconds(400);

    /// <summary>Ticks that are made up for in timestamps after a stall: ten minutes.</summary>
    public const int MaxSkippedTicks = 30_000;
}
