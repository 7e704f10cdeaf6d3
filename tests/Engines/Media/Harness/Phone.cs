using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Sdp;
using Farspan.Srtp;

namespace Farspan.Media.Tests;

/// <summary>A carrier's end: plays a tone sequence as RTP and listens to what comes back.</summary>
internal sealed class Phone
{
    private readonly MediaNetwork _network;
    private readonly TransportAddress _to;
    private readonly IAudioEncoder _encoder;
    private readonly IAudioDecoder _decoder;
    private readonly AudioCodec _codec;
    private readonly byte[] _packet = new byte[2_048];
    private readonly short[] _pcm = new short[5_760];
    private ushort _sequence;
    private uint _timestamp;
    private int _millisecondsDue;

    public Phone(MediaNetwork network, TransportAddress address, TransportAddress to, AudioCodec codec = AudioCodec.Pcmu, int tone = 42)
    {
        (_network, Address, _to, _codec) = (network, address, to, codec);
        SampleRateHz = codec is AudioCodec.G722 or AudioCodec.Opus ? 16_000 : 8_000;
        var codecs = new LinearCodecs();
        Assert.True(codecs.TryCreateEncoder(codec, SampleRateHz, out _encoder!));
        Assert.True(codecs.TryCreateDecoder(codec, SampleRateHz, out _decoder!));
        PayloadType = codec switch { AudioCodec.Pcmu => 0, AudioCodec.Pcma => 8, AudioCodec.G722 => 9, _ => 96 };
        Tones = new Tones(tone, SampleRateHz);
        network.Listen(address, Receive);
        network.Every20Milliseconds(Tick);
    }

    public TransportAddress Address { get; private set; }

    public int SampleRateHz { get; }

    public byte PayloadType { get; set; }

    public uint Ssrc { get; set; } = 0xABCD0001;

    public int PacketMilliseconds { get; init; } = 20;

    public Tones Tones { get; }

    public bool Speaks { get; set; } = true;

    public List<RtpHeader> Received { get; } = [];

    public List<int> PayloadBytes { get; } = [];

    public List<byte[]> Payloads { get; } = [];

    public List<byte[]> Reports { get; } = [];

    public SrtpSender? Protection { get; set; }

    public SrtpReceiver? Verification { get; set; }

    /// <summary>Goes on from another port, as behind NAT, or after a transfer.</summary>
    public void Move(TransportAddress address)
    {
        _network.Unlisten(Address);
        Address = address;
        _network.Listen(address, Receive);
    }

    public void Send(byte payloadType, ReadOnlySpan<byte> payload, uint timestamp, bool marker = false, TransportAddress? from = null)
    {
        new RtpHeader(payloadType, marker, _sequence++, timestamp, Ssrc).Encode(_packet);
        payload.CopyTo(_packet.AsSpan(RtpHeader.Bytes));
        var bytes = RtpHeader.Bytes + payload.Length;
        if (Protection is not null)
        {
            Assert.True(Protection.TryProtect(_packet, bytes, out bytes, out _));
        }

        _network.Send(from ?? Address, _to, _packet.AsSpan(0, bytes));
    }

    /// <summary>Presses a key for 100 ms: events of RFC 4733 in the stead of audio.</summary>
    public void Press(char digit, byte payloadType)
    {
        Assert.True(DtmfDigit.TryGetCode(digit, out var code));
        Span<byte> payload = stackalloc byte[TelephoneEvent.Bytes];
        for (var i = 1; i <= 7; i++)
        {
            new TelephoneEvent(code, IsEnd: i > 5, 10, (ushort)(160 * Math.Min(i, 5))).Encode(payload);
            Send(payloadType, payload, _timestamp, marker: i == 1);
        }
    }

    private void Tick(Instant now)
    {
        _millisecondsDue += 20;
        while (_millisecondsDue >= PacketMilliseconds)
        {
            _millisecondsDue -= PacketMilliseconds;
            var frame = _pcm.AsSpan(0, SampleRateHz * PacketMilliseconds / 1_000);
            Tones.Play(frame);
            if (Speaks)
            {
                var payload = new byte[1_400];
                var bytes = _encoder.Encode(frame, payload);
                Send(PayloadType, payload.AsSpan(0, bytes), _timestamp);
            }

            _timestamp += (uint)(_codec.RtpClockRateHz() * PacketMilliseconds / 1_000);
        }
    }

    private void Receive(TransportAddress from, byte[] datagram)
    {
        var bytes = datagram.Length;
        if (RtcpMux.IsRtcp(datagram))
        {
            Reports.Add(datagram);
            return;
        }

        if (Verification is not null && !Verification.TryUnprotect(datagram, bytes, out bytes, out _))
        {
            return;
        }

        Assert.True(RtpPacketView.TryDecode(datagram.AsSpan(0, bytes), out var packet, out _));
        Received.Add(packet.Header);
        PayloadBytes.Add(packet.Payload.Length);
        Payloads.Add(packet.Payload.ToArray());
        var samples = _decoder.Decode(packet.Payload, _pcm);
        Tones.Hear(_pcm.AsSpan(0, samples));
    }
}
