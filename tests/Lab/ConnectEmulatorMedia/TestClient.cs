using System.Security.Cryptography;
using Farspan.Audio;
using Farspan.ConnectEmulator;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;
using Farspan.Rtp;
using Farspan.Runtime;
using Farspan.Sdp;
using Farspan.Tones;

namespace Farspan.ConnectEmulatorMedia.Tests;

/// <summary>
/// A WebRTC client as the connector is one: offers, connects with real ICE, DTLS and SRTP, says a loop, and
/// tells what it hears.
/// </summary>
internal sealed class TestClient : IMediaSession, IDisposable
{
    private readonly WebRtcTransport _transport;
    private readonly ToneClock _clock;
    private readonly OpusDecoder _decoder = new(16_000);
    private readonly ToneListener _listener;
    private readonly Outbox<ToneHeard> _heard = new();
    private readonly List<Waiter> _waiters = [];
    private readonly short[] _pcm = new short[16 * AudioLimits.MaxFrameMilliseconds];
    private readonly short[] _recent = new short[16_000];
    private readonly RtpStream _stream;
    private OpusLoop? _says;
    private bool _saysSequence;
    private int? _wanted;
    private long _ticks;

    public TestClient(
        SocketId connection,
        string attendeeId,
        TransportAddress local,
        MediaResources resources,
        ToneClock clock)
    {
        Connection = connection;
        AttendeeId = attendeeId;
        _clock = clock;
        _listener = new ToneListener(clock, 16_000);
        var random = new RandomSource(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        var endpoint = new WebRtcEndpoint
        {
            Role = WebRtcRole.Offerer,
            SocketTag = 0,
            LocalAddress = local,
            Ssrc = random.NextUInt32(),
            CanonicalName = "test",
        };
        _transport = new WebRtcTransport(
            endpoint, resources, new MediaSettings(), random, new Outbox<TurnPathNotice>());
        _transport.Gather(null, Instant.Zero, new NoSink());
        var half = _transport.Events.Drain().OfType<WebRtcEvent.Gathered>().Single().Transport;
        Offer = SdpWriter.Write(WebRtcOffer.Create(half));
        _stream = new RtpStream(half.Ssrc, 111, 0, 0);
    }

    public SocketId Connection { get; }

    public string AttendeeId { get; }

    public string Offer { get; }

    /// <summary>RTP packets received.</summary>
    public long Packets { get; private set; }

    public HashSet<uint> Sources { get; } = [];

    public void Receive(MediaDatagram datagram, Instant now, MediaOutput output)
    {
        var kind = _transport.Receive(
            datagram.SocketTag, datagram.From, datagram.Bytes, now, output, out var media);
        if (kind == DatagramKind.Rtp && RtpPacketView.TryDecode(media, out var packet, out _))
        {
            Packets++;
            Sources.Add(packet.Header.Ssrc);
            var samples = _decoder.Decode(packet.Payload, _pcm);
            _recent.AsSpan(samples).CopyTo(_recent);
            _pcm.AsSpan(0, samples).CopyTo(_recent.AsSpan(_recent.Length - samples));
            _listener.Accept(_pcm.AsSpan(0, samples), now, _heard);
        }

        Look();
    }

    public void Tick(Instant due, Instant now, MediaOutput output)
    {
        _ticks++;
        BeginSequence(due);
        _transport.Expire(now, output);
        if (_transport.CanSend && _says is not null)
        {
            var frame = _saysSequence ? _clock.SampleAt(due, 8_000) / 160 : _ticks;
            _transport.SendRtp(_stream.Frame(_says[frame], due), output);
        }

        Look();
    }

    public void Handle(object message, Instant now, MediaOutput output)
    {
        switch (message)
        {
            case RemoteTransport remote:
                _transport.Connect(remote, now, output);
                break;

            case OpusLoop loop:
                _says = loop;
                break;

            case SaySequence(var code):
                _wanted = code;
                break;

            case Waiter waiter:
                _waiters.Add(waiter);
                Look();
                break;
        }
    }

    public void Dispose()
    {
        _transport.Dispose();
        _decoder.Dispose();
    }

    /// <summary>Whether the last second is mostly this tone.</summary>
    public bool HearsTone(double frequencyHz) => Share(frequencyHz) > 0.8;

    public double Share(double frequencyHz) => Tone.Share(_recent, frequencyHz, 16_000);

    public ToneHeard? FindHeard(int code)
    {
        foreach (var heard in _heard.Effects)
        {
            if (heard.Code == code)
            {
                return heard;
            }
        }

        return null;
    }

    // Its frames begin where ours do, which only a tick tells.
    private void BeginSequence(Instant due)
    {
        if (_wanted is { } code)
        {
            var loops = new OpusLoops();
            _says = loops.Sequence(code, _clock.SampleAt(due, 8_000) % 160);
            _saysSequence = true;
            _wanted = null;
        }
    }

    private void Look()
    {
        _transport.Events.Clear();
        for (var i = _waiters.Count - 1; i >= 0; i--)
        {
            if (_waiters[i].TryFinish(this))
            {
                _waiters.RemoveAt(i);
            }
        }
    }

    /// <summary>Asks the client to play a sequence.</summary>
    internal sealed record SaySequence(int Code);

    /// <summary>Waits until something is so, looked at on the client's thread.</summary>
    internal sealed class Waiter(Func<TestClient, bool> condition)
    {
        private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Done => _done.Task;

        public bool TryFinish(TestClient client) => condition(client) && _done.TrySetResult();
    }

    private sealed class NoSink : IDatagramSink
    {
        public Span<byte> Reserve() => throw Invariant.Unreachable(this);

        public void Commit(int socketTag, in TransportAddress to, int bytes) =>
            throw Invariant.Unreachable(this);

        public void Send(int socketTag, in TransportAddress to, ReadOnlySpan<byte> datagram) =>
            throw Invariant.Unreachable(this);
    }
}
