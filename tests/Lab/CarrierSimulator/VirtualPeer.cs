using System.Net;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.CarrierSimulator.Tests;

/// <summary>
/// A caller engine in virtual time, and the pen with which a test writes the other side's messages.
/// </summary>
internal sealed class VirtualPeer
{
    public static readonly SipFlow Flow =
        SipFlow.Udp(new IPEndPoint(IPAddress.Loopback, 40000), new IPEndPoint(IPAddress.Loopback, 5060));

    private readonly Outbox<CallerEffect> _outbox = new();

    public VirtualPeer(CarrierSettings? settings = null)
    {
        settings ??= new CarrierSettings { Target = Flow.Remote };
        Engine = new CallerEngine(settings, Flow, new RandomSource(1), span => span.Fill(7));
    }

    public CallerEngine Engine { get; }

    public Instant Now { get; private set; }

    /// <summary>Every message that was sent, with the time.</summary>
    public List<(Instant At, SipMessage Message)> Sent { get; } = [];

    public List<NegotiatedAudio> Agreed { get; } = [];

    public CallEnding? Ending { get; private set; }

    public SipRequest[] Requests => [.. Sent.Select(each => each.Message).OfType<SipRequest>()];

    public SipResponse[] Responses => [.. Sent.Select(each => each.Message).OfType<SipResponse>()];

    public SipRequest Invite => Requests.First(request => request.Method == SipMethod.Invite);

    public void Place(double talkSeconds = 10)
    {
        var media = new LocalMedia(IPAddress.Loopback, 30_000, 30_001, 1);
        Engine.Place(1, new CallPlan(42, TimeSpan.FromSeconds(talkSeconds)), media, Now, _outbox);
        Take();
    }

    public void GiveUp()
    {
        Engine.GiveUp(1, Now, _outbox);
        Take();
    }

    /// <summary>Jumps from deadline to deadline.</summary>
    public void Advance(double seconds)
    {
        var end = Now + TimeSpan.FromSeconds(seconds);
        while (Engine.Deadline is { } deadline && deadline <= end)
        {
            Now = deadline;
            Engine.Expire(Now, _outbox);
            Take();
        }

        Now = end;
    }

    public void Receive(ReadOnlyMemory<byte> bytes)
    {
        Engine.Receive(Flow, bytes.Span, Now, _outbox);
        Take();
    }

    /// <summary>Answers a request; a 2xx to an INVITE carries a description unless told otherwise.</summary>
    public void Respond(
        SipRequest request,
        int status,
        string? reason = null,
        bool hasBody = true,
        string tag = "peer",
        string? recordRoute = null)
    {
        var response = SipResponseBuilder.For(request, status).WithToTag(tag);
        if (reason is not null)
        {
            response.AddHeader(SipHeader.Reason, reason);
        }

        if (recordRoute is not null)
        {
            response.AddHeader(SipHeader.RecordRoute, recordRoute);
        }

        if (status / 100 == 2 && request.Method == SipMethod.Invite)
        {
            response.WithContact(new NameAddress(new SipUri("peer", "127.0.0.1", 5060)));
            _ = hasBody ? response.WithBody("application/sdp", Answer(request)) : response;
        }

        Receive(response.Build().Bytes);
    }

    /// <summary>A request of the peer's within the call.</summary>
    public SipRequest Request(SipMethod method, uint sequence, string? body = null)
    {
        var answer = Invite;
        var request = new SipRequestBuilder(method, answer.Contact!.Uri)
        {
            From = answer.To.WithTag("peer"),
            To = answer.From,
            CallId = answer.CallId,
            CSeqNumber = sequence,
            Contact = new NameAddress(new SipUri("peer", "127.0.0.1", 5060)),
        };
        request.AddVia(new Via("UDP", "127.0.0.1", 5060, $"z9hG4bK-{method}-{sequence}").WithRport());
        if (body is not null)
        {
            request.WithBody("application/sdp", body);
        }

        return request.Build();
    }

    public static string Description(int port, int version = 1) =>
        $"v=0\r\no=- 9 {version} IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        + $"m=audio {port} RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-16\r\n";

    private static byte[] Answer(SipRequest invite)
    {
        var media = new LocalMedia(IPAddress.Loopback, 20_000, 20_001, 9);
        var settings = new CarrierMediaSettings { Codecs = [.. Enum.GetValues<AudioCodec>()] };
        var negotiation = new CarrierNegotiation(settings, media);
        Assert.True(SdpParser.TryParse(invite.Body.Span, out var offer, out _));
        var keys = new byte[CarrierNegotiation.FreshKeyBytes];
        Assert.Equal(
            NegotiationFailure.None, negotiation.Answer(offer, Direction.SendReceive, keys, out var answer));
        return SdpWriter.WriteBytes(answer!);
    }

    private void Take()
    {
        foreach (var effect in _outbox.Drain())
        {
            switch (effect)
            {
                case CallerEffect.Transmit(_, var bytes):
                    Assert.True(SipParser.TryParse(bytes.Span, SipFraming.Datagram, out var message, out _));
                    Sent.Add((Now, message));
                    break;

                case CallerEffect.AudioAgreed(_, var audio):
                    Agreed.Add(audio);
                    break;

                case CallerEffect.CallEnded(_, var ending):
                    Assert.Null(Ending);
                    Ending = ending;
                    break;

                default:
                    throw Invariant.Unreachable(effect);
            }
        }
    }
}
