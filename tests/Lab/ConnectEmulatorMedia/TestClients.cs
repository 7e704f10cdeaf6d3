using System.Net;
using System.Security.Cryptography;
using Farspan.ConnectEmulator;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;
using Farspan.Runtime;
using Farspan.Tones;

namespace Farspan.ConnectEmulatorMedia.Tests;

/// <summary>Clients on a media worker of their own.</summary>
internal sealed class TestClients : IMediaWorkerObserver, IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MonotonicClock _clock = new();
    private readonly MediaWorker _worker;
    private readonly MediaResources _resources;
    private readonly ToneClock _tones;
    private long _lastConnection;

    public TestClients()
    {
        _tones = new ToneClock(_clock);
        _worker = new MediaWorker(new MediaWorkerOptions { Name = "clients" }, _clock, this);
        _resources = new MediaResources
        {
            Dtls = new OpenSslDtlsSessionFactory(),
            Codecs = new OpusCodecFactory(),
            Keys = RandomNumberGenerator.Fill,
        };
    }

    public TestClient Add(string attendeeId)
    {
        var loopback = TransportAddress.From(IPAddress.Loopback, 0);
        Assert.True(UdpSocket.TryOpen(loopback, new UdpSocketSettings(), out var socket, out _));
        var client = new TestClient(
            new SocketId(++_lastConnection), attendeeId, socket.LocalAddress, _resources, _tones);
        Assert.True(_worker.TryAdd(client, socket));
        return client;
    }

    /// <summary>Ends a client without a word, as a crash does.</summary>
    public void Crash(TestClient client) => Assert.True(_worker.TryRemove(client));

    public void Tell(TestClient client, object message) => Assert.True(_worker.TryPost(client, message));

    public Task UntilAsync(TestClient client, Func<TestClient, bool> condition)
    {
        var waiter = new TestClient.Waiter(condition);
        Tell(client, waiter);
        return waiter.Done.WaitAsync(Patience);
    }

    void IMediaWorkerObserver.SessionEnded(IMediaSession session, Exception? failure) =>
        ((TestClient)session).Dispose();

    void IMediaWorkerObserver.LoopStalled(TimeSpan gap)
    {
        // The machine is busy: nothing that these tests measure.
    }

    public void Dispose()
    {
        _worker.Dispose();
        _resources.Dtls.Dispose();
    }
}
