using Farspan.Kernel;

namespace Farspan.Chime;

/// <summary>
/// The frames of one client and the address it sends them to, as the Chime SDK for JavaScript has them.
/// </summary>
internal sealed class ChimeFrames(ChimeJoin join, uint audioSessionId, DateTimeOffset clockOrigin)
{
    private const string Query = "X-Chime-Control-Protocol-Version=3&X-Amzn-Chime-Send-Close-On-Error=1";

    public string Url { get; } =
        join.SignalingUrl + (join.SignalingUrl.Contains('?', StringComparison.Ordinal) ? '&' : '?') + Query;

    public Redacted<IReadOnlyList<string>> SubProtocols { get; } =
        new([ChimeSession.SubProtocol, join.JoinToken.Reveal()]);

    /// <summary>Without max_num_of_videos: 0 was seen to be answered as "at capacity".</summary>
    public byte[] Join(Instant now) => Encode(
        new JoinFrame
        {
            ProtocolVersion = 2,
            Flags = JoinFlags.HasStreamUpdate,
            ClientDetails = join.ClientDetails,
            AudioSessionId = audioSessionId,
            WantsCompressedSdp = false,
            ServerSideNetworkAdaption = 1,
        },
        now);

    /// <summary>"Receive" although we send: any other direction needs video.</summary>
    public byte[] Subscribe(string sdpOffer, bool isMuted, Instant now) => Encode(
        new SubscribeFrame
        {
            Duplex = StreamDuplex.Receive,
            SendStreams =
            [
                new StreamDescriptor
                {
                    StreamId = 1,
                    Framerate = 15,
                    MaxBitrateKbps = 600,
                    TrackLabel = "AmazonChimeExpressAudio",
                    GroupId = 1,
                    AverageBitrateBps = 400_000,
                    AttendeeId = join.AttendeeId,
                    Media = StreamMedia.Audio,
                },
            ],
            ReceiveStreamIds = [0],
            SdpOffer = sdpOffer,
            AudioHost = join.AudioHostUrl,
            AudioCheckin = false,
            AudioMuted = isMuted,
        },
        now);

    public byte[] Ping(uint id, Instant now) => Encode(new PingPongFrame(IsPong: false, id), now);

    public byte[] Pong(uint id, Instant now) => Encode(new PingPongFrame(IsPong: true, id), now);

    public byte[] AudioControl(bool isMuted, Instant now) =>
        Encode(new AudioControlFrame { IsMuted = isMuted }, now);

    public byte[] Leave(Instant now) => Encode(new LeaveFrame(), now);

    private byte[] Encode(SignalFrame frame, Instant now)
    {
        var timestampMs = (ulong)Math.Max(0, clockOrigin.ToUnixTimeMilliseconds() + now.Milliseconds);
        return (frame with { TimestampMs = timestampMs }).Encode(SignalDirection.ClientToServer);
    }
}
