using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using Farspan.Calls;
using Farspan.Edges;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;
using Farspan.Network;
using Farspan.Observability;
using Farspan.Runtime;
using Farspan.Sip;
using Farspan.Topology;
using Microsoft.Extensions.Logging;
using EdgeLoop = Farspan.Runtime.NodeLoop<
    Farspan.Edges.EdgeEngine, Farspan.Edges.EdgeInput, Farspan.Edges.EdgeEffect>;

namespace Farspan.Node;

/// <summary>
/// Everything that an edge node is made of, made from its model and joined together; nothing runs yet.
/// </summary>
internal sealed class EdgeParts : IDisposable
{
    private readonly Stack<IDisposable> _owned = new();
    private readonly List<(SipTransport Transport, IPEndPoint Local)> _outer = [];

    /// <exception cref="NodeStartException">Something that the operator has named cannot be used.</exception>
    public EdgeParts(FarspanModel model, string node, ILoggerProvider log)
    {
        try
        {
            Log = log.CreateLogger("node");
            Availability = new AvailabilityBoard(Log);
            Telemetry = Own(new NodeTelemetry(Log));
            var hostAddress = HostAddress.Find();
            MediaPorts = new MediaPorts(model.Media.AdvertisedAddress, Telemetry.Observer);
            Sip = Own(new SipPorts(IsKnown, Telemetry.Sip));
            Inner = Listen(model, hostAddress);
            var keys = NodeKeys.Load(model);
            var anchor = keys?.CreateEdge(TimeProvider.System.GetUtcNow() - (Clock.Now - Instant.Zero));
            Plan = EdgePlan.Create(model, keys?.Node ?? node, Inner, hostAddress);
            Trunks = new TrunkTable(Plan.Trunks);
            Media = Own(CreateMedia(model, MediaOptions.Create(model, hostAddress) with
            {
                Relay = Plan.Relay with { HushesAfterStall = anchor is not null },
            }));
            Loop = Own(CreateLoop(anchor, log));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public ILogger Log { get; }

    public MonotonicClock Clock { get; } = new();

    public AvailabilityBoard Availability { get; }

    public NodeTelemetry Telemetry { get; }

    public EdgePlan Plan { get; }

    /// <summary>Where connectors reach the edge.</summary>
    public IPEndPoint Inner { get; }

    public TrunkTable Trunks { get; }

    public MediaPorts MediaPorts { get; }

    public MediaPlane Media { get; }

    public SipPorts Sip { get; }

    public EdgeLoop Loop { get; }

    public INodeInbox Inbox => new EdgeInbox(Post);

    /// <summary>Hands an input to the loop.</summary>
    public void Post(EdgeInput input) => Loop.Post(input);

    /// <summary>Lets go of everything in the opposite order: the loop before what it performs with.</summary>
    public void Dispose()
    {
        while (_owned.TryPop(out var owned))
        {
            owned.Dispose();
        }
    }

    private static RandomSource CreateRandom() =>
        new(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));

    private T Own<T>(T owned)
        where T : IDisposable
    {
        _owned.Push(owned);
        return owned;
    }

    // Carriers by their trunks, connectors by the configuration: any thread.
    private bool IsKnown(SipFlow flow) =>
        Trunks.Find(flow) is not null
        || Plan.Connectors.Any(connector => connector.Address.Address.Equals(flow.Remote.Address));

    private IPEndPoint Listen(FarspanModel model, IPAddress hostAddress)
    {
        var tls = model.Sip.Tls is { } secured
            ? SipTlsFactory.Create(secured, TimeProvider.System, Log)
            : null;
        var shownForAny = model.Sip.AdvertisedAddress ?? hostAddress;
        foreach (var point in model.Sip.Listen)
        {
            var address = point.EndPoint.Address;
            var isAny = address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
            var local = Listen(point, isAny ? shownForAny : model.Sip.AdvertisedAddress, tls);
            _outer.Add((point.Transport, local));
        }

        var inner = model.Edge!.Listen;
        return Listen(inner, null, inner.Transport == SipTransport.Tls ? tls : null);
    }

    private IPEndPoint Listen(SipListenPoint point, IPAddress? shown, SipTlsSettings? tls)
    {
        try
        {
            return Sip.Listen(point.Transport, point.EndPoint, shown, tls);
        }
        catch (SocketException error)
        {
            throw new NodeStartException(
                $"SIP cannot listen on {point}", "Stop what uses the port, or change the address.", error);
        }
    }

    private MediaPlane CreateMedia(FarspanModel model, MediaPlaneOptions options)
    {
        if (!OpusLibrary.IsAvailable)
        {
            throw new NodeStartException(
                "the Opus library is not installed", "Install it: apt-get install libopus0.");
        }

        var resources = new MediaResources
        {
            Dtls = Own(new OpenSslDtlsSessionFactory()),
            Codecs = new AllAudioCodecs(MediaOptions.CreateOpus(model.Media.Opus)),
            Keys = RandomNumberGenerator.Fill,
            Sha1 = OpenSslSha1.TryCreate(),
        };
        return new MediaPlane(options, resources, Clock, MediaPorts);
    }

    private EdgeLoop CreateLoop(EdgeAnchor? anchor, ILoggerProvider log)
    {
        var random = CreateRandom();
        var world = new EdgeWorld
        {
            Sip = Sip,
            Media = PostMedia,
            CallLog = new CallEventLog(log.CreateLogger("calls")),
            CallMetrics = Telemetry.Calls,
            Availability = Availability,
        };
        var ports = new EdgePorts(
            new SipTransactionLayer(SipLayerLimits.Default, SipTimings.Default, random),
            new Outbox<SipLayerEffect>(),
            new Outbox<EdgeEffect>(),
            new Distributor(Plan.Settings.Distribution, random),
            random,
            RandomNumberGenerator.Fill,
            Plan.Settings with { Outer = _outer })
        {
            Anchor = anchor,
        };
        return new EdgeLoop(
            new EdgeEngine(ports, Trunks), ports.World, world, Clock, new NodeLoopOptions(), Telemetry.Observer);
    }

    private void PostMedia(MediaCommand command)
    {
        // False also for a session that has ended by itself, which has been reported.
        if (!Media.TryPost(command) && command is not MediaCommand.Close)
        {
            Log.MediaRefused(command.GetType().Name, command.MediaId);
        }
    }
}
