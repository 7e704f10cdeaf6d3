namespace Farspan.ConnectEmulator;

/// <summary>
/// The media plane behind the emulator's meetings: ICE, DTLS-SRTP and the mixing of what attendees, prompts
/// and
/// built-in agents say. Who is in a meeting, and why, is decided elsewhere.
/// </summary>
/// <remarks>
/// <para>No method blocks, and none throws for what a client sent. Calls come one at a time, in order, and
/// may come from any
/// thread. Events go to the <see cref="IMeetingMediaEvents"/> given to <see cref="Start"/>, from any thread,
/// and
/// also from within a call.</para>
/// <para>A meeting exists from its first mention to <see cref="EndMeeting"/>. With two voices packets may be
/// forwarded undecoded; from three on they are mixed.</para>
/// </remarks>
public interface IMeetingMedia
{
    /// <summary>Called once, before anything else.</summary>
    void Start(IMeetingMediaEvents events);

    /// <summary>
    /// Answers an offer; the answer comes as <see cref="IMeetingMediaEvents.Answered"/> or
    /// <see cref="IMeetingMediaEvents.Refused"/>. A second offer of the same connection renegotiates it.
    /// </summary>
    void Answer(MediaOffer offer);

    /// <summary>Takes one connection down, silently; unknown ones are ignored.</summary>
    void Remove(SocketId connection);

    /// <summary>Plays into a meeting, in place of what was playing, until told to stop.</summary>
    void Play(string meetingId, AudioCue cue);

    /// <summary>Stops what is playing into a meeting, if anything is.</summary>
    void StopPlaying(string meetingId);

    /// <summary>Lets a built-in agent speak in a meeting: an attendee without a connection.</summary>
    void AttachVoice(string meetingId, string attendeeId, AudioCue voice);

    /// <summary>Takes a built-in agent out again.</summary>
    void DetachVoice(string meetingId, string attendeeId);

    /// <summary>Takes everything down that belongs to a meeting.</summary>
    void EndMeeting(string meetingId);
}
