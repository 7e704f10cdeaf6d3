using Farspan.Kernel;

namespace Farspan.Audio;

/// <summary>
/// Hides lost frames of a waveform codec in the manner of ITU-T G.711 Appendix I: repeats the last pitch
/// period, then two, then three, fading to silence within 60 ms, and blends into the first frame that arrives
/// again.
/// </summary>
/// <remarks>
/// Unlike the appendix it delays nothing: where the appendix holds frames back by 3.75 ms to blend the start
/// of a gap, this one carries the step at the join over a quarter of a period. One owner; allocates nothing a
/// frame.
/// </remarks>
public sealed class WaveformConcealer
{
    private const int MaxPeriods = 3;

    // Appendix I: pitch from 66 to 200 Hz, compared over 20 ms.
    private const int MinPitchMicroseconds = 5_000;
    private const int MaxPitchMicroseconds = 15_000;
    private const int MatchMicroseconds = 20_000;

    // Appendix I: full volume for 10 ms, then a fifth less each 10 ms.
    private const float FadeEach10Milliseconds = 0.2f;

    private readonly int _minPitch;
    private readonly int _maxPitch;
    private readonly int _matchLength;
    private readonly int _samplesEach10Milliseconds;
    private readonly short[] _history;
    private readonly short[] _frozen;
    private int _pitch;
    private int _blend;
    private int _periods;
    private int _position;
    private int _concealed;
    private float _step;

    public WaveformConcealer(int sampleRateHz)
    {
        Invariant.Require(sampleRateHz is >= 8_000 and <= AudioLimits.MaxSampleRateHz);
        _minPitch = Samples(sampleRateHz, MinPitchMicroseconds);
        _maxPitch = Samples(sampleRateHz, MaxPitchMicroseconds);
        _matchLength = Samples(sampleRateHz, MatchMicroseconds);
        _samplesEach10Milliseconds = sampleRateHz / 100;
        _history = new short[(MaxPeriods * _maxPitch) + (_maxPitch / 4)];
        _frozen = new short[_history.Length];
    }

    private float Gain => Math.Clamp(
        1f - (FadeEach10Milliseconds * ((float)_concealed / _samplesEach10Milliseconds - 1f)), 0f, 1f);

    /// <summary>
    /// Takes a frame that arrived; after a gap its beginning is blended with what concealed the gap.
    /// </summary>
    public void Accept(Span<short> pcm)
    {
        if (_concealed > 0)
        {
            BlendInto(pcm);
            _concealed = 0;
        }

        Remember(pcm);
    }

    /// <summary>Fills a lost frame.</summary>
    public void Conceal(Span<short> pcm)
    {
        if (_concealed == 0)
        {
            StartGap();
        }

        foreach (ref var sample in pcm)
        {
            sample = NextSample();
        }

        Remember(pcm);
    }

    private static int Samples(int sampleRateHz, int microseconds) =>
        (int)((long)sampleRateHz * microseconds / 1_000_000);

    private void StartGap()
    {
        _history.CopyTo(_frozen, 0);
        _pitch = FindPitch();
        _blend = _pitch / 4;
        _periods = 1;
        _position = 0;
        _step = _frozen[^1] - _frozen[^(_pitch + 1)];
    }

    private short NextSample()
    {
        var wanted = Math.Min(1 + (_concealed / _samplesEach10Milliseconds), MaxPeriods);
        if (_periods < wanted)
        {
            // The same sample, seen as part of a cycle that begins a period earlier: no step.
            _periods++;
            _position += _pitch;
        }

        var cycle = _periods * _pitch;
        var value = Cyclic(cycle, _position) + StepLeft();
        var gain = Gain;
        _position = _position + 1 == cycle ? 0 : _position + 1;
        _concealed++;
        return (short)Math.Clamp(value * gain, short.MinValue, short.MaxValue);
    }

    // The last quarter period of a cycle turns into what preceded the cycle, so that its end meets its
    // beginning.
    private float Cyclic(int cycle, int position)
    {
        float sample = _frozen[_frozen.Length - cycle + position];
        var intoBlend = position - (cycle - _blend);
        if (intoBlend < 0)
        {
            return sample;
        }

        var weight = (intoBlend + 1f) / (_blend + 1);
        float before = _frozen[_frozen.Length - (2 * cycle) + position];
        return sample + (weight * (before - sample));
    }

    private float StepLeft() => _concealed >= _blend ? 0 : _step * (1f - ((_concealed + 1f) / (_blend + 1)));

    // Appendix I: a quarter period, and 4 ms more for each 10 ms that were lost, up to 10 ms.
    private void BlendInto(Span<short> pcm)
    {
        var gaps = _concealed / _samplesEach10Milliseconds;
        var length = _blend + (Math.Max(gaps - 1, 0) * _samplesEach10Milliseconds * 2 / 5);
        length = Math.Min(Math.Min(length, _samplesEach10Milliseconds), pcm.Length);
        for (var i = 0; i < length; i++)
        {
            var weight = (i + 1f) / (length + 1);
            pcm[i] = (short)((weight * pcm[i]) + ((1 - weight) * NextSample()));
        }
    }

    private void Remember(ReadOnlySpan<short> pcm)
    {
        if (pcm.Length >= _history.Length)
        {
            pcm[^_history.Length..].CopyTo(_history);
            return;
        }

        Array.Copy(_history, pcm.Length, _history, 0, _history.Length - pcm.Length);
        pcm.CopyTo(_history.AsSpan(_history.Length - pcm.Length));
    }

    // The lag whose normalised correlation with the last 20 ms is highest. Every second sample is enough.
    private int FindPitch()
    {
        var recent = _frozen.AsSpan(_frozen.Length - _matchLength);
        var best = _maxPitch;
        var bestScore = 0.0;
        for (var lag = _minPitch; lag <= _maxPitch; lag++)
        {
            var delayed = _frozen.AsSpan(_frozen.Length - _matchLength - lag, _matchLength);
            long correlation = 0, energy = 1;
            for (var i = 0; i < recent.Length; i += 2)
            {
                correlation += recent[i] * delayed[i];
                energy += delayed[i] * delayed[i];
            }

            var score = correlation <= 0 ? 0 : (double)correlation * correlation / energy;
            if (score > bestScore)
            {
                (best, bestScore) = (lag, score);
            }
        }

        return best;
    }
}
