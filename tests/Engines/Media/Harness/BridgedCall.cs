using System.Net;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Sdp;

namespace Farspan.Media.Tests;

/// <summary>A call in virtual time: a phone, the bridge under test and a meeting's media server.</summary>
internal sealed class BridgedCall
{
    public static readonly TransportAddress CarrierRtp = Address(2, 20_000);
    public static readonly TransportAddress CarrierRtcp = Address(2, 20_001);

    private readonly NetworkSink _sink;
    private int _sockets;

    public BridgedCall(
        MediaSettings? settings = null,
        MediaResources? ours = null,
        MediaResources? theirs = null,
        AudioCodec codec = AudioCodec.Pcmu,
        int packetMilliseconds = 20,
        bool isAnchored = false)
    {
        Network = new MediaNetwork();
        _sink = new NetworkSink(Network);
        _sink.Bind(MediaSocketTags.CarrierRtp, CarrierRtp);
        _sink.Bind(MediaSocketTags.CarrierRtcp, CarrierRtcp);
        Settings = settings ?? new MediaSettings();
        Ours = ours ?? Resources(1);
        Theirs = theirs ?? Resources(2);
        Bridge = new BridgeSession(77, Settings, Ours, Network.Now) { IsAnchored = isAnchored };
        Phone = new Phone(Network, Address(1, 4_000), CarrierRtp, codec)
        {
            PacketMilliseconds = packetMilliseconds,
        };
        FarEnd = CreateFarEnd();
        Listen(CarrierRtp, MediaSocketTags.CarrierRtp);
        Listen(CarrierRtcp, MediaSocketTags.CarrierRtcp);
        Network.Every20Milliseconds(Tick);
    }

    public MediaNetwork Network { get; }

    public MediaSettings Settings { get; }

    public MediaResources Ours { get; }

    public MediaResources Theirs { get; }

    public BridgeSession Bridge { get; }

    public NetworkSink Sink => _sink;

    public Phone Phone { get; }

    public Participant FarEnd { get; private set; }

    public List<MediaEvent> Events { get; } = [];

    /// <summary>The media worker does not run.</summary>
    public bool IsStalled { get; set; }

    public bool IsConnected => Events.OfType<MediaEvent.ContactConnected>().Any();

    public MediaEvent.ContactLost? Loss => Events.OfType<MediaEvent.ContactLost>().SingleOrDefault();

    public string Digits => new([.. Events.OfType<MediaEvent.DigitDetected>().Select(digit => digit.Digit)]);

    public static TransportAddress Address(byte host, int port) =>
        TransportAddress.From(new IPAddress([192, 0, 2, host]), port);

    public static MediaResources Resources(byte identity) => new()
    {
        Dtls = new PlainDtls(identity),
        Codecs = new LinearCodecs(),
        Keys = new RandomSource(identity).Fill,
    };

    public NegotiatedAudio Audio(AudioCodec codec = AudioCodec.Pcmu) => new()
    {
        Codec = codec,
        PayloadType = Phone.PayloadType,
        ReceivePayloadType = Phone.PayloadType,
        TelephoneEvent = new TelephoneEventFormat(101, 101, 8_000),
        ComfortNoisePayloadType = 13,
        PacketTime = TimeSpan.FromMilliseconds(Phone.PacketMilliseconds),
        RemoteRtp = Phone.Address,
        RemoteRtcp = Phone.Address.WithPort((ushort)(Phone.Address.Port + 1)),
        IsRtcpMultiplexed = false,
        Direction = Direction.SendReceive,
    };

    /// <summary>Sets the whole call up and opens the bridge.</summary>
    public BridgedCall Begin(AudioCodec codec = AudioCodec.Pcmu)
    {
        Configure(Audio(codec));
        Join();
        Network.RunUntil(() => IsConnected && FarEnd.IsConnected);
        Open(true);
        return this;
    }

    public void Configure(NegotiatedAudio audio) => Do(() => Bridge.ConfigureCarrier(audio, Network.Now));

    public void Open(bool isOpen) => Do(() => Bridge.Bridge(isOpen, Network.Now));

    public void Gather(TurnServers? servers = null)
    {
        var socket = new ContactSocket(Bridge.FreeContactTag, Address(2, 30_000 + (2 * _sockets++)));
        _sink.Bind(socket.SocketTag, socket.Address);
        Listen(socket.Address, socket.SocketTag);
        Do(() => Bridge.Gather(servers, socket, Network.Now, _sink));
    }

    public void Connect(RemoteTransport remote) =>
        Do(() => Bridge.ConnectContact(remote, Network.Now, _sink));

    public void Hush(bool isHushed) => Bridge.Hush(isHushed);

    public void Close() => Do(() => Bridge.Close(Network.Now, _sink));

    /// <summary>Gathers, and lets offer and answer be exchanged at once.</summary>
    public void Join()
    {
        Gather();
        Exchange(FarEnd);
    }

    public void Exchange(Participant farEnd)
    {
        farEnd.Gather();
        farEnd.Connect(Remotes.Of(Local, SetupRole.ActivePassive));
        Connect(farEnd.AsRemote(SetupRole.Passive));
    }

    public LocalTransport Local => Events.OfType<MediaEvent.Gathered>().Last().Transport;

    /// <summary>Joins again with another media server; the old transport goes on meanwhile.</summary>
    public Participant Rejoin()
    {
        FarEnd = CreateFarEnd(port: 5_002, tone: 9);
        Join();
        return FarEnd;
    }

    public void Run(double seconds) => Network.Run(TimeSpan.FromSeconds(seconds));

    private Participant CreateFarEnd(int port = 5_000, int tone = 7) =>
        new(Network, Address(3, port), WebRtcRole.Answerer, Theirs, Settings, tone, Phone.SampleRateHz);

    private void Listen(TransportAddress address, int socketTag) => Network.Listen(
        address, (from, datagram) => Do(() => Bridge.Receive(socketTag, from, datagram, Network.Now, _sink)));

    private void Tick(Instant now)
    {
        if (!IsStalled)
        {
            Do(() => Bridge.Tick(now, now, _sink));
        }
    }

    private void Do(Action action)
    {
        action();
        Events.AddRange(Bridge.Events.Effects);
        Bridge.Events.Clear();
    }
}
