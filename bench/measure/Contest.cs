namespace Farspan.Bench;

/// <summary>
/// Lets contestants take turns, so that whatever disturbs the machine disturbs them alike: only what was
/// measured side by side may be divided.
/// </summary>
internal static class Contest
{
    /// <summary>Each contestant gives the same number of quantities every time.</summary>
    /// <returns>For each contestant, for each of its quantities: the rounds.</returns>
    public static Samples[][] Run(int rounds, params ReadOnlySpan<Func<double[]>> contestants)
    {
        var results = new List<Samples>[contestants.Length];
        for (var contestant = 0; contestant < contestants.Length; contestant++)
        {
            results[contestant] = [];
        }

        for (var round = 0; round < rounds; round++)
        {
            for (var turn = 0; turn < contestants.Length; turn++)
            {
                // Another one begins each time: nobody always comes after the same neighbour.
                var contestant = (round + turn) % contestants.Length;
                Add(results[contestant], contestants[contestant]());
            }
        }

        return [.. results.Select(samples => samples.ToArray())];
    }

    /// <summary>Runs something for so long that the compiler has seen what is hot.</summary>
    public static void WarmUp(BenchOptions options, Func<double[]> contestant)
    {
        var start = Environment.TickCount64;
        var enoughMilliseconds = options.IsQuick ? 1_000 : 3_000;
        do
        {
            _ = contestant();
        }
        while (Environment.TickCount64 - start < enoughMilliseconds);
    }

    private static void Add(List<Samples> samples, double[] values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            if (i == samples.Count)
            {
                samples.Add(new Samples());
            }

            samples[i].Add(values[i]);
        }
    }
}
