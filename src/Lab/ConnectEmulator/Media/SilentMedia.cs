namespace Farspan.ConnectEmulator;

/// <summary>
/// A media plane without media: it answers every offer with a correct description of nothing, and calls it
/// connected. For tests of everything but audio.
/// </summary>
public sealed class SilentMedia : IMeetingMedia
{
    /// <summary>
    /// Opus only, server side passive, video rejected: the form of the real service's answers.
    /// </summary>
    public const string SdpAnswer =
        "v=0\r\n"
        + "o=- 0 0 IN IP4 127.0.0.1\r\n"
        + "s=-\r\n"
        + "t=0 0\r\n"
        + "a=group:BUNDLE 0\r\n"
        + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\n"
        + "c=IN IP4 127.0.0.1\r\n"
        + "a=candidate:1 1 udp 2130706431 127.0.0.1 9 typ host\r\n"
        + "a=end-of-candidates\r\n"
        + "a=ice-ufrag:0123456789abcdef0123456789abcdef\r\n"
        + "a=ice-pwd:fedcba9876543210fedcba9876543210\r\n"
        + "a=fingerprint:sha-256 00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF"
        + ":00:11:22:33:44:55:66:77:88:99:AA:BB:CC:DD:EE:FF\r\n"
        + "a=setup:passive\r\n"
        + "a=mid:0\r\n"
        + "a=sendrecv\r\n"
        + "a=rtcp-mux\r\n"
        + "a=rtpmap:111 opus/48000/2\r\n"
        + "a=fmtp:111 minptime=10;useinbandfec=1\r\n"
        + "m=video 0 UDP/TLS/RTP/SAVPF 0\r\n"
        + "c=IN IP4 127.0.0.1\r\n"
        + "a=mid:1\r\n"
        + "a=inactive\r\n";

    private IMeetingMediaEvents? _events;

    public void Start(IMeetingMediaEvents events) => _events = events;

    public void Answer(MediaOffer offer)
    {
        _events?.Answered(offer.Connection, SdpAnswer);
        _events?.Connected(offer.Connection);
    }

    public void Remove(SocketId connection)
    {
        // There is nothing to take down.
    }

    public void Play(string meetingId, AudioCue cue)
    {
        // Nobody would hear it.
    }

    public void StopPlaying(string meetingId)
    {
        // Nothing plays.
    }

    public void AttachVoice(string meetingId, string attendeeId, AudioCue voice)
    {
        // Nobody would hear it.
    }

    public void DetachVoice(string meetingId, string attendeeId)
    {
        // No voice was attached.
    }

    public void EndMeeting(string meetingId)
    {
        // There is nothing to take down.
    }
}
