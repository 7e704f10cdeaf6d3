using System.Net;
using Farspan.Calls;
using Farspan.Chime;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sdp;

namespace Farspan.Bench;

/// <summary>
/// Amazon Connect, its Chime meeting and the media plane as a table of answers made beforehand.
/// </summary>
internal sealed class ConnectScript
{
    private const string MeetingSdp =
        "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n"
        + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 127.0.0.1\r\na=mid:0\r\na=ice-ufrag:abcdabcd\r\n"
        + "a=ice-pwd:abcdabcdabcdabcdabcdabcd\r\na=setup:passive\r\na=rtcp-mux\r\n"
        + "a=rtpmap:111 opus/48000/2\r\n"
        + "a=fingerprint:sha-256 00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:"
        + "00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00\r\nm=video 0 UDP/TLS/RTP/SAVPF 125\r\na=mid:1\r\n";

    private static readonly ContactMeeting Meeting = new()
    {
        MeetingId = "meeting",
        AttendeeId = "attendee",
        JoinToken = new Redacted<string>("join"),
        SignalingUrl = "wss://signal.example/control/meeting",
        AudioHostUrl = "audio.example:3478",
    };

    private static readonly LocalTransport Transport = new()
    {
        SessionId = 1,
        IceUfrag = "ufrag123",
        IcePassword = new Redacted<string>("password0123456789012345"),
        Fingerprint = new Fingerprint(Fingerprint.Sha256, new byte[32]),
        Candidates = [],
        Ssrc = 1,
        CanonicalName = "cname",
    };

    private static readonly IPEndPoint CarrierRtp = new(IPAddress.Loopback, 20_000);

    private readonly byte[][] _joinAnswers = [Encode(new JoinAckFrame()), Encode(new IndexFrame())];
    private readonly byte[][] _subscribeAnswers = [Encode(new SubscribeAckFrame { SdpAnswer = MeetingSdp })];
    private readonly byte[][] _leaveAnswers = [Encode(new LeaveAckFrame())];

    /// <summary>Calls that the engine reported as ended by the caller after an answer.</summary>
    public long EndedCalls { get; private set; }

    /// <summary>Tells the engine what came of an effect.</summary>
    public void Answer(ConnectorEffect effect, Action<ConnectorInput> tell)
    {
        switch (effect)
        {
            case ConnectorEffect.StartContact start:
                var contact = new StartedContact(
                    start.IntentId, "participant", new Redacted<string>("token"), Meeting);
                tell(new ConnectorInput.ContactStarted(start.IntentId, contact));
                break;
            case ConnectorEffect.StopContact stop:
                tell(new ConnectorInput.ContactStopCompleted(stop.IntentId, null));
                break;
            case ConnectorEffect.ConnectParticipant participant:
                var connection = new ParticipantConnection(new Redacted<string>("connection"), null);
                tell(new ConnectorInput.ParticipantConnected(
                    participant.CallId, ConnectResult<ParticipantConnection>.Succeed(connection)));
                break;
            case ConnectorEffect.OpenSocket open:
                tell(new ConnectorInput.SocketOpened(open.Socket));
                break;
            case ConnectorEffect.SendSocket send:
                AnswerFrame(send, tell);
                break;
            case ConnectorEffect.CommandMedia media when AnswerMedia(media.Command) is { } report:
                tell(new ConnectorInput.MediaReported(report));
                break;
            case ConnectorEffect.Report { Event: { Kind: CallEventKind.Ended } ended }:
                var isGood = ended["outcome"] is CallOutcome.CallerHungUp && ended["answered"] is true;
                EndedCalls += isGood ? 1 : 0;
                break;
        }
    }

    private static byte[] Encode(SignalFrame frame) => frame.Encode(SignalDirection.ServerToClient);

    private static MediaEvent? AnswerMedia(MediaCommand command) => command switch
    {
        MediaCommand.Open => new MediaEvent.Opened(command.MediaId, CarrierRtp),
        MediaCommand.Gather => new MediaEvent.Gathered(command.MediaId, Transport),
        MediaCommand.ConnectContact => new MediaEvent.ContactConnected(command.MediaId, "host-host"),
        MediaCommand.Close => new MediaEvent.Closed(command.MediaId, MediaReport.Empty),
        _ => null,
    };

    private void AnswerFrame(ConnectorEffect.SendSocket send, Action<ConnectorInput> tell)
    {
        var answers = TypeOf(send.Message.Span) switch
        {
            SignalFrameType.Join => _joinAnswers,
            SignalFrameType.Subscribe => _subscribeAnswers,
            SignalFrameType.Leave => _leaveAnswers,
            _ => [],
        };
        foreach (var answer in answers)
        {
            tell(new ConnectorInput.SocketReceived(send.Socket, answer));
        }
    }

    // A direction byte, then field 1, the time, then field 2, the type: decoding the rest would be our own
    // cost.
    private static SignalFrameType TypeOf(ReadOnlySpan<byte> message)
    {
        var at = 2;
        while ((message[at] & 0x80) != 0)
        {
            at++;
        }

        return (SignalFrameType)message[at + 2];
    }
}
