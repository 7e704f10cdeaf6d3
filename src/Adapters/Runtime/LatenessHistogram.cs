namespace Farspan.Runtime;

/// <summary>How late something was, counted in buckets. One thread writes, any thread reads.</summary>
public sealed class LatenessHistogram
{
    private readonly long[] _counts = new long[BoundsMilliseconds.Length + 1];

    /// <summary>The upper bounds of the buckets; the last bucket has none.</summary>
    public static ReadOnlySpan<byte> BoundsMilliseconds => [1, 2, 5, 10, 20, 50, 100, 200];

    /// <summary>How many buckets there are.</summary>
    public int Buckets => _counts.Length;

    /// <summary>How many fell into a bucket.</summary>
    public long this[int bucket] => Volatile.Read(ref _counts[bucket]);

    /// <summary>How many fell into each bucket or one before it; the last are all.</summary>
    public long[] Cumulate()
    {
        var sums = new long[_counts.Length];
        var sum = 0L;
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] = sum += this[i];
        }

        return sums;
    }

    public void Add(TimeSpan lateness)
    {
        var bucket = 0;
        while (bucket < BoundsMilliseconds.Length
            && lateness.Ticks > BoundsMilliseconds[bucket] * TimeSpan.TicksPerMillisecond)
        {
            bucket++;
        }

        Volatile.Write(ref _counts[bucket], _counts[bucket] + 1);
    }
}
