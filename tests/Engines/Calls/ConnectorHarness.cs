using System.Net;
using System.Text;
using Farspan.Chime;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Routing;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>
/// A connector engine in virtual time with a scripted carrier, and a Connect, a Chime and a media plane that
/// do at once what they are asked unless a test holds them back.
/// </summary>
internal sealed class ConnectorHarness
{
    public const string Offer =
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        + "m=audio 40000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n";

    private const string ContactAnswer =
        "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\na=group:BUNDLE 0 1\r\n"
        + "m=audio 9 UDP/TLS/RTP/SAVPF 111\r\nc=IN IP4 127.0.0.1\r\na=mid:0\r\na=ice-ufrag:abcdabcd\r\n"
        + "a=ice-pwd:abcdabcdabcdabcdabcdabcd\r\na=setup:passive\r\na=rtcp-mux\r\n"
        + "a=rtpmap:111 opus/48000/2\r\n"
        + "a=fingerprint:sha-256 00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:"
        + "00:00:00:00:00:00:00:00:00:00:00:00:00:00:00:00\r\n"
        + "m=video 0 UDP/TLS/RTP/SAVPF 125\r\na=mid:1\r\n";

    private readonly Outbox<ConnectorEffect> _world = new();
    private readonly List<ConnectorEffect> _log = [];
    private readonly HashSet<long> _openMedia = [];
    private string? _toTag;

    public ConnectorHarness(
        QuotaSettings? quota = null,
        Func<Trunk, Trunk>? trunk = null,
        ulong seed = 7,
        int callsMax = 2_000,
        AttributeRules? attributes = null,
        ConnectorAnchor? anchor = null,
        params Trunk[] otherTrunks)
    {
        OnMedia = AnswerMedia;
        var random = new RandomSource(seed);
        var settings = new CallSettings();
        var desk = new ContactDesk(settings.Contact, random);
        quota ??= new QuotaSettings
        {
            StartsPerSecond = 100,
            StartBurst = 100,
            ConcurrentContactsMax = 1_000,
        };
        Governor = new QuotaGovernor(
            "instance", quota, new StartRateLimiter(quota.StartsPerSecond, quota.StartBurst));
        desk.Register("instance", Governor);
        var ports = new CallPorts(
            new Outbox<SipLayerEffect>(), _world, desk, random, DateTimeOffset.UnixEpoch, settings)
        {
            Anchor = anchor,
        };
        var sip = new SipTransactionLayer(new SipLayerLimits(), SipTimings.Default, random);
        Trunks = new TrunkTable([(trunk ?? (t => t))(DefaultTrunk), .. otherTrunks]);
        Engine = new ConnectorEngine(sip, Admission(random, Trunks, callsMax, attributes), ports);
    }

    public ConnectorEngine Engine { get; }

    public QuotaGovernor Governor { get; }

    public TrunkTable Trunks { get; }

    public Instant Now { get; private set; }

    /// <summary>What Connect answers to starts; by default it starts a contact.</summary>
    public Func<ConnectorEffect.StartContact, ConnectorInput?> OnStart { get; set; } = start =>
        new ConnectorInput.ContactStarted(start.IntentId, Contact("contact-" + start.IntentId));

    /// <summary>What Connect answers to stops.</summary>
    public Func<ConnectorEffect.StopContact, ConnectorInput?> OnStop { get; set; } = stop =>
        new ConnectorInput.ContactStopCompleted(stop.IntentId, null);

    /// <summary>What Connect answers when it is asked whether it works; null: nothing.</summary>
    public Func<ConnectorEffect.ProbeInstance, ConnectorInput?> OnProbe { get; set; } = probe =>
        new ConnectorInput.InstanceProbed(probe.InstanceId, null);

    /// <summary>What Connect answers to changed attributes; null: nothing.</summary>
    public Func<ConnectorEffect.UpdateAttributes, ConnectError?> OnUpdate { get; set; } = _ => null;

    /// <summary>What the other side answers to a request of ours; null: nothing by itself.</summary>
    public Func<SipRequest, SipFlow, SipResponse?> OnRequest { get; set; } = (_, _) => null;

    /// <summary>Effects after which the process is killed: nothing more is performed, nothing more is taken.</summary>
    public int EffectsMax { get; set; } = int.MaxValue;

    public bool IsDead => _log.Count >= EffectsMax;

    /// <summary>What Chime answers to a frame.</summary>
    public Func<SignalFrame, SignalFrame?[]> OnFrame { get; set; } = AnswerFrame;

    /// <summary>Whether the contact side connects when asked to.</summary>
    public bool MediaConnects { get; set; } = true;

    /// <summary>What the media plane answers to a command.</summary>
    public Func<MediaCommand, IEnumerable<MediaEvent>> OnMedia { get; set; }

    /// <summary>The path or connection over which the scripted carrier sends.</summary>
    public SipFlow CarrierFlow { get; set; } = Flow;

    /// <summary>Everything that was asked of the world.</summary>
    public IReadOnlyList<ConnectorEffect> Log => _log;

