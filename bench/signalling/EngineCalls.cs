using System.Net;
using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Routing;
using Farspan.Sip;

namespace Farspan.Bench;

/// <summary>
/// Calls through the connector's engine: admission, dial plan, both legs, journal, Connect and Chime, with
/// a world that does at once what it is asked.
/// </summary>
internal sealed class EngineCalls : ICallRunner
{
    private const string InstanceId = "instance";
    private const int EnoughStarts = 1_000_000;

    private readonly CarrierScript _carrier = new();
    private readonly Outbox<ConnectorEffect> _world = new();
    private readonly ConnectScript _connect = new();
    private readonly ConnectorEngine _engine;
    private Instant _now = Instant.Zero;

    public EngineCalls()
    {
        var random = new RandomSource(7);
        var settings = new CallSettings();
        var desk = new ContactDesk(settings.Contact, random);
        var quota = new QuotaSettings
        {
            StartsPerSecond = EnoughStarts,
            StartBurst = EnoughStarts,
            ConcurrentContactsMax = EnoughStarts,
        };
        desk.Register(InstanceId, new QuotaGovernor(
            InstanceId, quota, new StartRateLimiter(quota.StartsPerSecond, quota.StartBurst)));
        var ports = new CallPorts(
            new Outbox<SipLayerEffect>(), _world, desk, random, DateTimeOffset.UnixEpoch, settings);
        var sip = new SipTransactionLayer(SipLayerLimits.Default, SipTimings.Default, random);
        _engine = new ConnectorEngine(sip, CreateAdmission(random), ports);
    }

    public long Finished => _connect.EndedCalls;

    public void Run(int number, TimeSpan interval)
    {
        _carrier.Begin(number);
        Take(_carrier.Invite);
        Take(_carrier.Ack);
        Take(_carrier.Bye);
        for (_now += interval; _engine.Deadline is { } deadline && deadline <= _now;)
        {
            _engine.Expire(_now);
            Perform();
        }
    }

    private static CallAdmission CreateAdmission(RandomSource random)
    {
        var trunk = new Trunk
        {
            Name = "acme",
            Sources = [IPNetwork.Parse("192.0.2.0/24")],
            Leg = new CarrierLegSettings(),
            MediaAddress = IPAddress.Loopback,
        };
        Invariant.Require(TextPattern.TryParse("+1800*", out var called, out _));
        var route = new Route
        {
            Name = "main",
            Called = called,
            Target = new RouteTarget { Instance = "east", ContactFlowId = "flow" },
        };
        return new CallAdmission(
            new TrunkTable([trunk]),
            new DialPlan([route], null),
            new AttributeRules(),
            new Dictionary<string, string> { ["east"] = InstanceId },
            new AdmissionSettings { Random = random, Keys = keys => keys.Fill(9) });
    }

    private void Take(ReadOnlyMemory<byte> message)
    {
        _engine.Receive(new ConnectorInput.SipReceived(CarrierScript.Flow, message), _now);
        Perform();
    }

    // What the engine adds while it hears the answers is performed in the same pass.
    private void Perform()
    {
        for (var i = 0; i < _world.Count; i++)
        {
            if (_world[i] is ConnectorEffect.TransmitSip transmit)
            {
                _carrier.Learn(transmit.Message.Span);
            }
            else
            {
                _connect.Answer(_world[i], input => _engine.Receive(input, _now));
            }
        }

        _world.Clear();
    }
}
