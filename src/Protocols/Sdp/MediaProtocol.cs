namespace Farspan.Sdp;

/// <summary>The transport protocols of m= lines that carry audio.</summary>
public static class MediaProtocol
{
    /// <summary>RFC 3551.</summary>
    public const string Rtp = "RTP/AVP";

    /// <summary>RFC 4585.</summary>
    public const string RtpFeedback = "RTP/AVPF";

    /// <summary>RFC 3711.</summary>
    public const string Srtp = "RTP/SAVP";

    /// <summary>RFC 5124.</summary>
    public const string SrtpFeedback = "RTP/SAVPF";

    /// <summary>RFC 5764: WebRTC.</summary>
    public const string DtlsSrtpFeedback = "UDP/TLS/RTP/SAVPF";

    public static bool IsRtp(string protocol) => protocol is Rtp or RtpFeedback;

    public static bool IsSdesSrtp(string protocol) => protocol is Srtp or SrtpFeedback;

    /// <summary>WebRTC offers were also seen with the older names of the profile (RFC 8829 §5.1.2).</summary>
    public static bool IsDtlsSrtp(string protocol) =>
        protocol is DtlsSrtpFeedback or "UDP/TLS/RTP/SAVP" or SrtpFeedback;
}
