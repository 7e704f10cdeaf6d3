using System.Collections.Concurrent;
using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Tones;

namespace Farspan.Interop.Tests;

/// <summary>Says whose tones are in what it is given, and which frequency is the strongest at last.</summary>
internal sealed class Ear(int sampleRateHz)
{
    private const int LowestHz = 200;
    private const int HighestHz = 3_400;
    private const int StepHz = 5;

    private readonly ToneSequenceRecognizer _recognizer = new(sampleRateHz);
    private readonly Outbox<ToneSequenceHeard> _recognized = new();
    private readonly ConcurrentQueue<int> _codes = new();
    private readonly short[] _last = new short[sampleRateHz / 2];
    private readonly Lock _lastLock = new();
    private long _samples;

    /// <summary>One entry for each sequence heard.</summary>
    public IReadOnlyCollection<int> Codes => _codes;

    public int CountOf(int code) => _codes.Count(each => each == code);

    public void Accept(ReadOnlySpan<short> pcm)
    {
        _recognizer.Accept(pcm, _recognized);
        for (var i = 0; i < _recognized.Count; i++)
        {
            _codes.Enqueue(LabTones.CodeOf(_recognized[i].Code));
        }

        _recognized.Clear();
        lock (_lastLock)
        {
            foreach (var sample in pcm)
            {
                _last[_samples++ % _last.Length] = sample;
            }
        }
    }

    /// <summary>
    /// The strongest frequency of the last half second by Goertzel's recursion, to <see cref="StepHz"/>; 0 in
    /// silence.
    /// </summary>
    public int DominantFrequencyHz()
    {
        var samples = Last();
        var (strongest, greatest) = (0, 1e3);
        for (var frequencyHz = LowestHz; frequencyHz <= HighestHz; frequencyHz += StepHz)
        {
            var power = MeanSquareAt(samples, frequencyHz);
            (strongest, greatest) = power > greatest ? (frequencyHz, power) : (strongest, greatest);
        }

        return strongest;
    }

    // The ring is turned so that the phase does not jump in it.
    private short[] Last()
    {
        lock (_lastLock)
        {
            var oldest = (int)(_samples % _last.Length);
            return [.. _last[oldest..], .. _last[..oldest]];
        }
    }

    private double MeanSquareAt(short[] samples, int frequencyHz)
    {
        var coefficient = 2 * Math.Cos(2 * Math.PI * frequencyHz / sampleRateHz);
        var (last, beforeLast) = (0.0, 0.0);
        foreach (var sample in samples)
        {
            (last, beforeLast) = ((coefficient * last) - beforeLast + sample, last);
        }

        var power = (last * last) + (beforeLast * beforeLast) - (coefficient * last * beforeLast);
        return 2 * power / ((double)samples.Length * samples.Length);
    }
}
