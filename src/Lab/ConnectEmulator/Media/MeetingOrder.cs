using Farspan.Sdp;

namespace Farspan.ConnectEmulator;

/// <summary>
/// What a <see cref="MeetingSession"/> is told on its worker's thread. The family is closed.
/// </summary>
internal abstract record MeetingOrder
{
    private MeetingOrder()
    {
    }

    /// <summary>Lets a connection begin; its owner is the session from now on.</summary>
    public sealed record Begin(MeetingLink Link, RemoteTransport Remote) : MeetingOrder;

    /// <summary>Takes a connection down.</summary>
    public sealed record End(SocketId Connection) : MeetingOrder;

    public sealed record Play(OpusLoop Loop) : MeetingOrder;

    public sealed record StopPlaying : MeetingOrder;

    public sealed record AttachVoice(string AttendeeId, OpusLoop Greeting) : MeetingOrder;

    public sealed record AnswerCaller(string AttendeeId, OpusLoop Sequence) : MeetingOrder;

    public sealed record DetachVoice(string AttendeeId) : MeetingOrder;
}
