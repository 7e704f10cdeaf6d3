namespace Farspan.Sdp;

/// <summary>
/// The offer of a Chime client that sends and receives one Opus stream (RFC 8829 §5.2, with what the service
/// expects beyond it: the user name <c>mozilla-...</c> and a second, inactive m=video line).
/// </summary>
public static class WebRtcOffer
{
    private const string AudioMid = "0";
    private const string VideoMid = "1";

    // The service takes "mozilla-" as the sign that a client speaks unified plan.
    private const string UserName = "mozilla-farspan";

    private static readonly RtpMap Video = new(96, "VP8", 90000);

    public static SessionDescription Create(LocalTransport local) => new()
    {
        Origin = WebRtcSections.OriginOf(local, UserName),
        Connection = WebRtcSections.Nowhere,
        Groups = [new MediaGroup(MediaGroup.Bundle, [AudioMid, VideoMid])],
        OtherAttributes = [new SdpAttribute("msid-semantic", " WMS *")],
        Media = [CreateAudio(local), CreateVideo(local)],
    };

    private static MediaDescription CreateAudio(LocalTransport local) => WebRtcSections.Audio(
        local, CodecFormats.ToRtpMap(Audio.AudioCodec.Opus), SetupRole.ActivePassive) with
    {
        Mid = AudioMid,
    };

    private static MediaDescription CreateVideo(LocalTransport local) => new()
    {
        Media = "video",
        Port = WebRtcSections.DiscardPort,
        Protocol = MediaProtocol.DtlsSrtpFeedback,
        Formats = [$"{Video.PayloadType}"],
        Connection = WebRtcSections.Nowhere,
        RtpMaps = [Video],
        Direction = Direction.Inactive,
        RtcpMux = true,
        Mid = VideoMid,
        Transport = WebRtcSections.TransportOf(local, SetupRole.ActivePassive),
    };
}
