using System.Net;
using System.Security.Cryptography;
using System.Threading.Channels;
using Farspan.ConnectEmulator;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;
using Farspan.Runtime;
using Farspan.Sdp;
using Farspan.Tones;

namespace Farspan.ConnectEmulatorMedia.Tests;

/// <summary>The emulator's media plane and clients of it, over real sockets of this machine.</summary>
internal sealed class MediaBench : IMeetingMediaEvents, IMediaWorkerObserver, IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly MonotonicClock _clock = new();
    private readonly MediaWorker _worker;
    private readonly MediaResources _resources;
    private readonly Channel<object> _events = Channel.CreateUnbounded<object>();
    private readonly List<TestClient> _clients = [];
    private long _lastConnection;

    public MediaBench(MeetingMediaSettings? settings = null)
    {
        Tones = new ToneClock(_clock);
        _worker = new MediaWorker(new MediaWorkerOptions { Name = "clients" }, _clock, this);
        _resources = new MediaResources
        {
            Dtls = new OpenSslDtlsSessionFactory(),
            Codecs = new OpusCodecFactory(),
            Keys = RandomNumberGenerator.Fill,
        };
        Media = new MeetingMedia(settings ?? new MeetingMediaSettings { Addresses = ["127.0.0.1"] }, Log.Add);
        Media.Start(this);
    }

    public MeetingMedia Media { get; }

    public ToneClock Tones { get; }

    public List<string> Log { get; } = [];

    public OpusLoops Loops { get; } = new(new OpusCodecFactory());

    /// <summary>Connects an attendee and waits until the media plane says so.</summary>
    public async Task<TestClient> JoinAsync(string meetingId, string attendeeId)
    {
        var client = NewClient(attendeeId);
        Media.Answer(new MediaOffer(client.Connection, meetingId, attendeeId, client.Offer));
        var answered = await ExpectAsync<Answered>(each => each.Connection == client.Connection);
        Assert.True(SdpParser.TryParse(answered.Sdp, out var answer, out _));
        Assert.True(RemoteTransport.TryRead(answer, out var remote, out _));
        Assert.True(_worker.TryPost(client, remote));
        await ExpectAsync<Connected>(each => each.Connection == client.Connection);
        return client;
    }

    public TestClient NewClient(string attendeeId)
    {
        var loopback = TransportAddress.From(IPAddress.Loopback, 0);
        Assert.True(UdpSocket.TryOpen(loopback, new UdpSocketSettings(), out var socket, out _));
        var client = new TestClient(
            new SocketId(++_lastConnection), attendeeId, socket.LocalAddress, _resources, Tones);
        _clients.Add(client);
        Assert.True(_worker.TryAdd(client, socket));
        return client;
    }

    public void Tell(TestClient client, object message) => Assert.True(_worker.TryPost(client, message));

    public Task UntilAsync(TestClient client, Func<TestClient, bool> condition)
    {
        var waiter = new TestClient.Waiter(condition);
        Tell(client, waiter);
        return waiter.Done.WaitAsync(Patience);
    }

    public Task Vanish(TestClient client)
    {
        Assert.True(_worker.TryRemove(client));
        return Task.CompletedTask;
    }

    /// <summary>The next event of a kind; others are passed over.</summary>
    public async Task<T> ExpectAsync<T>(Func<T, bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            if (await _events.Reader.ReadAsync(patience.Token) is T found && condition(found))
            {
                return found;
            }
        }
    }

    void IMeetingMediaEvents.Answered(SocketId connection, string sdpAnswer) =>
        _events.Writer.TryWrite(new Answered(connection, sdpAnswer));

    void IMeetingMediaEvents.Refused(SocketId connection, string reason) =>
        _events.Writer.TryWrite(new Refused(connection, reason));

    void IMeetingMediaEvents.Connected(SocketId connection) =>
        _events.Writer.TryWrite(new Connected(connection));

    void IMeetingMediaEvents.Lost(SocketId connection) => _events.Writer.TryWrite(new Lost(connection));

    void IMeetingMediaEvents.Heard(string meetingId, VoiceHearing hearing) =>
        _events.Writer.TryWrite(new Heard(meetingId, hearing));

    void IMediaWorkerObserver.SessionEnded(IMediaSession session, Exception? failure) =>
        ((TestClient)session).Dispose();

    void IMediaWorkerObserver.LoopStalled(TimeSpan gap)
    {
        // The machine is busy: nothing that these tests measure.
    }

    public async ValueTask DisposeAsync()
    {
        await Media.DisposeAsync();
        _worker.Dispose();
        _resources.Dtls.Dispose();
    }

    internal sealed record Answered(SocketId Connection, string Sdp);

    internal sealed record Refused(SocketId Connection, string Reason);

    internal sealed record Connected(SocketId Connection);

    internal sealed record Lost(SocketId Connection);

    internal sealed record Heard(string MeetingId, VoiceHearing Hearing);
}
