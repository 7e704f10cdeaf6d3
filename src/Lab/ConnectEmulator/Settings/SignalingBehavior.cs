namespace Farspan.ConnectEmulator;

/// <summary>How the Chime signalling side behaves where the real service is not documented.</summary>
public sealed record SignalingBehavior
{
    /// <summary>What happens to an attendee's first connection when the same attendee joins again.</summary>
    public Displacement Displacement { get; init; } = Displacement.AtOnce;

    /// <summary>How late <see cref="Displacement.Late"/> is.</summary>
    public TimeSpan DisplacementDelay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>What a wrong join token gets.</summary>
    public BadTokenAnswer BadTokenAnswer { get; init; } = BadTokenAnswer.RefuseUpgrade;

    /// <summary>
    /// The WebSocket close code of <see cref="BadTokenAnswer.Close"/> and of a refused displacement.
    /// </summary>
    public int BadTokenCloseCode { get; init; } = 4401;

    /// <summary>Whether JOIN_ACK asks the client for deflated SDP.</summary>
    public bool WantsCompressedSdp { get; init; }

    /// <summary>The TURN server that JOIN_ACK names; null names none.</summary>
    public TurnServer? Turn { get; init; }

    /// <summary>Whether frames of unknown types are mixed in after JOIN and SUBSCRIBE.</summary>
    public bool SendsUnknownFrames { get; init; }

    /// <summary>How long after AUDIO_STATUS 410 the server waits for LEAVE before it closes.</summary>
    public TimeSpan ClosesAfterMeetingEnd { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The close code after a meeting has ended.</summary>
    public int MeetingEndedCloseCode { get; init; } = 4410;
}