    public IReadOnlySet<long> OpenMedia => _openMedia;

    public static SubscribeAckFrame SubscribeAck { get; } = new() { SdpAnswer = ContactAnswer };

    public static SipFlow Flow { get; } =
        SipFlow.Udp(
            new IPEndPoint(IPAddress.Loopback, 5060), new IPEndPoint(IPAddress.Parse("192.0.2.1"), 5060));

    public SocketId LastSocket => _log.OfType<ConnectorEffect.OpenSocket>().Last().Socket;

    public long LastMedia => _log.OfType<ConnectorEffect.CommandMedia>().Last().Command.MediaId;

    public IEnumerable<SipResponse> Responses => Sent.OfType<SipResponse>();

    public IEnumerable<SipRequest> Requests => Sent.OfType<SipRequest>();

    public IEnumerable<SipMessage> Sent => _log
        .OfType<ConnectorEffect.TransmitSip>().Select(t => Parse(t.Message.Span));

    public IEnumerable<CallEvent> Events => _log.OfType<ConnectorEffect.Report>().Select(r => r.Event);

    public CallEvent Ended => Events.Single(e => e.Kind == CallEventKind.Ended);

    public static StartedContact Contact(string id) =>
        new(id, "participant", new Redacted<string>("token"), new ContactMeeting
        {
            MeetingId = "meeting",
            AttendeeId = "attendee",
            JoinToken = new Redacted<string>("join"),
            SignalingUrl = "wss://signal.example/control/meeting",
            AudioHostUrl = "audio.example:3478",
        });

    public void SendSip(string message) => Take(
        new ConnectorInput.SipReceived(CarrierFlow, Encoding.UTF8.GetBytes(message)));

    public void SendInvite(string body = Offer, string headers = "", string called = "+18005550100") =>
        SendSip(Request("INVITE", 1, body, headers, called: called));

    /// <summary>A request of the scripted carrier; with a To tag once one is known.</summary>
    public string Request(
        string method,
        int cseq,
        string body = "",
        string headers = "",
        string? branch = null,
        string called = "+18005550100",
        string contentType = "application/sdp")
    {
        branch ??= $"z9hG4bK-{(method == "CANCEL" ? "INVITE" : method)}-{cseq}";
        var tag = method is "CANCEL" || (method == "INVITE" && cseq == 1) ? null : ToTag;
        return $"{method} sip:{called}@127.0.0.1 SIP/2.0\r\n"
            + $"Via: SIP/2.0/{CarrierFlow.TransportName} 192.0.2.1:5060;branch={branch}\r\n"
            + $"From: <sip:+12125550123@192.0.2.1>;tag=carrier\r\n"
            + $"To: <sip:{called}@127.0.0.1>{(tag is null ? "" : ";tag=" + tag)}\r\n"
            + $"Call-ID: call-1@192.0.2.1\r\nCSeq: {cseq} {method}\r\nMax-Forwards: 70\r\n"
            + $"Contact: <sip:carrier@192.0.2.1:5060{TransportParameter}>\r\n{headers}"
            + (body.Length > 0 ? $"Content-Type: {contentType}\r\n" : "")
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
    }

    /// <summary>The engine's tag in the dialog; null before its first response.</summary>
    public string? ToTag => _toTag ??= Responses
        .FirstOrDefault(r => r.StatusCode > 100 && r.CSeq is { Method: SipMethod.Invite, Number: 1 })?.To.Tag;

    /// <summary>INVITE, 200, ACK: a call that talks.</summary>
    public void Establish(string headers = "")
    {
        SendInvite(headers: headers);
        SendSip(Request("ACK", 1, branch: "z9hG4bK-ack"));
    }

    public void SendFrame(SignalFrame frame) =>
        Take(new ConnectorInput.SocketReceived(LastSocket, frame.Encode(SignalDirection.ServerToClient)));

    public void Take(ConnectorInput input)
    {
        if (IsDead)
        {
            return;
        }

        Engine.Receive(input, Now);
        Perform();
    }

    /// <summary>Lets virtual time pass, firing every timer at its moment.</summary>
    public void Pass(TimeSpan duration)
    {
        var end = Now + duration;
        while (!IsDead && Engine.Deadline is { } deadline && deadline <= end)
        {
            Now = deadline > Now ? deadline : Now;
            Engine.Expire(Now);
            Perform();
        }

        Now = end;
    }

    /// <summary>Time passes in which the engine does not run; then it finds everything due at once.</summary>
    public void Skip(TimeSpan duration)
    {
        Now += duration;
        Engine.Expire(Now);
        Perform();
    }

    public void Stop()
    {
        Engine.Stop(Now);
        Perform();
    }

    public void Recover(params OpenContact[] open)
    {
        Engine.Recover(open, Now);
        Perform();
    }

    private string TransportParameter =>
        CarrierFlow.Transport == SipTransport.Udp ? "" : $";transport={CarrierFlow.Transport}";

