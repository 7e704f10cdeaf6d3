namespace Farspan.ConnectEmulator;

/// <summary>
/// What a <see cref="MeetingSession"/> tells from its worker's thread. The family is closed.
/// </summary>
internal abstract record MeetingReport
{
    private MeetingReport()
    {
    }

    /// <summary>ICE and DTLS are done, or packets come again.</summary>
    public sealed record Connected(SocketId Connection) : MeetingReport;

    /// <summary>No packet comes any more, or the transport is over.</summary>
    public sealed record Lost(SocketId Connection) : MeetingReport;

    public sealed record Noticed(MeetingNotice Notice) : MeetingReport;
}
