namespace Farspan.Rtp;

/// <summary>Why a datagram is not an RTP or RTCP packet.</summary>
public enum RtpFault
{
    None,

    /// <summary>A header, a list or an announced length does not fit.</summary>
    Truncated,

    /// <summary>Not version 2.</summary>
    UnsupportedVersion,

    /// <summary>The padding count is zero or larger than what there is (RFC 3550 §5.1).</summary>
    MalformedPadding,

    /// <summary>
    /// A compound that begins with neither SR nor RR, or pads before its end (RFC 3550 §A.2).
    /// </summary>
    MalformedCompound,
}