    private static SipMessage Parse(ReadOnlySpan<byte> bytes)
    {
        Assert.True(
            SipParser.TryParse(bytes, SipFraming.Datagram, out var message, out var error), error.ToString());
        return message;
    }

    private static SignalFrame?[] AnswerFrame(SignalFrame frame) => frame switch
    {
        PingPongFrame { IsPong: false } ping => [new PingPongFrame(IsPong: true, ping.PingId)],
        JoinFrame => [new JoinAckFrame(), new IndexFrame()],
        SubscribeFrame => [SubscribeAck],
        LeaveFrame => [new LeaveAckFrame()],
        _ => [],
    };

    public static Trunk DefaultTrunk { get; } = new()
    {
        Name = "acme",
        Sources = [IPNetwork.Parse("192.0.2.0/24")],
        Leg = new CarrierLegSettings(),
        MediaAddress = IPAddress.Loopback,
    };

    private static CallAdmission Admission(
        RandomSource random, TrunkTable trunks, int callsMax, AttributeRules? attributes)
    {
        Assert.True(TextPattern.TryParse("+1800*", out var called, out _));
        var route = new Route
        {
            Name = "main",
            Called = called,
            Target = new RouteTarget { Instance = "east", ContactFlowId = "flow" },
        };
        return new CallAdmission(
            trunks,
            new DialPlan([route], null),
            attributes ?? new AttributeRules(),
            new Dictionary<string, string> { ["east"] = "instance" },
            new AdmissionSettings { Random = random, Keys = keys => keys.Fill(9), CallsMax = callsMax });
    }

    private void Perform()
    {
        while (_world.Count > 0)
        {
            foreach (var effect in _world.Drain())
            {
                if (IsDead)
                {
                    return;
                }

                _log.Add(effect);
                foreach (var input in Answers(effect))
                {
                    Engine.Receive(input, Now);
                }
            }
        }
    }

    private IEnumerable<ConnectorInput> Answers(ConnectorEffect effect)
    {
        switch (effect)
        {
            case ConnectorEffect.StartContact start when OnStart(start) is { } input:
                return [input];
            case ConnectorEffect.StopContact stop when OnStop(stop) is { } input:
                return [input];
            case ConnectorEffect.ProbeInstance probe when OnProbe(probe) is { } input:
                return [input];
            case ConnectorEffect.ConnectParticipant participant:
                var connection = new ParticipantConnection(new Redacted<string>("connection"), null);
                return [new ConnectorInput.ParticipantConnected(
                    participant.CallId, ConnectResult<ParticipantConnection>.Succeed(connection))];
            case ConnectorEffect.UpdateAttributes update:
                return [new ConnectorInput.AttributesUpdated(update.CallId, OnUpdate(update))];
            case ConnectorEffect.SendDigits digits:
                return [new ConnectorInput.DigitsSent(digits.CallId, null)];
            case ConnectorEffect.OpenSocket open:
                return [new ConnectorInput.SocketOpened(open.Socket)];
            case ConnectorEffect.SendSocket send:
                Assert.True(SignalFrame.TryDecode(send.Message.Span, out var frame, out _));
                return OnFrame(frame).OfType<SignalFrame>().Select(answer =>
                    new ConnectorInput.SocketReceived(
                        send.Socket, answer.Encode(SignalDirection.ServerToClient)));
            case ConnectorEffect.TransmitSip transmit
                when SipParser.TryParse(transmit.Message.Span, SipFraming.Datagram, out var message, out _)
                && message is SipRequest request && OnRequest(request, transmit.Flow) is { } response:
                return [new ConnectorInput.SipReceived(transmit.Flow, response.Bytes)];
            case ConnectorEffect.CommandMedia media:
                return OnMedia(media.Command).Select(answer => new ConnectorInput.MediaReported(answer));
            default:
                return [];
        }
    }

    public IEnumerable<MediaEvent> AnswerMedia(MediaCommand command)
    {
        switch (command)
        {
            case MediaCommand.Open:
                Assert.True(_openMedia.Add(command.MediaId));
                return [new MediaEvent.Opened(command.MediaId, new IPEndPoint(IPAddress.Loopback, 20_000))];
            case MediaCommand.Gather:
                return [new MediaEvent.Gathered(command.MediaId, Transport())];
            case MediaCommand.ConnectContact when MediaConnects:
                return [new MediaEvent.ContactConnected(command.MediaId, "host-host")];
            case MediaCommand.Close:
                Assert.True(_openMedia.Remove(command.MediaId));
                return [new MediaEvent.Closed(command.MediaId, MediaReport.Empty)];
            default:
                return [];
        }
    }

    private static LocalTransport Transport() => new()
    {
        SessionId = 1,
        IceUfrag = "ufrag123",
        IcePassword = new Redacted<string>("password0123456789012345"),
        Fingerprint = new Fingerprint(Fingerprint.Sha256, new byte[32]),
        Candidates = [],
        Ssrc = 1,
        CanonicalName = "cname",
    };
}
