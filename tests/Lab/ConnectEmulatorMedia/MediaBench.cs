using System.Collections.Concurrent;
using System.Threading.Channels;
using Farspan.ConnectEmulator;
using Farspan.Native;
using Farspan.Sdp;

namespace Farspan.ConnectEmulatorMedia.Tests;

/// <summary>The emulator's media plane and clients of it, over real sockets of this machine.</summary>
internal sealed class MediaBench : IMeetingMediaEvents, IAsyncDisposable
{
    private readonly TestClients _clients = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Channel<object> _events = Channel.CreateUnbounded<object>();

    public MediaBench(MeetingMediaSettings? settings = null)
    {
        settings ??= new MeetingMediaSettings { Addresses = ["127.0.0.1"] };
        Media = new MeetingMedia(settings, _log.Enqueue);
        Media.Start(this);
    }

    public MeetingMedia Media { get; }

    public OpusLoops Loops { get; } = new();

    /// <summary>Connects an attendee and waits until the media plane says so.</summary>
    public async Task<TestClient> JoinAsync(string meetingId, string attendeeId)
    {
        var client = _clients.Add(attendeeId);
        var answer = await OfferAsync(client, meetingId);
        Assert.True(RemoteTransport.TryRead(answer, out var remote, out _));
        Tell(client, remote);
        await ExpectAsync<Connected>(each => each.Connection == client.Connection);
        return client;
    }

    /// <summary>Offers as a client that is not yet connected.</summary>
    public Task<SessionDescription> OfferAsync(string meetingId, string attendeeId) =>
        OfferAsync(_clients.Add(attendeeId), meetingId);

    public async Task<SessionDescription> OfferAsync(TestClient client, string meetingId)
    {
        Media.Answer(new MediaOffer(client.Connection, meetingId, client.AttendeeId, client.Offer));
        var answered = await ExpectAsync<Answered>(each => each.Connection == client.Connection);
        Assert.True(SdpParser.TryParse(answered.Sdp, out var answer, out _));
        return answer;
    }

    public void Tell(TestClient client, object message) => _clients.Tell(client, message);

    public Task UntilAsync(TestClient client, Func<TestClient, bool> condition) =>
        _clients.UntilAsync(client, condition);

    public void Crash(TestClient client) => _clients.Crash(client);

    /// <summary>The next event of a kind; others are passed over.</summary>
    public async Task<T> ExpectAsync<T>(Func<T, bool> condition)
    {
        using var patience = new CancellationTokenSource(TestClients.Patience);
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

    public async ValueTask DisposeAsync()
    {
        await Media.DisposeAsync();
        _clients.Dispose();
        Assert.DoesNotContain(_log, line => line.Contains("defect", StringComparison.Ordinal));
    }

    internal sealed record Answered(SocketId Connection, string Sdp);

    internal sealed record Refused(SocketId Connection, string Reason);

    internal sealed record Connected(SocketId Connection);

    internal sealed record Lost(SocketId Connection);

    internal sealed record Heard(string MeetingId, VoiceHearing Hearing);
}
