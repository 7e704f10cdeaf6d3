using System.Net.Sockets;
using System.Security.Cryptography;
using Farspan.Calls;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;
using Farspan.Network;
using Farspan.Observability;
using Farspan.Runtime;
using Farspan.Sip;
using Farspan.Store;
using Farspan.Topology;
using Microsoft.Extensions.Logging;
using ConnectorLoop = Farspan.Runtime.NodeLoop<
    Farspan.Calls.ConnectorEngine, Farspan.Calls.ConnectorInput, Farspan.Calls.ConnectorEffect>;

namespace Farspan.Node;

/// <summary>
/// Everything that a connector node is made of, made from its model and joined together; nothing runs yet.
/// </summary>
internal sealed class NodeParts : IDisposable
{
    private readonly Stack<IDisposable> _owned = new();

    /// <exception cref="NodeStartException">Something that the operator has named cannot be used.</exception>
    public NodeParts(FarspanModel model, ILoggerProvider log)
    {
        try
        {
            Log = log.CreateLogger("node");
            Availability = new AvailabilityBoard(Log);
            Telemetry = Own(new NodeTelemetry(Log));
            Journal = Own(OpenJournal(model.JournalPath));
            Instances = Own(new ConnectInstances(model.Connect));
            var hostAddress = HostAddress.Find();
            var plan = ConnectorPlan.Create(model, hostAddress);
            MediaPorts = new MediaPorts(model.Media.AdvertisedAddress, Telemetry.Observer);
            Media = Own(CreateMedia(model, MediaOptions.Create(model, hostAddress)));
            var trunks = new TrunkTable(plan.Trunks);
            Sip = Own(new SipPorts(flow => trunks.Find(flow) is not null, Telemetry.Sip));
            Listen(model.Sip, model.Sip.AdvertisedAddress ?? hostAddress);
            Connect = Own(new ConnectGateway(Instances.ById, Telemetry.Connect, Post));
            Sockets = new SocketTable(Instances.SettingsFor, Post);
            Loop = Own(CreateLoop(plan, NodeKeys.Load(model), log));
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

    public JournalFile Journal { get; }

    public ConnectInstances Instances { get; }

    public MediaPorts MediaPorts { get; }

    public MediaPlane Media { get; }

    public SipPorts Sip { get; }

    public ConnectGateway Connect { get; }

    public SocketTable Sockets { get; }

    public ConnectorLoop Loop { get; }

    public INodeInbox Inbox => new ConnectorInbox(Post);

    /// <summary>Hands an input to the loop.</summary>
    public void Post(ConnectorInput input) => Loop.Post(input);

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

    private JournalFile OpenJournal(string path)
    {
        try
        {
            return JournalFile.Open(path, new JournalSettings(), TimeProvider.System, Telemetry.Observer);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NodeStartException(
                $"the contact journal {path} cannot be opened",
                "Stop the other node that uses it, make the folder writable, or set journal.path.",
                error);
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

    private void Listen(SipModel sip, System.Net.IPAddress shownForAny)
    {
        var tls = sip.Tls is { } model ? SipTlsFactory.Create(model, TimeProvider.System, Log) : null;
        foreach (var point in sip.Listen)
        {
            var isAny = point.EndPoint.Address.Equals(System.Net.IPAddress.Any)
                || point.EndPoint.Address.Equals(System.Net.IPAddress.IPv6Any);
            try
            {
                Sip.Listen(point.Transport, point.EndPoint, isAny ? shownForAny : sip.AdvertisedAddress, tls);
            }
            catch (SocketException error)
            {
                throw new NodeStartException(
                    $"SIP cannot listen on {point}", "Stop what uses the port, or change sip.listen.", error);
            }
        }
    }

    private ConnectorLoop CreateLoop(ConnectorPlan plan, NodeKeys? keys, ILoggerProvider log)
    {
        var random = CreateRandom();
        var world = new ConnectorWorld
        {
            Sip = Sip,
            Media = PostMedia,
            Connect = Connect,
            Sockets = Sockets,
            Journal = Journal,
            CallLog = new CallEventLog(log.CreateLogger("calls")),
            CallMetrics = Telemetry.Calls,
            Availability = Availability,
        };
        var ports = new CallPorts(
            new Outbox<SipLayerEffect>(),
            new Outbox<ConnectorEffect>(),
            plan.CreateDesk(random),
            random,
            TimeProvider.System.GetUtcNow() - (Clock.Now - Instant.Zero),
            plan.Calls)
        {
            Anchor = keys?.CreateConnector(),
        };
        var sip = new SipTransactionLayer(SipLayerLimits.Default, SipTimings.Default, random);
        var engine = new ConnectorEngine(
            sip, plan.CreateAdmission(random, RandomNumberGenerator.Fill), ports);
        return new ConnectorLoop(engine, ports.World, world, Clock, new NodeLoopOptions(), Telemetry.Observer);
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
