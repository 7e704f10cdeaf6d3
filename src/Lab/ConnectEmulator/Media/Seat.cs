using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Tones;

namespace Farspan.ConnectEmulator;

/// <summary>
/// One connection of one attendee in a <see cref="MeetingRoom"/>: what they say comes from here, what they
/// hear goes out here.
/// </summary>
internal sealed class Seat(string attendeeId, RtpStream stream, IMeetingLine line, IAudioCodecFactory codecs)
    : Talker(attendeeId, codecs)
{
    // Without a packet for so long, nobody waits for the next one.
    private static readonly TimeSpan TalksOn = TimeSpan.FromSeconds(1);

    // A relayed stream that pauses for longer is filled with silence.
    private static readonly TimeSpan RelayPause = TimeSpan.FromMilliseconds(100);

    private readonly short[] _pcm =
        new short[MixInput.SampleRateHz / 1_000 * AudioLimits.MaxFrameMilliseconds];

    private readonly byte[] _payload = new byte[AudioLimits.MaxPayloadBytes];
    private readonly MixInput _input = new();
    private IAudioEncoder? _encoder;
    private AgentEar? _ear;
    private Instant? _heardAt;
    private Instant? _relayedAt;
    private Instant? _wantedAt;

    public override bool IsTalking(Instant now) => now - _heardAt < TalksOn;

    public bool IsRelayed(Instant now) => now - _relayedAt < RelayPause;

    /// <summary>Takes note of what the attendee sent, and decodes it if somebody hears it mixed.</summary>
    public void Take(in RtpPacketView packet, Instant now)
    {
        _heardAt = now;
        if (now - _wantedAt < TalksOn)
        {
            _input.Push(_pcm.AsSpan(0, MixDecoder.Decode(packet.Payload, _pcm)));
        }
    }

    /// <summary>Lets built-in agents listen to what the attendee sent.</summary>
    public void Listen(in RtpPacketView packet, ToneClock clock, Instant now, Outbox<ToneHeard> heard)
    {
        _ear ??= new AgentEar(clock, Codecs);
        _ear.Accept(packet, now, heard);
    }

    public void Play(ReadOnlySpan<byte> opus, Instant due, Instant now)
    {
        var packet = stream.Frame(opus, due);
        Send(packet, now);
    }

    public void Relay(in RtpPacketView packet, Instant now)
    {
        _relayedAt = now;
        if (stream.TryRelay(packet, now, out var relayed))
        {
            Send(relayed, now);
        }
    }

    public void PlayMix(ReadOnlySpan<short> pcm, Instant due, Instant now)
    {
        if (_encoder is null)
        {
            Invariant.Require(Codecs.TryCreateEncoder(AudioCodec.Opus, MixInput.SampleRateHz, out _encoder));
        }

        var bytes = _encoder.Encode(pcm, _payload);
        if (bytes > 0)
        {
            Play(_payload.AsSpan(0, bytes), due, now);
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        _encoder?.Dispose();
        _ear?.Dispose();
    }

    protected override void FillMixFrame(Span<short> frame, Instant due)
    {
        _wantedAt = due;
        _input.Pull(frame);
    }

    private void Send(ReadOnlySpan<byte> packet, Instant now)
    {
        Invariant.Require(RtpPacketView.TryDecode(packet, out var sent, out _));
        line.Send(sent.Header, packet, now);
    }
}
