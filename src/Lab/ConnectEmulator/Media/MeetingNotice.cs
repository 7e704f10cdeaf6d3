namespace Farspan.ConnectEmulator;

/// <summary>What a <see cref="MeetingRoom"/> noticed. The family is closed.</summary>
internal abstract record MeetingNotice
{
    private MeetingNotice()
    {
    }

    /// <summary>A built-in agent heard a tone sequence.</summary>
    public sealed record Heard(VoiceHearing Hearing) : MeetingNotice;

    /// <summary>
    /// A built-in agent wants to answer a caller: by <see cref="MeetingRoom.AnswerCaller"/>.
    /// </summary>
    /// <param name="AttendeeId">The agent.</param>
    /// <param name="CallerCode">Whom it heard.</param>
    /// <param name="FirstSample">Where the meeting's frames begin, see
    /// <see cref="OpusLoops.Sequence"/>.</param>
    public sealed record AnswerWanted(string AttendeeId, int CallerCode, int FirstSample) : MeetingNotice;
}
