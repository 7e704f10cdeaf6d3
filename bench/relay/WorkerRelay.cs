using System.Net;
using Farspan.Kernel;
using Farspan.Native;
using Farspan.Runtime;

namespace Farspan.Bench;

/// <summary>
/// The product's media worker with sessions that only relay. It serves their ticks too, 50 a second each.
/// </summary>
internal sealed class WorkerRelay : IRelay, IMediaWorkerObserver
{
    private readonly MediaWorker _worker;
    private readonly RelayMeter _meter = new();
    private readonly RelaySession _first;
    private readonly List<int> _ports = [];

    /// <param name="processor">Where its thread is pinned.</param>
    /// <param name="sockets">An even number; two make a session.</param>
    /// <param name="sinkPort">Where everything goes.</param>
    public WorkerRelay(int processor, int sockets, int sinkPort)
    {
        var sink = TransportAddress.From(IPAddress.Loopback, sinkPort);
        var options = new MediaWorkerOptions { Processor = processor };
        _worker = new MediaWorker(options, new MonotonicClock(), this);
        _first = new RelaySession(sink, _meter);
        for (var i = 0; i < sockets / 2; i++)
        {
            var session = i == 0 ? _first : new RelaySession(sink, _meter);
            Invariant.Require(_worker.TryAdd(session, Open(), Open()));
        }
    }

    public IReadOnlyList<int> Ports => _ports;

    public RelayReading Read()
    {
        Invariant.Require(_worker.TryPost(_first, this));
        return _meter.Await();
    }

    public void SessionEnded(IMediaSession session, Exception? failure) => Invariant.Require(failure is null);

    /// <summary>
    /// A machine that is busy with something else: the contest goes on, the range shows it.
    /// </summary>
    public void LoopStalled(TimeSpan gap)
    {
    }

    public void Dispose()
    {
        _worker.Dispose();
        _meter.Dispose();
    }

    private UdpSocket Open()
    {
        var any = TransportAddress.From(IPAddress.Loopback, 0);
        if (!UdpSocket.TryOpen(any, new UdpSocketSettings(), out var socket, out var error))
        {
            throw new InvalidOperationException($"no socket: {error}");
        }

        _ports.Add(socket.LocalAddress.Port);
        return socket;
    }
}
