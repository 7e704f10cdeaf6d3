using System.Net;
using System.Text;
using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges.Tests;

/// <summary>
/// An edge engine in virtual time with a scripted carrier, scripted connectors and a media plane that does at
/// once what it is asked.
/// </summary>
internal sealed class EdgeHarness
{
    public const string Offer =
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        + "m=audio 40000 RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n";

    private static readonly SipFlow CarrierFlow = SipFlow.Udp(
        new IPEndPoint(IPAddress.Parse("198.51.100.9"), 5_060),
        new IPEndPoint(IPAddress.Parse("192.0.2.1"), 5_060));

    private readonly Outbox<EdgeEffect> _world = new();
    private readonly List<EdgeEffect> _log = [];
    private string? _toTag;

    public EdgeHarness(
        int connectors = 2,
        Func<EdgeSettings, EdgeSettings>? change = null,
        ulong seed = 7,
        EdgeAnchor? anchor = null)
    {
        Connectors = [.. Enumerable.Range(0, connectors).Select(i => new ScriptedConnector($"c{i}", 5_062 + i))];
        var random = new RandomSource(seed);
        var settings = new EdgeSettings
        {
            Node = anchor?.Sealer.Node ?? "edge-e1",
            Outer = [(SipTransport.Udp, CarrierFlow.Local)],
            Inner = new InnerLegSettings { Local = Inner },
            InnerMediaAddress = Inner.Address,
            InnerSrtp = SrtpPolicy.Require,
        };
        settings = change is null ? settings : change(settings);
        var layer = new SipTransactionLayer(new SipLayerLimits(), SipTimings.Default, random);
        var ports = new EdgePorts(
            layer,
            new Outbox<SipLayerEffect>(),
            _world,
            new Distributor(settings.Distribution, random),
            random,
            random.Fill,
            settings)
        {
            Anchor = anchor,
        };
        Trunks = new TrunkTable([Trunk]);
        Engine = new EdgeEngine(ports, Trunks);
    }

    public static IPEndPoint Inner { get; } = new(IPAddress.Parse("10.0.0.1"), 5_070);

    public static Trunk Trunk { get; } = new()
    {
        Name = "acme",
        Sources = [IPNetwork.Parse("192.0.2.0/24")],
        Leg = new CarrierLegSettings(),
        MediaAddress = IPAddress.Parse("198.51.100.9"),
    };

    public EdgeEngine Engine { get; }

    public TrunkTable Trunks { get; }

    public ScriptedConnector[] Connectors { get; }

    public Instant Now { get; private set; } = Instant.FromMilliseconds(1_000);

    public IReadOnlyList<EdgeEffect> Log => _log;

    public HashSet<long> OpenMedia { get; } = [];

    public EdgeCall Call => Assert.Single(Engine.Calls.All);

    public IEnumerable<SipMessage> ToCarrier => _log.OfType<EdgeEffect.TransmitSip>()
        .Where(t => t.Flow.Remote.Equals(CarrierFlow.Remote)).Select(t => Parse(t.Message.Span));

    public IEnumerable<SipResponse> Responses => ToCarrier.OfType<SipResponse>();

    public IEnumerable<int> Statuses =>
        Responses.Where(r => r.CSeq.Method == SipMethod.Invite).Select(r => r.StatusCode);

    public IEnumerable<SipRequest> Requests => ToCarrier.OfType<SipRequest>();

    public IEnumerable<MediaCommand> Media => _log.OfType<EdgeEffect.CommandMedia>().Select(c => c.Command);

    public IEnumerable<CallEvent> Events => _log.OfType<EdgeEffect.Report>().Select(r => r.Event);

    public CallEvent Ended => Events.Single(e => e.Kind == CallEventKind.Ended);

    public string? ToTag => _toTag ??= Responses
        .FirstOrDefault(r => r.StatusCode > 100 && r.CSeq is { Method: SipMethod.Invite, Number: 1 })?.To.Tag;

    /// <summary>The connectors are known, and have answered their first OPTIONS.</summary>
    public EdgeHarness Begin()
    {
        Take(new EdgeInput.ConnectorsChanged([.. Connectors.Select(c => c.Target)]));
        Pass(TimeSpan.FromMilliseconds(1));
        return this;
    }

    public void SendInvite(string body = Offer, string headers = "") => Send(Request("INVITE", 1, body, headers));

    /// <summary>INVITE, 200, ACK: a call that talks.</summary>
    public EdgeHarness Establish()
    {
        Begin();
        SendInvite();
        Send(Request("ACK", 1, branch: "z9hG4bK-ack"));
        return this;
    }

    public ScriptedConnector Holder => Connectors.Single(c => c.Target.Name == Call.Inner!.Target.Target.Name);

    public ScriptedConnector Other => Connectors.First(c => c != Holder);

    public void Send(string message) =>
        Take(new EdgeInput.SipReceived(CarrierFlow, Encoding.UTF8.GetBytes(message)));

    public void SendInner(ScriptedConnector connector, SipMessage message) => Take(new EdgeInput.SipReceived(
        SipFlow.Connect(SipTransport.Tcp, Inner, connector.Address) with { ConnectionId = 3 }, message.Bytes));

    public SipResponse AskInner(ScriptedConnector connector, SipRequest request)
    {
        SendInner(connector, request);
        return _log.OfType<EdgeEffect.TransmitSip>().Select(t => Parse(t.Message.Span)).OfType<SipResponse>()
            .Last(r => r.CallId == request.CallId && r.CSeq == request.CSeq);
    }

