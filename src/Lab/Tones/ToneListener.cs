using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Tones;

/// <summary>
/// Listens to the decoded frames of one stream for tone sequences and says how late each is. Without jitter
/// buffer: a frame counts when it arrives. One owner; allocates nothing a frame.
/// </summary>
/// <param name="clock">Relates arrival to sending.</param>
/// <param name="sampleRateHz">8,000 or a multiple.</param>
public sealed class ToneListener(ToneClock clock, int sampleRateHz)
{
    // A sequence is reported one second after its beginning: 100 frames of 10 ms.
    private const int RememberedFrames = 128;

    private readonly ToneSequenceRecognizer _recognizer = new(sampleRateHz);
    private readonly Outbox<ToneSequenceHeard> _recognized = new();
    private readonly Frame[] _frames = new Frame[RememberedFrames];
    private long _count;
    private long _samples;

    /// <summary>
    /// Takes a frame of 10 ms or more. What was lost or left out may be so: only the sequence around it is
    /// not heard.
    /// </summary>
    public void Accept(ReadOnlySpan<short> pcm, Instant arrivedAt, Outbox<ToneHeard> outbox)
    {
        _frames[_count++ % RememberedFrames] = new Frame(_samples, arrivedAt);
        _samples += pcm.Length;
        _recognizer.Accept(pcm, _recognized);
        for (var i = 0; i < _recognized.Count; i++)
        {
            var recognized = _recognized[i].Code;
            if (TryFindArrival(_recognized[i].StartSample, out var beganAt))
            {
                var delay = clock.DelayOf(recognized, beganAt);
                outbox.Add(new ToneHeard(LabTones.CodeOf(recognized), beganAt, delay));
            }
        }

        _recognized.Clear();
    }

    private bool TryFindArrival(long sample, out Instant arrivedAt)
    {
        arrivedAt = default;
        for (var i = _count - 1; i >= 0 && i >= _count - RememberedFrames; i--)
        {
            var frame = _frames[i % RememberedFrames];
            if (frame.FirstSample <= sample)
            {
                arrivedAt = frame.ArrivedAt + TimeSpan.FromTicks(
                    (sample - frame.FirstSample) * TimeSpan.TicksPerSecond / sampleRateHz);
                return true;
            }
        }

        return false;
    }

    private readonly record struct Frame(long FirstSample, Instant ArrivedAt);
}
