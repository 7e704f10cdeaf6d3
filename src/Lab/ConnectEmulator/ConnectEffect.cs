using Farspan.Chime;

namespace Farspan.ConnectEmulator;

/// <summary>What a <see cref="ConnectService"/> wants done, in order. The family is closed.</summary>
public abstract record ConnectEffect
{
    private ConnectEffect()
    {
    }

    /// <summary>Send a frame to a signalling client.</summary>
    public sealed record SendFrame(SocketId Socket, SignalFrame Frame) : ConnectEffect;

    /// <summary>Close a signalling connection properly. The owner does not report it back.</summary>
    public sealed record CloseSocket(SocketId Socket, int Code, string Reason) : ConnectEffect;

    /// <summary>Cut a signalling connection without a close. The owner does not report it back.</summary>
    public sealed record AbortSocket(SocketId Socket) : ConnectEffect;

    /// <summary>See <see cref="IMeetingMedia.Answer"/>.</summary>
    public sealed record AnswerOffer(MediaOffer Offer) : ConnectEffect;

    /// <summary>See <see cref="IMeetingMedia.Remove"/>.</summary>
    public sealed record RemoveMedia(SocketId Connection) : ConnectEffect;

    /// <summary>See <see cref="IMeetingMedia.Play"/>.</summary>
    public sealed record PlayCue(string MeetingId, AudioCue Cue) : ConnectEffect;

    /// <summary>See <see cref="IMeetingMedia.StopPlaying"/>.</summary>
    public sealed record StopCue(string MeetingId) : ConnectEffect;

    /// <summary>See <see cref="IMeetingMedia.AttachVoice"/>.</summary>
    public sealed record AttachVoice(string MeetingId, string AttendeeId, AudioCue Voice) : ConnectEffect;

    /// <summary>See <see cref="IMeetingMedia.DetachVoice"/>.</summary>
    public sealed record DetachVoice(string MeetingId, string AttendeeId) : ConnectEffect;

    /// <summary>See <see cref="IMeetingMedia.EndMeeting"/>.</summary>
    public sealed record EndMeeting(string MeetingId) : ConnectEffect;

    /// <summary>Something happened that an observer may want to see.</summary>
    public sealed record Report(ConnectEvent Event) : ConnectEffect;

    /// <summary>The situation of an agent of the page changed.</summary>
    public sealed record NotifyAgent(AgentView Agent) : ConnectEffect;
}
