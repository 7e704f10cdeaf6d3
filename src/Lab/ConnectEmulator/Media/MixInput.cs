using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Takes PCM when it comes and gives it in even frames: two frames are collected before the first is given,
/// and what is more than six is dropped. Allocates nothing.
/// </summary>
internal sealed class MixInput
{
    public const int SampleRateHz = 16_000;
    public const int FrameSamples = SampleRateHz * OpusLoop.FrameMilliseconds / 1_000;

    private const int StartSamples = 2 * FrameSamples;
    private const int MaxSamples = 6 * FrameSamples;

    private readonly short[] _ring = new short[MaxSamples];
    private long _read;
    private long _written;
    private bool _isGiving;

    private int Count => (int)(_written - _read);

    public void Push(ReadOnlySpan<short> pcm)
    {
        foreach (var sample in pcm)
        {
            _ring[_written++ % MaxSamples] = sample;
        }

        if (Count > MaxSamples)
        {
            _read = _written - StartSamples;
        }
    }

    /// <summary>Fills a frame, with silence where there is nothing to give.</summary>
    public void Pull(Span<short> frame)
    {
        Invariant.Require(frame.Length == FrameSamples);
        _isGiving = Count >= (_isGiving ? FrameSamples : StartSamples);
        if (!_isGiving)
        {
            frame.Clear();
            return;
        }

        for (var i = 0; i < frame.Length; i++)
        {
            frame[i] = _ring[_read++ % MaxSamples];
        }
    }
}