    /// <summary>All media of a connector falls silent.</summary>
    public void Silence(params EdgeCall[] calls)
    {
        foreach (var call in calls)
        {
            Take(new EdgeInput.MediaReported(
                new MediaEvent.InnerSilent(call.MediaId, TimeSpan.FromMilliseconds(400))));
        }
    }

    public string Request(string method, int cseq, string body = "", string headers = "", string? branch = null)
    {
        branch ??= $"z9hG4bK-{(method == "CANCEL" ? "INVITE" : method)}-{cseq}";
        var tag = method is "CANCEL" || (method == "INVITE" && cseq == 1) ? null : ToTag;
        return $"{method} sip:+18005550100@198.51.100.9 SIP/2.0\r\n"
            + $"Via: SIP/2.0/UDP 192.0.2.1:5060;branch={branch}\r\n"
            + "From: \"Ann\" <sip:+12125550123@192.0.2.1>;tag=carrier\r\n"
            + $"To: <sip:+18005550100@198.51.100.9>{(tag is null ? "" : ";tag=" + tag)}\r\n"
            + $"Call-ID: call-1@192.0.2.1\r\nCSeq: {cseq} {method}\r\nMax-Forwards: 70\r\n"
            + $"Contact: <sip:carrier@192.0.2.1:5060>\r\n{headers}"
            + (body.Length > 0 ? "Content-Type: application/sdp\r\n" : "")
            + $"Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
    }

    public void Take(EdgeInput input)
    {
        Engine.Receive(input, Now);
        Perform();
    }

    public void Pass(TimeSpan duration)
    {
        var end = Now + duration;
        while (Engine.Deadline is { } deadline && deadline <= end)
        {
            Now = deadline > Now ? deadline : Now;
            Engine.Expire(Now);
            Perform();
        }

        Now = end;
    }

    /// <summary>The process does not run for a while.</summary>
    public void Freeze(TimeSpan duration) => Now += duration;

    public void Stop()
    {
        Engine.Stop(Now);
        Perform();
    }

    /// <summary>After a quiet time nothing is kept.</summary>
    public void AssertNothingIsLeft()
    {
        Take(new EdgeInput.ConnectorsChanged([]));
        Pass(TimeSpan.FromMinutes(6));
        Assert.Equal(0, Engine.Calls.Count);
        Assert.Empty(OpenMedia);
        Assert.Equal(0, Trunks.ChannelsOf("acme"));
        Assert.Equal(0, Engine.Sip.ServerTransactionCount);
        Assert.Equal(0, Engine.Sip.ClientTransactionCount);
        Assert.All(Engine.Connectors, connector => Assert.Equal(0, connector.Calls));
        Assert.DoesNotContain(Events, e => e.Kind == CallEventKind.Defect);
    }

    /// <summary>The carrier's response to a request of the edge's.</summary>
    public void Reply(SipRequest request, int status, string body = "")
    {
        var response = SipResponseBuilder.For(request, status).WithToTag("carrier");
        if (request.Method == SipMethod.Invite && status < 300)
        {
            response.WithContact(new NameAddress(new SipUri("carrier", "192.0.2.1", 5060)));
        }

        Send((body.Length > 0 ? response.WithBody("application/sdp", body) : response).Build().ToString());
    }

    private static SipMessage Parse(ReadOnlySpan<byte> bytes)
    {
        Assert.True(
            SipParser.TryParse(bytes, SipFraming.Datagram, out var message, out var error), error.ToString());
        return message;
    }

    private void Perform()
    {
        while (_world.Count > 0)
        {
            foreach (var effect in _world.Drain())
            {
                _log.Add(effect);
                foreach (var input in Answers(effect))
                {
                    Engine.Receive(input, Now);
                }
            }
        }
    }

    private IEnumerable<EdgeInput> Answers(EdgeEffect effect) => effect switch
    {
        EdgeEffect.CommandMedia media => AnswerMedia(media.Command),
        EdgeEffect.TransmitSip transmit => AnswerSip(transmit),
        _ => [],
    };

    private IEnumerable<EdgeInput> AnswerSip(EdgeEffect.TransmitSip transmit)
    {
        var connector = Connectors.FirstOrDefault(c => c.Address.Equals(transmit.Flow.Remote));
        if (connector is null || connector.IsFrozen)
        {
            return [];
        }

        if (connector.IsDown)
        {
            return [new EdgeInput.SipFlowFailed(transmit.Flow, "refused")];
        }

        var flow = transmit.Flow with { ConnectionId = 1 };
        return Parse(transmit.Message.Span) is SipRequest request
            ? connector.Answer(request).ToArray().Select(r => new EdgeInput.SipReceived(flow, r.Bytes))
            : [];
    }

    private IEnumerable<EdgeInput> AnswerMedia(MediaCommand command)
    {
        switch (command)
        {
            case MediaCommand.OpenRelay:
                Assert.True(OpenMedia.Add(command.MediaId));
                return [new EdgeInput.MediaReported(new MediaEvent.RelayOpened(
                    command.MediaId,
                    new IPEndPoint(IPAddress.Parse("198.51.100.9"), 20_000),
                    new IPEndPoint(Inner.Address, 22_000)))];
            case MediaCommand.Close:
                Assert.True(OpenMedia.Remove(command.MediaId));
                return [new EdgeInput.MediaReported(
                    new MediaEvent.Closed(command.MediaId, MediaReport.Empty))];
            default:
                return [];
        }
    }
}
