using System.Net;
using System.Text;
using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Routing;
using Farspan.Sip;

namespace Farspan.Node;

/// <summary>
/// Runs calls that nobody makes through an engine of its own before the node takes real ones: the code is
/// compiled, its statics are made, and the garbage of all that is collected.
/// </summary>
internal static class WarmUp
{
    /// <summary>Enough for the runtime to compile what is used often; some 50 ms.</summary>
    private const int Calls = 200;

    private const string Offer =
        "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n"
        + "m=audio 40000 RTP/AVP 0 8 9 101\r\na=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n";

    public static void Run()
    {
        CodePreparation.Run();
        var world = new Outbox<ConnectorEffect>();
        var engine = CreateEngine(world);
        var flow = SipFlow.Udp(
            new IPEndPoint(IPAddress.Loopback, 5060), new IPEndPoint(IPAddress.Loopback, 5061));
        var now = Instant.Zero;
        for (var i = 0; i < Calls; i++)
        {
            now += TimeSpan.FromMilliseconds(100);
            engine.Receive(new ConnectorInput.SipReceived(flow, Encoding.ASCII.GetBytes(Invite(i))), now);
            Open(engine, world, now);
            engine.Receive(new ConnectorInput.SipReceived(flow, Encoding.ASCII.GetBytes(Cancel(i))), now);
            engine.Expire(now);
            world.Clear();
        }

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        GC.WaitForPendingFinalizers();
    }

    private static ConnectorEngine CreateEngine(Outbox<ConnectorEffect> world)
    {
        var random = new RandomSource(1);
        var settings = new CallSettings();
        var desk = new ContactDesk(settings.Contact, random);
        var quota = new QuotaSettings
        {
            StartsPerSecond = Calls, StartBurst = Calls, ConcurrentContactsMax = 2 * Calls,
        };
        desk.Register("i", new QuotaGovernor("i", quota, new StartRateLimiter(Calls, Calls)));
        var ports = new CallPorts(
            new Outbox<SipLayerEffect>(), world, desk, random, DateTimeOffset.UnixEpoch, settings);
        var trunk = new Trunk
        {
            Name = "warm-up",
            Sources = [new IPNetwork(IPAddress.Any, 0)],
            Leg = new CarrierLegSettings(),
            MediaAddress = IPAddress.Loopback,
        };
        var route =
            new Route { Name = "all", Target = new RouteTarget { Instance = "i", ContactFlowId = "f" } };
        var admission = new CallAdmission(
            new TrunkTable([trunk]),
            new DialPlan([], route),
            new AttributeRules(),
            new Dictionary<string, string> { ["i"] = "i" },
            new AdmissionSettings { Random = random, Keys = random.Fill });
        return new ConnectorEngine(
            new SipTransactionLayer(SipLayerLimits.Default, SipTimings.Default, random), admission, ports);
    }

    // Ports are given, so that the call goes on to ask for a contact.
    private static void Open(ConnectorEngine engine, Outbox<ConnectorEffect> world, Instant now)
    {
        foreach (var effect in world.Drain())
        {
            if (effect is ConnectorEffect.CommandMedia { Command: Media.MediaCommand.Open open })
            {
                var opened = new Media.MediaEvent.Opened(
                    open.MediaId, new IPEndPoint(IPAddress.Loopback, 40_000));
                engine.Receive(new ConnectorInput.MediaReported(opened), now);
            }
        }
    }

    private static string Invite(int number) => Request("INVITE", number, Offer);

    private static string Cancel(int number) => Request("CANCEL", number, "");

    private static string Request(string method, int number, string body) =>
        $"{method} sip:+18005550100@127.0.0.1 SIP/2.0\r\n"
        + $"Via: SIP/2.0/UDP 127.0.0.1:5061;branch=z9hG4bK-{number};rport\r\n"
        + $"Max-Forwards: 70\r\nFrom: <sip:+12125550123@127.0.0.1>;tag=w{number}\r\n"
        + "To: <sip:+18005550100@127.0.0.1>\r\n"
        + $"Call-ID: warm-{number}\r\nCSeq: 1 {method}\r\nContact: <sip:warm@127.0.0.1:5061>\r\n"
        + (body.Length > 0 ? "Content-Type: application/sdp\r\n" : "")
        + $"Content-Length: {body.Length}\r\n\r\n{body}";
}
