using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Sdp;

namespace Farspan.Media.Tests;

/// <summary>A relay in virtual time between a phone and connectors, which are phones here too.</summary>
internal sealed class RelayedCall
{
    public const int PhoneTone = 42;
    public const int FirstTone = 7;
    public const int SecondTone = 9;

    public static readonly TransportAddress CarrierRtp = BridgedCall.Address(2, 20_000);
    public static readonly TransportAddress InnerRtp = BridgedCall.Address(2, 22_000);

    private static readonly ComfortLoops Comfort = new(new LinearCodecs());

    public RelayedCall(AudioCodec codec = AudioCodec.Pcmu, RelaySettings? settings = null)
    {
        Codec = codec;
        Network = new MediaNetwork();
        Sink = new NetworkSink(Network);
        Relay = new RelaySession(
            77, new MediaSettings(), settings ?? new RelaySettings(), BridgedCall.Resources(1), Comfort);
        Phone = new Phone(Network, BridgedCall.Address(1, 4_000), CarrierRtp, codec, PhoneTone);
        First = new Phone(Network, BridgedCall.Address(3, 5_000), InnerRtp, codec, FirstTone)
        {
            Ssrc = 0xF1F1F1F1,
        };
        Bind(MediaSocketTags.CarrierRtp, CarrierRtp);
        Bind(MediaSocketTags.CarrierRtcp, CarrierRtp.WithPort(20_001));
        Bind(MediaSocketTags.InnerRtp, InnerRtp);
        Bind(MediaSocketTags.InnerRtcp, InnerRtp.WithPort(22_001));
        Network.Every20Milliseconds(now => Do(() => Relay.Tick(now, Sink)));
    }

    public AudioCodec Codec { get; }

    public MediaNetwork Network { get; }

    public NetworkSink Sink { get; }

    public RelaySession Relay { get; }

    public Phone Phone { get; }

    /// <summary>The connector that the call begins with.</summary>
    public Phone First { get; }

    public List<MediaEvent> Events { get; } = [];

    /// <summary>Sets both sides up and opens the bridge.</summary>
    public RelayedCall Begin()
    {
        Do(() => Relay.ConfigureCarrier(AudioWith(Phone), Network.Now));
        Do(() => Relay.ConfigureInner(AudioWith(First), isNewPeer: true, Network.Now));
        Do(() => Relay.Bridge(isOpen: true, Network.Now));
        return this;
    }

    public Phone AddConnector() => new(Network, BridgedCall.Address(4, 6_000), InnerRtp, Codec, SecondTone)
    {
        Ssrc = 0xF2F2F2F2,
    };

    public void TurnTo(Phone connector) =>
        Do(() => Relay.ConfigureInner(AudioWith(connector), isNewPeer: true, Network.Now));

    public void Run(double seconds) => Network.Run(TimeSpan.FromSeconds(seconds));

    public void Do(Action action)
    {
        action();
        Events.AddRange(Relay.Events.Drain());
    }

    public NegotiatedAudio AudioWith(Phone peer) => new()
    {
        Codec = Codec,
        PayloadType = peer.PayloadType,
        ReceivePayloadType = peer.PayloadType,
        TelephoneEvent = new TelephoneEventFormat(101, 101, 8_000),
        PacketTime = TimeSpan.FromMilliseconds(20),
        RemoteRtp = peer.Address,
        RemoteRtcp = peer.Address.WithPort((ushort)(peer.Address.Port + 1)),
        IsRtcpMultiplexed = false,
        Direction = Direction.SendReceive,
    };

    private void Bind(int tag, TransportAddress address)
    {
        Sink.Bind(tag, address);
        Network.Listen(address, (from, datagram) =>
            Do(() => Relay.Receive(tag, from, datagram, Network.Now, Sink)));
    }
}
