namespace Farspan.Bench;

/// <summary>
/// Looks for the largest number of calls that a lab on this machine carries with less than 80 % of its
/// processors and less than 0.1 % loss: doubles until it is too many, then halves the gap.
/// </summary>
internal static class CapacitySearch
{
    private const int First = 25;

    /// <summary>What the lab's Connect emulator grants at once.</summary>
    private const int Most = 1_000;

    /// <summary>The last good run; null if not even the first was good.</summary>
    public static LoadRun? Find(BenchOptions options, Action<string> tell)
    {
        LoadRun? good = null;
        var tooMany = 0;
        for (var calls = First; calls <= Most && tooMany == 0; calls *= 2)
        {
            Try(calls, ref good, ref tooMany, options, tell);
        }

        tooMany = tooMany == 0 ? Most + 1 : tooMany;
        while (good is not null && !options.IsQuick && tooMany - good.Calls > Math.Max(good.Calls / 10, 1))
        {
            Try((good.Calls + tooMany) / 2, ref good, ref tooMany, options, tell);
        }

        return good;
    }

    private static void Try(
        int calls, ref LoadRun? good, ref int tooMany, BenchOptions options, Action<string> tell)
    {
        var run = LoadRun.Start(calls, options);
        if (run.IsComfortable)
        {
            good = run;
        }
        else
        {
            tooMany = calls;
        }

        tell(run.FullLoad.Count > 1
            ? $"{calls} calls: machine {run.BusyShare:P0} busy, loss {run.LossPercent:0.###} %, "
                + $"{run.CpuMillisecondsPerCall:0.##} ms of the connector's CPU a call and second"
            : $"{calls} calls: they were never all up, or the lab did not report");
    }
}
