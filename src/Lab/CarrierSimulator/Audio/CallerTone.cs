using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Tones;

namespace Farspan.CarrierSimulator;

/// <summary>
/// The caller's tone sequence as payloads of 20 ms: each is encoded when it is first due and kept, so that
/// after one period a packet costs a copy. One owner.
/// </summary>
internal sealed class CallerTone
{
    /// <summary>Audio in each packet.</summary>
    public static readonly TimeSpan PacketTime = TimeSpan.FromMilliseconds(20);

    private static readonly int Frames = (int)(LabTones.Round / PacketTime);

    private readonly IAudioEncoder _encoder;
    private readonly short[] _sequence;
    private readonly short[] _pcm;
    private readonly byte[][] _payloads = new byte[Frames][];
    private readonly ToneClock _clock;
    private Instant _begunAt;
    private int _firstSample = -1;

    /// <param name="code">Whose tones.</param>
    /// <param name="encoder">A fresh one; disposed by its maker.</param>
    /// <param name="clock">Says which sample is due.</param>
    public CallerTone(int code, IAudioEncoder encoder, ToneClock clock)
    {
        _encoder = encoder;
        _clock = clock;
        _sequence = LabTones.CreateSequence(code, encoder.SampleRateHz);
        _pcm = new short[_sequence.Length / Frames];
    }

    /// <summary>
    /// The payload that holds the samples due from a moment on, which is whole packet times after the first
    /// one.
    /// </summary>
    public ReadOnlySpan<byte> PayloadAt(Instant due)
    {
        if (_firstSample < 0)
        {
            _begunAt = due;
            _firstSample = _clock.SampleAt(due, _encoder.SampleRateHz);
        }

        var frame = (int)((due - _begunAt).Ticks / PacketTime.Ticks % Frames);
        return _payloads[frame] ??= Encode(frame);
    }

    private byte[] Encode(int frame)
    {
        for (var i = 0; i < _pcm.Length; i++)
        {
            _pcm[i] = _sequence[(_firstSample + (frame * _pcm.Length) + i) % _sequence.Length];
        }

        Span<byte> payload = stackalloc byte[AudioLimits.MaxPayloadBytes];
        return payload[.._encoder.Encode(_pcm, payload)].ToArray();
    }
}
