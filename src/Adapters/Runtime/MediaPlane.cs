using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
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
    private readonly Lazy<ComfortLoops> _comfort;
    private readonly MediaWatchdog _watchdog;
    private readonly ConcurrentDictionary<long, IMediaHost> _hosts = new();
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
        _comfort = new Lazy<ComfortLoops>(() => new ComfortLoops(resources.Codecs));
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
        _hosts.Select(entry => (entry.Key, entry.Value.Report()));

    /// <summary>
    /// Has a command performed. One thread at a time. False if the session's worker has too many commands
    /// waiting or the session does not exist any more; an Open is always answered by an event, and a Close is
    /// performed whatever waits.
    /// </summary>
    public bool TryPost(MediaCommand command)
    {
        switch (command)
        {
            case MediaCommand.Open open:
                _observer.Report(Open(open));
                return true;
            case MediaCommand.OpenRelay open:
                _observer.Report(Open(open));
                return true;
        }

        if (!_hosts.TryGetValue(command.MediaId, out var host))
        {
            return false;
        }

        if (command is MediaCommand.Gather gather)
        {
            return TryGather((BridgeHost)host, gather);
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
        var host = (IMediaHost)session;
        if (failure is not null)
        {
            _observer.Report(new MediaEvent.ContactLost(host.MediaId, ContactLoss.Defect, $"{failure}"));
        }

        var report = host.Report();
        host.Free();
        Return(host.Ports);
        _hosts.TryRemove(host.MediaId, out _);
        _observer.Report(new MediaEvent.Closed(host.MediaId, report));
    }

    void IMediaWorkerObserver.LoopStalled(TimeSpan gap) => _observer.LoopStalled(gap);

    private static void Return(IReadOnlyList<MediaPortLease> ports)
    {
        foreach (var port in ports)
        {
            port.Return();
        }
    }

    private MediaEvent Open(MediaCommand.Open open)
    {
        if (!TryLease(open.CarrierAddress, out var pair, out var failure))
        {
            return new MediaEvent.OpenFailed(open.MediaId, failure);
        }

        var session = new BridgeSession(open.MediaId, _options.Media, _resources, _clock.Now)
        {
            IsAnchored = open.IsAnchored,
        };
        var host = new BridgeHost(session, LeastLoaded(), _finder, _observer) { Ports = [pair.Lease] };
        return TryServe(host, pair)
            ? new MediaEvent.Opened(open.MediaId, pair.Rtp.LocalAddress.ToIPEndPoint())
            : new MediaEvent.OpenFailed(open.MediaId, "every media worker is full");
    }

    private MediaEvent Open(MediaCommand.OpenRelay open)
    {
        if (!TryLease(open.CarrierAddress, out var carrier, out var failure))
        {
            return new MediaEvent.OpenFailed(open.MediaId, failure);
        }

        if (!TryLease(open.InnerAddress, out var inner, out failure))
        {
            carrier.Close();
            return new MediaEvent.OpenFailed(open.MediaId, failure);
        }

        var session = new RelaySession(
            open.MediaId, _options.Media, _options.Relay, _resources, _comfort.Value);
        var host = new RelayHost(session, LeastLoaded(), _observer) { Ports = [carrier.Lease, inner.Lease] };
        return TryServe(host, carrier, inner)
            ? new MediaEvent.RelayOpened(
                open.MediaId,
                carrier.Rtp.LocalAddress.ToIPEndPoint(),
                inner.Rtp.LocalAddress.ToIPEndPoint())
            : new MediaEvent.OpenFailed(open.MediaId, "every media worker is full");
    }

    private MediaWorker LeastLoaded() => _workers.MinBy(candidate => candidate.Load)!;

    private bool TryLease(
        IPAddress address, [NotNullWhen(true)] out MediaPortPair? pair, out string failure)
    {
        var outcome = _ports.GetOrAdd(address, CreatePorts).TryOpen(out var rtp, out var rtcp);
        var isOpen = outcome == MediaPortOutcome.Opened;
        pair = isOpen ? new MediaPortPair(_ports[address], rtp!, rtcp!) : null;
        failure = isOpen ? "" : $"ports at {address}: {outcome}";
        return isOpen;
    }

    // The sockets are the worker's once it has taken the session.
    private bool TryServe(IMediaHost host, params MediaPortPair[] pairs)
    {
        Invariant.Require(_hosts.TryAdd(host.MediaId, host));
        if (host.Worker.TryAdd(host, [.. pairs.SelectMany(pair => pair.Sockets)]))
        {
            return true;
        }

        _hosts.TryRemove(host.MediaId, out _);
        host.Free();
        foreach (var pair in pairs)
        {
            pair.Close();
        }

        return false;
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

    /// <summary>Two sockets and the lease of their ports.</summary>
    private sealed record MediaPortPair(MediaPortPool Pool, UdpSocket Rtp, UdpSocket Rtcp)
    {
        public MediaPortLease Lease { get; } = new(Pool, Rtp.LocalAddress.Port);

        public IEnumerable<UdpSocket> Sockets => [Rtp, Rtcp];

        public void Close()
        {
            Rtp.Dispose();
            Rtcp.Dispose();
            Lease.Return();
        }
    }
}
