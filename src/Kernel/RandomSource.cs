using System.Numerics;

namespace Farspan.Kernel;

/// <summary>
/// The only source of randomness inside the pure rings: handed in by the owner, seeded from the operating
/// system in a node and from a number in a test. Its sequence never changes between versions.
/// </summary>
/// <remarks>xoshiro256** seeded through SplitMix64. It is not a source of key material: keys are
/// drawn by the adapters from the operating system.</remarks>
public sealed class RandomSource
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    public RandomSource(ulong seed)
    {
        _s0 = SplitMix(ref seed);
        _s1 = SplitMix(ref seed);
        _s2 = SplitMix(ref seed);
        _s3 = SplitMix(ref seed);
    }

    public ulong NextUInt64()
    {
        var result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        var shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    public uint NextUInt32() => (uint)(NextUInt64() >> 32);

    /// <summary>A number from 0 up to, not including, <paramref name="exclusiveMax"/>.</summary>
    public int NextInt32(int exclusiveMax)
    {
        Invariant.Require(exclusiveMax > 0);
        return (int)(((ulong)NextUInt32() * (ulong)exclusiveMax) >> 32);
    }

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    public void Fill(Span<byte> destination)
    {
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = (byte)(NextUInt64() >> 56);
        }
    }

    /// <summary>Lower-case hexadecimal digits, for tags, branches and identifiers.</summary>
    public string NextHex(int digits)
    {
        Span<byte> bytes = stackalloc byte[(digits + 1) / 2];
        Fill(bytes);
        return Convert.ToHexStringLower(bytes)[..digits];
    }

    private static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        var z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
