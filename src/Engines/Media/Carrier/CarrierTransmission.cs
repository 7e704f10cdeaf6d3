using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Sdp;

namespace Farspan.Media;

/// <summary>
/// Makes a carrier's packets of frames of 20 ms: its codec, its packet time, one source whose numbers and
/// timestamps go on through every re-configuration and every hold.
/// </summary>
internal sealed class CarrierTransmission(MediaResources resources, RandomSource random) : IDisposable
{
    // The longest packet time is 60 ms, and a frame is 20.
    private const int QueueMilliseconds = 120;

    private readonly RtpNumbering _numbering = new(random.NextUInt32(), random);
    private IAudioEncoder? _encoder;
    private AudioCodec _codec;
    private PcmQueue? _pcm;
    private byte _payloadType;
    private int _packetSamples;
    private uint _packetUnits;
    private int _clockRateHz = 8_000;

    public uint Ssrc => _numbering.Ssrc;

    public void Configure(NegotiatedAudio audio, int sampleRateHz)
    {
        if (_encoder?.SampleRateHz != sampleRateHz || _codec != audio.Codec)
        {
            _encoder?.Dispose();
            Invariant.Require(resources.Codecs.TryCreateEncoder(audio.Codec, sampleRateHz, out _encoder));
            _pcm = new PcmQueue(sampleRateHz * QueueMilliseconds / 1_000);
        }

        _codec = audio.Codec;
        _payloadType = (byte)audio.PayloadType;
        _clockRateHz = audio.Codec.RtpClockRateHz();
        _packetSamples = (int)(audio.PacketTime.Ticks * sampleRateHz / TimeSpan.TicksPerSecond);
        _packetUnits = (uint)(audio.PacketTime.Ticks * _clockRateHz / TimeSpan.TicksPerSecond);
        Invariant.Require(_packetSamples > 0 && audio.PacketTime.TotalMilliseconds <= QueueMilliseconds / 2);
    }

    /// <summary>Takes a frame; <see cref="TryTakePacket"/> then gives the packets that are full.</summary>
    public void Write(ReadOnlySpan<short> pcm) => _pcm!.Write(pcm);

    /// <summary>Writes the next packet, unprotected; false once there is too little audio for one.</summary>
    public bool TryTakePacket(Span<byte> packet, out RtpHeader header, out int bytes)
    {
        (header, bytes) = (default, 0);
        while (_pcm!.Count >= _packetSamples)
        {
            var payload = _encoder!.Encode(_pcm.Take(_packetSamples), packet[RtpHeader.Bytes..]);
            header = _numbering.Next(_payloadType);
            _numbering.Pass(_packetUnits);
            if (payload > 0)
            {
                header.Encode(packet);
                bytes = RtpHeader.Bytes + payload;
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Makes a packet of a payload of one tick that is encoded already; of an empty one only its number, so
    /// that the peer sees the loss.
    /// </summary>
    public bool TryWriteEncoded(
        ReadOnlySpan<byte> payload, Span<byte> packet, out RtpHeader header, out int bytes)
    {
        header = _numbering.Next(_payloadType);
        _numbering.Pass((uint)(MediaSettings.TickInterval.Ticks * _clockRateHz / TimeSpan.TicksPerSecond));
        bytes = RtpHeader.Bytes + payload.Length;
        var fits = !payload.IsEmpty && bytes <= packet.Length;
        if (fits)
        {
            header.Encode(packet);
            payload.CopyTo(packet[RtpHeader.Bytes..]);
        }

        return fits;
    }

    /// <summary>A time in which nothing is sent, as on hold: the clock goes on.</summary>
    public void Pause(TimeSpan time)
    {
        _pcm?.Clear();
        _numbering.Pause();
        _numbering.Pass((uint)(time.Ticks * _clockRateHz / TimeSpan.TicksPerSecond));
    }

    public void Dispose() => _encoder?.Dispose();
}
