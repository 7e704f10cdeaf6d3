using System.Net;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Rtp;
using Farspan.Sdp;

namespace Farspan.Bench;

/// <summary>
/// A call through the product's bridge between a telephone and the media server of a meeting, in virtual
/// time. What the bridge does for a frame is apart from what the other two do, so that it can be measured
/// alone.
/// </summary>
internal sealed class BridgedCall : IDisposable
{
    private const int FarEndTag = 7;
    private const byte PcmuPayloadType = 0;
    private const uint PhoneSsrc = 0xABCD_0001;
    private const int StepMilliseconds = 5;
    private const int MaxSteps = 2_000;

    private static readonly TransportAddress Phone = Address(1, 4_000);
    private static readonly TransportAddress Contact = Address(2, 30_000);
    private static readonly TransportAddress FarEnd = Address(3, 5_000);

    private readonly BridgeSession _bridge;
    private readonly FrameSink _fromBridge = new();
    private readonly WebRtcMedia _farEnd;
    private readonly FrameSink _fromFarEnd = new();
    private readonly byte[] _phonePacket = new byte[RtpHeader.Bytes + OpusCall.FrameSamples];
    private readonly byte[] _phoneHears = new byte[OpusCall.FrameSamples];
    private readonly int _contactTag;
    private readonly Loudness _spoken = new();
    private readonly Loudness _heardByFarEnd = new();
    private readonly Loudness _heardByPhone = new();
    private uint _frames;

    public BridgedCall(MediaResources ours, MediaResources theirs, Instant now)
    {
        var settings = new MediaSettings();
        _bridge = new BridgeSession(1, settings, ours, now);
        _farEnd = new WebRtcMedia(
            WebRtcRole.Answerer, theirs, settings, new RandomSource(3), new Outbox<TurnPathNotice>(), now);
        _bridge.ConfigureCarrier(Audio, now);
        _contactTag = _bridge.FreeContactTag;
        Connect(now);
    }

    public MediaReport Report => _bridge.Report();

    /// <summary>
    /// How loud the far end hears the telephone, and the telephone the far end: 1 is as it was said.
    /// </summary>
    public (double FarEnd, double Phone) Heard => (_heardByFarEnd.Of(_spoken), _heardByPhone.Of(_spoken));

    private static NegotiatedAudio Audio => new()
    {
        Codec = AudioCodec.Pcmu,
        PayloadType = PcmuPayloadType,
        ReceivePayloadType = PcmuPayloadType,
        PacketTime = TimeSpan.FromMilliseconds(20),
        RemoteRtp = Phone,
        RemoteRtcp = Phone.WithPort(4_001),
        IsRtcpMultiplexed = false,
        Direction = Direction.SendReceive,
    };

    /// <summary>
    /// The telephone and the media server each send a packet; the packets are on their way.
    /// </summary>
    public void Speak(ReadOnlySpan<byte> muLaw, ReadOnlySpan<byte> opus, Instant now)
    {
        var timestamp = _frames * OpusCall.FrameSamples;
        var header = new RtpHeader(PcmuPayloadType, _frames == 0, (ushort)_frames, timestamp, PhoneSsrc);
        header.Encode(_phonePacket);
        muLaw.CopyTo(_phonePacket.AsSpan(RtpHeader.Bytes));
        _frames++;
        _farEnd.WriteEncoded(opus, now, _fromFarEnd);
    }

    /// <summary>Everything that the bridge does for 20 ms of a call: this is what is measured.</summary>
    public void Carry(Instant now)
    {
        _bridge.Receive(MediaSocketTags.CarrierRtp, Phone, _phonePacket, now, _fromBridge);
        for (var i = 0; i < _fromFarEnd.Count; i++)
        {
            _bridge.Receive(_contactTag, FarEnd, _fromFarEnd.Datagram(i), now, _fromBridge);
        }

        _bridge.Tick(now, now, _fromBridge);
    }

    /// <summary>What the bridge sent arrives; the media server answers checks.</summary>
    public void Deliver(Instant now)
    {
        _fromFarEnd.Clear();
        _bridge.Events.Clear();
        for (var i = 0; i < _fromBridge.Count; i++)
        {
            Deliver(_fromBridge.TagOf(i), _fromBridge.Datagram(i), now);
        }

        _fromBridge.Clear();
        _farEnd.Expire(now, _fromFarEnd);
        _farEnd.Events.Clear();
    }

    /// <summary>
    /// The telephone and the media server play what they received. Left out of rounds that are timed: the
    /// far end's decoder would compete with the bridge for the caches, and the peer has no such neighbour.
    /// </summary>
    public void Listen(ReadOnlySpan<byte> spoken, Instant now)
    {
        Span<short> pcm = stackalloc short[OpusCall.FrameSamples];
        _spoken.Add(spoken);
        _heardByPhone.Add(_phoneHears);
        if (_farEnd.Read(pcm, now))
        {
            _heardByFarEnd.Add(pcm);
        }
    }

    public void Dispose()
    {
        _bridge.Dispose();
        _farEnd.Dispose();
    }

    private void Deliver(int socketTag, Span<byte> datagram, Instant now)
    {
        if (socketTag == _contactTag)
        {
            _farEnd.Receive(FarEndTag, Contact, datagram, now, _fromFarEnd);
        }
        else if (socketTag == MediaSocketTags.CarrierRtp)
        {
            datagram[RtpHeader.Bytes..].CopyTo(_phoneHears);
        }
    }

    private static TransportAddress Address(byte host, int port) =>
        TransportAddress.From(new IPAddress([192, 0, 2, host]), port);

    private static RemoteTransport Read(LocalTransport local, SetupRole setup) => new()
    {
        IceUfrag = local.IceUfrag,
        IcePassword = local.IcePassword,
        Fingerprint = local.Fingerprint,
        Setup = setup,
        IsIceLite = false,
        Candidates = local.Candidates,
        OpusPayloadType = WebRtcMedia.OpusPayloadType,
        Ssrc = local.Ssrc,
        Direction = Direction.SendReceive,
    };

    private void Connect(Instant now)
    {
        _bridge.Gather(null, new ContactSocket(_contactTag, Contact), now, _fromBridge);
        var ours = _bridge.Events.Drain().OfType<MediaEvent.Gathered>().Single().Transport;
        _farEnd.Gather(null, FarEndTag, FarEnd, now, _fromFarEnd);
        var theirs = _farEnd.Events.Drain().OfType<WebRtcEvent.Gathered>().Single().Transport;
        _farEnd.Connect(Read(ours, SetupRole.ActivePassive), now, _fromFarEnd);
        _bridge.ConnectContact(Read(theirs, SetupRole.Passive), now, _fromBridge);
        var isConnected = false;
        for (var step = 0; step < MaxSteps && !(isConnected && _farEnd.IsConnected); step++)
        {
            now += TimeSpan.FromMilliseconds(StepMilliseconds);
            Carry(now);
            isConnected |= _bridge.Events.Drain().OfType<MediaEvent.ContactConnected>().Any();
            Deliver(now);
        }

        Invariant.Require(isConnected && _farEnd.IsConnected);
        _bridge.Bridge(isOpen: true, now);
    }
}
