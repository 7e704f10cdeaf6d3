namespace Farspan.Bench;

/// <summary>
/// The whole program under real calls: <c>farspan lab</c> starts a connector, a Connect emulator and a
/// carrier as processes of their own, and the connector's accounts are read while all calls are up.
/// </summary>
internal static class CallsBench
{
    private const double GoalPauseMilliseconds = 5;

    public static void Run(BenchOptions options, Scoreboard scoreboard)
    {
        SetupRun.Measure(options, scoreboard);
        if (CapacitySearch.Find(options, Console.WriteLine) is { } run)
        {
            ReportCost(run, scoreboard);
            ReportDelay(run, scoreboard, "toAgent", "caller to agent");
            ReportDelay(run, scoreboard, "toCaller", "agent to caller");
        }
        else
        {
            scoreboard.Require(holds: false, "the smallest number of calls is carried without fault");
        }

        scoreboard.Note("Connector, Connect emulator, its agents and the carrier share the processors of one "
            + "machine: the number of calls is what all of them allow together; the connector's own part is "
            + "told apart.");
    }

    private static void ReportCost(LoadRun run, Scoreboard scoreboard)
    {
        scoreboard.Add(new Figure("calls at once, all parts here", Samples.Of(run.Calls), "calls"));
        scoreboard.Add(new Figure("… machine busy", Samples.Of(run.BusyShare * 100), "%"));
        scoreboard.Add(new Figure("… packets lost", Samples.Of(run.LossPercent), "%"));
        scoreboard.Add(new Figure(
            "connector, a second of a call", Samples.Of(run.CpuMillisecondsPerCall), "ms CPU"));
        scoreboard.Add(new Figure(
            "connector, resident memory a call", Samples.Of(run.ResidentBytesPerCall / 1_000), "kB"));
        if (run.AllocatedBytesPerSecond is { } allocated)
        {
            scoreboard.Add(new Figure("connector, managed allocation", Samples.Of(allocated / 1e6), "MB/s"));
        }

        if (run.LongestPauseSeconds is { } pause)
        {
            scoreboard.Add(new Figure("connector, longest GC pause", Samples.Of(pause * 1e3), "ms")
            {
                Goal = Goal.AtMost(GoalPauseMilliseconds),
            });
        }
    }

    private static void ReportDelay(LoadRun run, Scoreboard scoreboard, string direction, string words)
    {
        foreach (var quantile in (ReadOnlySpan<string>)["p50", "p95", "p99"])
        {
            if (run.Number("oneWayDelayMs", direction, quantile) is { } delay)
            {
                var what = $"one-way delay, {words}, frames and jitter buffers included, {quantile}";
                scoreboard.Add(new Figure(what, Samples.Of(delay), "ms"));
            }
        }
    }
}
