using Farspan.Kernel;

namespace Farspan.Media;

/// <summary>
/// Samples between packets of one length and frames of another. Allocates nothing after construction.
/// </summary>
internal sealed class PcmQueue(int capacitySamples)
{
    private readonly short[] _samples = new short[capacitySamples];
    private int _start;
    private int _end;

    public int Count => _end - _start;

    /// <summary>Room behind what is there; counts once <see cref="Commit"/> says how much of it.</summary>
    public Span<short> Reserve(int samples)
    {
        if (_samples.Length - _end < samples)
        {
            _samples.AsSpan(_start.._end).CopyTo(_samples);
            (_start, _end) = (0, Count);
        }

        Invariant.Require(_samples.Length - _end >= samples);
        return _samples.AsSpan(_end, samples);
    }

    public void Commit(int samples) => _end += samples;

    public void Write(ReadOnlySpan<short> pcm)
    {
        pcm.CopyTo(Reserve(pcm.Length));
        Commit(pcm.Length);
    }

    /// <summary>Takes the oldest samples; valid until the next <see cref="Reserve"/>.</summary>
    public ReadOnlySpan<short> Take(int samples)
    {
        Invariant.Require(samples <= Count);
        var taken = _samples.AsSpan(_start, samples);
        _start += samples;
        return taken;
    }

    public void Clear() => (_start, _end) = (0, 0);
}
