using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Farspan.Kernel;

namespace Farspan.Audio;

/// <summary>
/// Changes the sample rate of a stream by a ratio of small whole numbers (8, 16, 24, 32 and 48 kHz among each
/// other): a polyphase filter, a sinc in a Kaiser window.
/// </summary>
/// <remarks>
/// Passes the telephone band up to 3.4 kHz of an 8 kHz side (85 % of its half rate) flat, rejects from 4.3
/// kHz on by 60 dB, and delays by <see cref="Delay"/>: 16 samples of the lower rate, 2 ms at 8 kHz. One
/// owner; allocates nothing a frame.
/// </remarks>
public sealed class Resampler
{
    // Zero crossings of the sinc on each side: the trade between delay and the width of the transition.
    private const int ZeroCrossings = 16;

    // Kaiser window for 60 dB.
    private const double KaiserBeta = 5.65;

    // The middle of the transition, as a share of the lower half rate.
    private const double Cutoff = 0.9625;

    private readonly int _up;
    private readonly int _down;
    private readonly int _taps;
    private readonly float[] _filter;
    private readonly float[] _line;
    private int _phase;
    private int _skip;

    public Resampler(int inputRateHz, int outputRateHz)
    {
        Invariant.Require(inputRateHz is >= 8_000 and <= AudioLimits.MaxSampleRateHz);
        Invariant.Require(outputRateHz is >= 8_000 and <= AudioLimits.MaxSampleRateHz);
        var divisor = CommonDivisor(inputRateHz, outputRateHz);
        InputRateHz = inputRateHz;
        OutputRateHz = outputRateHz;
        _up = outputRateHz / divisor;
        _down = inputRateHz / divisor;
        var lower = Math.Min(inputRateHz, outputRateHz);
        var span = (2 * ZeroCrossings * inputRateHz) + lower - 1;
        _taps = (span / lower + 7) & ~7;
        _filter = Design(_up, _taps, Cutoff * lower / inputRateHz);
        _line = new float[_taps - 1 + AudioLimits.MaxFrameSamples];
    }

    public int InputRateHz { get; }

    public int OutputRateHz { get; }

    /// <summary>How much later than the input the output is.</summary>
    public TimeSpan Delay => TimeSpan.FromSeconds(((_taps * _up) - 1) / (2.0 * _up * InputRateHz));

    /// <summary>Room that a frame of so many samples needs at most.</summary>
    public int MaxOutputSamples(int inputSamples) => (int)((((long)inputSamples * _up) + _down - 1) / _down);

    /// <summary>
    /// Takes a frame of up to <see cref="AudioLimits.MaxFrameSamples"/> and returns the samples written. A
    /// frame whose length the ratio divides gives exactly its share; others give one more or less, and the
    /// stream stays exact.
    /// </summary>
    public int Resample(ReadOnlySpan<short> input, Span<short> output)
    {
        Invariant.Require(input.Length <= AudioLimits.MaxFrameSamples);
        Invariant.Require(output.Length >= MaxOutputSamples(input.Length));
        var fresh = _line.AsSpan(_taps - 1, input.Length);
        for (var i = 0; i < input.Length; i++)
        {
            fresh[i] = input[i];
        }

        var written = 0;
        var place = _skip;
        while (place < input.Length)
        {
            var sum = Dot(_line.AsSpan(place, _taps), _filter.AsSpan(_phase * _taps, _taps));
            output[written++] = (short)MathF.Round(Math.Clamp(sum, short.MinValue, short.MaxValue));
            _phase += _down;
            place += _phase / _up;
            _phase %= _up;
        }

        _skip = place - input.Length;
        _line.AsSpan(input.Length, _taps - 1).CopyTo(_line);
        return written;
    }

    private static int CommonDivisor(int left, int right) => right == 0 ? left : CommonDivisor(right, left % right);

    private static float Dot(ReadOnlySpan<float> left, ReadOnlySpan<float> right)
    {
        var lefts = MemoryMarshal.Cast<float, Vector256<float>>(left);
        var rights = MemoryMarshal.Cast<float, Vector256<float>>(right);
        var sums = Vector256<float>.Zero;
        for (var i = 0; i < lefts.Length && i < rights.Length; i++)
        {
            sums += lefts[i] * rights[i];
        }

        return Vector256.Sum(sums);
    }

    // One filter at the rate input × up, dealt out to the phases; each phase is reversed, to be a dot
    // product, and has gain 1.
    private static float[] Design(int up, int taps, double cutoff)
    {
        var filter = new float[up * taps];
        var middle = ((up * taps) - 1) / 2.0;
        for (var phase = 0; phase < up; phase++)
        {
            var coefficients = filter.AsSpan(phase * taps, taps);
            var sum = 0.0;
            for (var tap = 0; tap < taps; tap++)
            {
                var offset = (phase + (tap * up)) - middle;
                var value = Sinc(cutoff * offset / up) * Kaiser(offset / (middle + 1));
                coefficients[taps - 1 - tap] = (float)value;
                sum += value;
            }

            foreach (ref var coefficient in coefficients)
            {
                coefficient = (float)(coefficient / sum);
            }
        }

        return filter;
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);

    private static double Kaiser(double x) =>
        BesselI0(KaiserBeta * Math.Sqrt(1 - (x * x))) / BesselI0(KaiserBeta);

    // The power series of the modified Bessel function of order 0.
    private static double BesselI0(double x)
    {
        double sum = 1, term = 1;
        for (var k = 1; term > sum * 1e-12; k++)
        {
            term *= x * x / (4.0 * k * k);
            sum += term;
        }

        return sum;
    }
}
