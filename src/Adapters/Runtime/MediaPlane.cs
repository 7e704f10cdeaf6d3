using System.Collections.Concurrent;
using System.Net;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;

namespace Farspan.Runtime;

/// <summary>
/// The media of a node: worker threads, carriers' ports, sockets and connections to TURN servers, and the
/// sessions that live on them. Commands come in by <see cref="TryPost"/>, events go out to the observer;
/// neither waits.
/// </summary>
public sealed class MediaPlane : IMediaWorkerObserver, IDisposable
{
    private readonly MediaPlaneOptions _options;
    private readonly MediaResources _resources;
    private readonly MonotonicClock _clock;
    private readonly IMediaPlaneObserver _observer;
    private readonly TurnPathFinder _finder;
    private readonly MediaWorker[] _workers;
    private readonly MediaWatchdog _watchdog;
    private readonly ConcurrentDictionary<long, BridgeHost> _hosts = new();
    private readonly ConcurrentDictionary<IPAddress, MediaPortPool> _ports = new();

    public MediaPlane(
        MediaPlaneOptions options,
        MediaResources resources,
        MonotonicClock clock,
        IMediaPlaneObserver observer)
    {
        _options = options;
        _resources = resources;
        _clock = clock;
        _observer = observer;
        _finder = new TurnPathFinder(options);
        _workers = new MediaWorker[options.Workers];
        for (var i = 0; i < _workers.Length; i++)
        {
            var worker = options.Worker with { Name = $"{options.Worker.Name} {i}" };
            _workers[i] = new MediaWorker(worker, clock, this);
        }

        _watchdog = new MediaWatchdog(_workers, options.Worker.StallThreshold, clock, observer);
    }

    /// <summary>Sessions that are open.</summary>
    public int Sessions => _hosts.Count;

    /// <summary>One for each worker.</summary>
    public IEnumerable<MediaWorkerStatistics> Workers => _workers.Select(worker => worker.Statistics);

    /// <summary>
    /// The counters of every session, for a scraper: taken from the running sessions without a lock.
    /// </summary>
    public IEnumerable<(long MediaId, MediaReport Report)> Reports() =>
        _hosts.Select(entry => (entry.Key, entry.Value.Session.Report()));

    /// <summary>
    /// Has a command performed. One thread at a time. False if the session's worker has too many commands
    /// waiting or the session does not exist any more; an Open is always answered by an event, and a Close is
    /// performed whatever waits.
    /// </summary>
    public bool TryPost(MediaCommand command)
    {
        if (command is MediaCommand.Open open)
        {
            _observer.Report(Open(open));
            return true;
        }

        if (!_hosts.TryGetValue(command.MediaId, out var host))
        {
            return false;
        }

        if (command is MediaCommand.Gather gather)
        {
            return TryGather(host, gather);
        }

        var isTaken = host.Worker.TryPost(host, command);
        if (!isTaken && command is MediaCommand.Close)
        {
            host.CloseSoon();
            isTaken = true;
        }

        return isTaken;
    }

    /// <summary>Ends every session and every thread.</summary>
    public void Dispose()
    {
        _watchdog.Dispose();
        foreach (var worker in _workers)
        {
            worker.Dispose();
        }

        _finder.Dispose();
    }

    void IMediaWorkerObserver.SessionEnded(IMediaSession session, Exception? failure)
    {
        var host = (BridgeHost)session;
        var mediaId = host.Session.MediaId;
        if (failure is not null)
        {
            _observer.Report(new MediaEvent.ContactLost(mediaId, ContactLoss.Defect, $"{failure}"));
        }

        var report = host.Session.Report();
        host.Free();
        host.Ports.Return(host.CarrierPort);
        _hosts.TryRemove(mediaId, out _);
        _observer.Report(new MediaEvent.Closed(mediaId, report));
    }

    void IMediaWorkerObserver.LoopStalled(TimeSpan gap) => _observer.LoopStalled(gap);

    private MediaEvent Open(MediaCommand.Open open)
    {
        var ports = _ports.GetOrAdd(open.CarrierAddress, CreatePorts);
        var outcome = ports.TryOpen(out var rtp, out var rtcp);
        if (outcome != MediaPortOutcome.Opened)
        {
            return new MediaEvent.OpenFailed(open.MediaId, $"ports at {open.CarrierAddress}: {outcome}");
        }

        var address = rtp!.LocalAddress;
        var worker = _workers.MinBy(candidate => candidate.Load)!;
        var session = new BridgeSession(open.MediaId, _options.Media, _resources, _clock.Now);
        var host = new BridgeHost(session, worker, _finder, _observer)
        {
            CarrierPort = address.Port,
            Ports = ports,
        };
        Invariant.Require(_hosts.TryAdd(open.MediaId, host));
        if (worker.TryAdd(host, rtp, rtcp!))
        {
            return new MediaEvent.Opened(open.MediaId, address.ToIPEndPoint());
        }

        _hosts.TryRemove(open.MediaId, out _);
        rtp.Dispose();
        rtcp!.Dispose();
        ports.Return(address.Port);
        session.Dispose();
        return new MediaEvent.OpenFailed(open.MediaId, "every media worker is full");
    }

    private MediaPortPool CreatePorts(IPAddress address) => new(
        TransportAddress.From(address, 0),
        _options.FirstCarrierPort,
        _options.LastCarrierPort,
        _options.Sockets);

    private bool TryGather(BridgeHost host, MediaCommand.Gather gather)
    {
        var anyPort = TransportAddress.From(_options.ContactAddress, 0);
        if (!UdpSocket.TryOpen(anyPort, _options.Sockets, out var socket, out var error))
        {
            _observer.Report(new MediaEvent.ContactLost(
                gather.MediaId, ContactLoss.IceFailed, $"no socket at {_options.ContactAddress}: {error}"));
            return true;
        }

        if (!host.Worker.TryPost(host, new BridgeMessage.SocketOpened(gather.TurnServers, socket)))
        {
            socket.Dispose();
            return false;
        }

        return true;
    }
}
