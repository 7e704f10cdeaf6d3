using System.Runtime.CompilerServices;
using Farspan.Kernel;

namespace Farspan.Audio;

/// <summary>
/// Makes the noise that a comfort-noise payload describes: white noise through an all-pole lattice, at the
/// level it says (RFC 3389 §3). Silent before the first payload.
/// </summary>
public sealed class ComfortNoiseGenerator(RandomSource random)
{
    private readonly float[] _reflection = new float[AudioLimits.MaxComfortNoiseOrder];
    private readonly float[] _wanted = new float[AudioLimits.MaxComfortNoiseOrder];
    private readonly float[] _delays = new float[AudioLimits.MaxComfortNoiseOrder + 1];
    private int _order;
    private double _gain;

    /// <summary>Follows a new payload; false, and nothing changes, if it is malformed.</summary>
    public bool TryUpdate(ReadOnlySpan<byte> payload)
    {
        if (!ComfortNoise.TryDecode(payload, _wanted, out var minusDbov, out var order))
        {
            return false;
        }

        SetNoise(minusDbov, _wanted.AsSpan(0, order));
        return true;
    }

    /// <summary>Sets the level, minus dBov, and the reflection coefficients.</summary>
    public void SetNoise(byte minusDbov, ReadOnlySpan<float> reflection)
    {
        Invariant.Require(reflection.Length <= _reflection.Length);
        if (reflection.Length != _order)
        {
            Array.Clear(_delays);
        }

        _order = reflection.Length;
        reflection.CopyTo(_reflection);

        // The lattice amplifies white noise by 1 / product(1 - k²): take that back.
        var loss = 1.0;
        foreach (var coefficient in reflection)
        {
            loss *= 1 - (coefficient * coefficient);
        }

        // Noise of uniform distribution over -1 to 1 has the root mean square 1/√3.
        _gain = AudioLevel.ToAmplitude(minusDbov) * Math.Sqrt(3 * Math.Max(loss, 0));
    }

    public void Generate(Span<short> pcm)
    {
        foreach (ref var sample in pcm)
        {
            var noise = (float)(((2 * random.NextDouble()) - 1) * _gain);
            sample = (short)Math.Clamp(Filter(noise), short.MinValue, short.MaxValue);
        }
    }

    // One step of the lattice: forward values run down the orders, backward ones up.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private float Filter(float forward)
    {
        for (var i = _order - 1; i >= 0; i--)
        {
            forward += _reflection[i] * _delays[i];
            _delays[i + 1] = _delays[i] - (_reflection[i] * forward);
        }

        _delays[0] = forward;
        return forward;
    }
}
