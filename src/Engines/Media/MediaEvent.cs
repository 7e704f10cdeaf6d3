using System.Net;
using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Sdp;

namespace Farspan.Media;

/// <summary>What the media plane tells the signalling plane about one call.</summary>
/// <param name="MediaId">The media session that was named in <see cref="MediaCommand.Open"/>.</param>
public abstract record MediaEvent(long MediaId)
{
    /// <summary>Ports are bound.</summary>
    /// <param name="MediaId">The session.</param>
    /// <param name="CarrierRtp">The address to announce for the carrier's RTP; RTCP is one port
    /// above.</param>
    public sealed record Opened(long MediaId, IPEndPoint CarrierRtp) : MediaEvent(MediaId);

    /// <summary>The ports of a relay are bound.</summary>
    /// <param name="MediaId">The session.</param>
    /// <param name="CarrierRtp">The address to announce for the carrier's RTP.</param>
    /// <param name="InnerRtp">The address to announce for the connector's RTP.</param>
    public sealed record RelayOpened(long MediaId, IPEndPoint CarrierRtp, IPEndPoint InnerRtp)
        : MediaEvent(MediaId);

    /// <summary>Nothing has come from the connector for the time set, though it should.</summary>
    public sealed record InnerSilent(long MediaId, TimeSpan Silence) : MediaEvent(MediaId);

    /// <summary>After <see cref="InnerSilent"/>: the connector is heard again.</summary>
    public sealed record InnerHeard(long MediaId) : MediaEvent(MediaId);

    /// <summary>No session: ports or memory are exhausted.</summary>
    public sealed record OpenFailed(long MediaId, string Reason) : MediaEvent(MediaId);

    /// <summary>The contact side's half of an SDP offer.</summary>
    public sealed record Gathered(long MediaId, LocalTransport Transport) : MediaEvent(MediaId);

    /// <summary>
    /// The contact side carries media: ICE has a pair, DTLS is done, audio was authenticated.
    /// </summary>
    /// <param name="MediaId">The session.</param>
    /// <param name="SelectedPair">Local and remote candidate, for the log.</param>
    public sealed record ContactConnected(long MediaId, string SelectedPair) : MediaEvent(MediaId);

    /// <summary>The contact side cannot be connected, or is lost.</summary>
    public sealed record ContactLost(long MediaId, ContactLoss Loss, string Detail) : MediaEvent(MediaId);

    /// <summary>A key was pressed at the phone: an RFC 4733 event or a tone.</summary>
    public sealed record DigitDetected(long MediaId, char Digit, DigitSource Source) : MediaEvent(MediaId);

    /// <summary>The carrier has sent no RTP for the time set, though it may.</summary>
    public sealed record CarrierSilent(long MediaId, TimeSpan Silence) : MediaEvent(MediaId);

    /// <summary>
    /// RTP of the edge is heard again, or has not been for <see cref="MediaLimits.EdgeSilence"/>; of anchored sessions
    /// only.
    /// </summary>
    public sealed record CarrierFlowChanged(long MediaId, bool IsFlowing) : MediaEvent(MediaId);

    /// <summary>The session did not run for a while and has hushed itself; of anchored sessions only.</summary>
    public sealed record Stalled(long MediaId, TimeSpan Gap) : MediaEvent(MediaId);

    /// <summary>The session is gone; its ports may be used again.</summary>
    public sealed record Closed(long MediaId, MediaReport Report) : MediaEvent(MediaId);
}

/// <summary>Why the contact side of a media session has no connection.</summary>
public enum ContactLoss
{
    /// <summary>No TURN allocation within the time limit, though TURN was given.</summary>
    RelayUnavailable,

    /// <summary>No candidate pair passed its checks (RFC 8445 §8.1.2).</summary>
    IceFailed,

    /// <summary>
    /// The handshake failed, timed out, or showed another certificate than the answer named.
    /// </summary>
    DtlsFailed,

    /// <summary>The far side no longer answers consent checks (RFC 7675 §5.1).</summary>
    ConsentLost,

    /// <summary>A defect of ours ended the session.</summary>
    Defect,
}
