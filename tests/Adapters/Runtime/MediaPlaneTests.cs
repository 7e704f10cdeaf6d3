using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;
using Farspan.Sdp;

namespace Farspan.Runtime.Tests;

/// <summary>The whole media path with real sockets, OpenSSL and libopus.</summary>
public sealed class MediaPlaneTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MonotonicClock _clock = new();
    private readonly Observer _observer = new();
    private readonly OpenSslDtlsSessionFactory _ourDtls = new();
    private readonly OpenSslDtlsSessionFactory _theirDtls = new();
    private readonly MediaPlane _plane;
    private readonly MediaWorker _others;

    public MediaPlaneTests()
    {
        _plane = CreatePlane(firstPort: 23_000, lastPort: 23_099);
        _others = new MediaWorker(new MediaWorkerOptions(), _clock, _observer);
    }

    public void Dispose()
    {
        _plane.Dispose();
        _others.Dispose();
        _ourDtls.Dispose();
        _theirDtls.Dispose();
        _observer.Dispose();
    }

    [Fact]
    public void CarrierAndMeeting_HearEachOther()
    {
        var (phone, phoneAddress) = OpenSocket();
        var (server, serverAddress) = OpenSocket();
        Post(new MediaCommand.Open(1, IPAddress.Loopback));
        var opened = _observer.Take<MediaEvent.Opened>();
        var caller = new CallerSession(TransportAddress.From(opened.CarrierRtp), tone: 42, expected: 7);
        var resources = Resources(_theirDtls);
        var meeting = new MeetingSession(resources, serverAddress, _clock.Now, tone: 7, expected: 42);
        Assert.True(_others.TryAdd(meeting, server));

        Post(new MediaCommand.ConfigureCarrier(1, Audio(phoneAddress)));
        Post(new MediaCommand.Gather(1, null));
        var offer = _observer.Take<MediaEvent.Gathered>().Transport;
        Assert.True(_others.TryAdd(caller, phone));
        Assert.True(_others.TryPost(meeting, Remote(offer, SetupRole.ActivePassive)));
        Assert.True(meeting.Answer.Wait(Patience));
        Post(new MediaCommand.ConnectContact(1, Remote(meeting.Local!, SetupRole.Passive)));
        var connected = _observer.Take<MediaEvent.ContactConnected>();
        Post(new MediaCommand.Bridge(1, IsOpen: true));

        Assert.Contains("127.0.0.1", connected.SelectedPair);
        Assert.True(caller.Heard.Wait(Patience), "The phone hears nothing.");
        Assert.True(meeting.Heard.Wait(Patience), "The meeting hears nothing.");

        Post(new MediaCommand.Close(1));
        var report = _observer.Take<MediaEvent.Closed>().Report;
        Assert.InRange(report.Carrier.PacketsReceived, 40, 100_000);
        Assert.InRange(report.Contact.PacketsSent, 40, 100_000);
        Assert.Equal(0, report.Carrier.PacketsRefused);
        Assert.Equal(0, _plane.Sessions);
        _others.Dispose();
        meeting.Dispose();
        Assert.Empty(_observer.Failures);
    }

    [Fact]
    public void PortsThatAreUsedUp_RefuseACallUntilOneEnds()
    {
        using var plane = CreatePlane(firstPort: 23_200, lastPort: 23_203);
        Assert.True(plane.TryPost(new MediaCommand.Open(1, IPAddress.Loopback)));
        Assert.True(plane.TryPost(new MediaCommand.Open(2, IPAddress.Loopback)));
        Assert.True(plane.TryPost(new MediaCommand.Open(3, IPAddress.Loopback)));
        Assert.Equal(23_200, _observer.Take<MediaEvent.Opened>().CarrierRtp.Port);
        Assert.Equal(23_202, _observer.Take<MediaEvent.Opened>().CarrierRtp.Port);
        var failed = _observer.Take<MediaEvent.OpenFailed>();
        Assert.Contains("Exhausted", failed.Reason, StringComparison.Ordinal);

        Assert.True(plane.TryPost(new MediaCommand.Close(1)));
        Assert.Equal(1, _observer.Take<MediaEvent.Closed>().MediaId);
        Assert.True(plane.TryPost(new MediaCommand.Open(4, IPAddress.Loopback)));
        Assert.Equal(23_200, _observer.Take<MediaEvent.Opened>().CarrierRtp.Port);
        Assert.Equal([2, 4], plane.Reports().Select(entry => entry.MediaId).Order());
    }

    [Fact]
    public void CommandForASessionThatIsGone_IsRefused()
    {
        Assert.False(_plane.TryPost(new MediaCommand.Bridge(99, IsOpen: true)));
        Post(new MediaCommand.Open(1, IPAddress.Loopback));
        _observer.Take<MediaEvent.Opened>();
        Post(new MediaCommand.Close(1));
        _observer.Take<MediaEvent.Closed>();
        Assert.False(_plane.TryPost(new MediaCommand.Gather(1, null)));
    }

    [Fact]
    public void DefectInASession_EndsItAloneAndIsSaid()
    {
        Post(new MediaCommand.Open(1, IPAddress.Loopback));
        Post(new MediaCommand.Open(2, IPAddress.Loopback));
        _observer.Take<MediaEvent.Opened>();
        _observer.Take<MediaEvent.Opened>();
        var phone = TransportAddress.From(IPAddress.Loopback, 9);

        // Negotiation never agrees on 500 ms.
        var nonsense = Audio(phone) with { PacketTime = TimeSpan.FromMilliseconds(500) };
        Post(new MediaCommand.ConfigureCarrier(1, nonsense));

        Assert.Equal(ContactLoss.Defect, _observer.Take<MediaEvent.ContactLost>().Loss);
        Assert.Equal(1, _observer.Take<MediaEvent.Closed>().MediaId);
        Post(new MediaCommand.Gather(2, null));
        Assert.Equal(2, _observer.Take<MediaEvent.Gathered>().MediaId);
    }

    [Fact]
    public void SecondGathering_GetsASocketOfItsOwn()
    {
        Post(new MediaCommand.Open(1, IPAddress.Loopback));
        _observer.Take<MediaEvent.Opened>();
        var ports = new HashSet<int>();
        for (var i = 0; i < 4; i++)
        {
            Post(new MediaCommand.Gather(1, null));
            ports.Add(Assert.Single(_observer.Take<MediaEvent.Gathered>().Transport.Candidates).Port);
        }

        Assert.Equal(4, ports.Count);
    }

    [Fact]
    public void ACloseThatFindsNoRoom_IsPerformedAllTheSame_AndNothingLeaks()
    {
        using var observer = new Observer { Holds = true };
        using var plane = CreatePlane(23_300, 23_301, new MediaWorkerOptions { MaxCommands = 4 }, observer);
        HoldWorker(plane, observer);
        while (plane.TryPost(new MediaCommand.Bridge(1, IsOpen: true)))
        {
            // Until there is no room.
        }

        Assert.True(plane.TryPost(new MediaCommand.Close(1)));
        observer.Release.Set();

        observer.Take<MediaEvent.Gathered>();
        Assert.Equal(1, observer.Take<MediaEvent.Closed>().MediaId);
        Assert.Equal(0, plane.Sessions);
        Assert.True(plane.TryPost(new MediaCommand.Open(2, IPAddress.Loopback)));
        Assert.Equal(23_300, observer.Take<MediaEvent.Opened>().CarrierRtp.Port);
    }

    [Fact]
    public void AWorkerThatIsStuck_IsToldWhileItIs_AndWhenItIsOver()
    {
        var threshold = TimeSpan.FromMilliseconds(400);
        using var observer = new Observer { Holds = true };
        using var plane = CreatePlane(23_400, 23_401, new MediaWorkerOptions(), observer);
        HoldWorker(plane, observer);

        var since = observer.TakeStuck();
        Assert.InRange(since, threshold, Patience);
        observer.Release.Set();

        Assert.True(observer.TakeStall() >= since);
    }

    private static MediaResources Resources(IDtlsSessionFactory dtls) => new()
    {
        Dtls = dtls,
        Codecs = new OpusCodecFactory(),
        Keys = RandomNumberGenerator.Fill,
        Sha1 = OpenSslSha1.TryCreate(),
    };

    private static (UdpSocket Socket, TransportAddress Address) OpenSocket()
    {
        var anyPort = TransportAddress.From(IPAddress.Loopback, 0);
        Assert.True(UdpSocket.TryOpen(anyPort, new UdpSocketSettings(), out var socket, out _));
        return (socket, socket.LocalAddress);
    }

    private static NegotiatedAudio Audio(TransportAddress phone) => new()
    {
        Codec = AudioCodec.Pcmu,
        PayloadType = 0,
        ReceivePayloadType = 0,
        PacketTime = TimeSpan.FromMilliseconds(20),
        RemoteRtp = phone,
        RemoteRtcp = phone,
        IsRtcpMultiplexed = true,
        Direction = Direction.SendReceive,
    };

    private static RemoteTransport Remote(LocalTransport local, SetupRole setup) => new()
    {
        IceUfrag = local.IceUfrag,
        IcePassword = local.IcePassword,
        Fingerprint = local.Fingerprint,
        Setup = setup,
        IsIceLite = false,
        Candidates = local.Candidates,
        OpusPayloadType = WebRtcMedia.OpusPayloadType,
        Direction = Direction.SendReceive,
    };

    // Whoever hears what a worker has to say may keep it; no observer of ours does.
    private static void HoldWorker(MediaPlane plane, Observer observer)
    {
        Assert.True(plane.TryPost(new MediaCommand.Open(1, IPAddress.Loopback)));
        observer.Take<MediaEvent.Opened>();
        Assert.True(plane.TryPost(new MediaCommand.Gather(1, null)));
        Assert.True(observer.IsHeld.Wait(Patience));
    }

    private MediaPlane CreatePlane(
        ushort firstPort, ushort lastPort, MediaWorkerOptions? worker = null, Observer? observer = null)
    {
        var options = new MediaPlaneOptions
        {
            ContactAddress = IPAddress.Loopback,
            Workers = 1,
            FirstCarrierPort = firstPort,
            LastCarrierPort = lastPort,
            Worker = worker ?? new MediaWorkerOptions(),
        };
        return new MediaPlane(options, Resources(_ourDtls), _clock, observer ?? _observer);
    }

    private void Post(MediaCommand command) => Assert.True(_plane.TryPost(command));

    private sealed class Observer : IMediaPlaneObserver, IMediaWorkerObserver, IDisposable
    {
        private readonly BlockingCollection<MediaEvent> _events = [];
        private readonly BlockingCollection<TimeSpan> _stuck = [];
        private readonly BlockingCollection<TimeSpan> _stalls = [];

        /// <summary>Whether a worker that has gathered is kept until it is released.</summary>
        public bool Holds { get; set; }

        public ManualResetEventSlim IsHeld { get; } = new();

        public ManualResetEventSlim Release { get; } = new();

        public ConcurrentQueue<Exception> Failures { get; } = new();

        public void Report(MediaEvent media)
        {
            if (Holds && media is MediaEvent.Gathered)
            {
                IsHeld.Set();
                Assert.True(Release.Wait(Patience));
            }

            _events.Add(media);
        }

        public void LoopStalled(TimeSpan gap) => _stalls.Add(gap);

        public void LoopStuck(TimeSpan since) => _stuck.Add(since);

        public TimeSpan TakeStuck()
        {
            Assert.True(_stuck.TryTake(out var since, Patience));
            return since;
        }

        public TimeSpan TakeStall()
        {
            Assert.True(_stalls.TryTake(out var gap, Patience));
            return gap;
        }

        public void SessionEnded(IMediaSession session, Exception? failure)
        {
            if (failure is not null)
            {
                Failures.Enqueue(failure);
            }
        }

        public T Take<T>()
            where T : MediaEvent
        {
            Assert.True(_events.TryTake(out var media, Patience), $"{typeof(T).Name} does not come.");
            Assert.True(media is T, $"{media} in the stead of {typeof(T).Name}");
            return (T)media;
        }

        public void Dispose()
        {
            _events.Dispose();
            _stuck.Dispose();
            _stalls.Dispose();
            IsHeld.Dispose();
            Release.Dispose();
        }
    }
}
