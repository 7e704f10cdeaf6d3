namespace Farspan.Bench;

/// <summary>
/// What the signalling of a call costs, from INVITE to the answer to BYE, without sockets: CPU and managed
/// memory.
/// </summary>
internal static class SignallingBench
{
    private const int CallsPerRound = 4_000;

    /// <summary>50 calls a second: 1,600 ended calls linger in the timers of RFC 3261 at any time.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    public static void Run(BenchOptions options, Scoreboard scoreboard)
    {
        var calls = options.Scale(CallsPerRound);
        var layer = new Runner(new LayerCalls(), calls);
        var engine = new Runner(new EngineCalls(), calls);
        Contest.WarmUp(options, layer.Measure);
        Contest.WarmUp(options, engine.Measure);
        var results = Contest.Run(options.Rounds, layer.Measure, engine.Measure);

        scoreboard.Add(new Figure("call in the SIP transaction layer", results[0][0], "µs"));
        scoreboard.Add(new Figure("… allocated", results[0][1], "B"));
        scoreboard.Add(new Figure("call in the whole engine", results[1][0], "µs"));
        scoreboard.Add(new Figure("… allocated", results[1][1], "B"));
        scoreboard.Require(
            layer.IsComplete && engine.IsComplete,
            $"each of {layer.Calls + engine.Calls:#,0} calls was answered and ended by the caller");
        scoreboard.Note("INVITE of 950 bytes with session timer, 100, 180, 200, ACK, BYE, 200; virtual time, "
            + "50 calls a second, the timers of ended calls served. The scripted world's own small share "
            + "is included.");
    }

    private sealed class Runner(ICallRunner runner, int callsPerRound)
    {
        /// <summary>Calls begun, the warm-up included.</summary>
        public int Calls { get; private set; }

        public bool IsComplete => runner.Finished == Calls;

        public double[] Measure()
        {
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var start = ThreadClock.Nanoseconds;
            for (var i = 0; i < callsPerRound; i++)
            {
                runner.Run(++Calls, Interval);
            }

            var cpu = ThreadClock.Nanoseconds - start;
            allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
            return [cpu / 1e3 / callsPerRound, (double)allocated / callsPerRound];
        }
    }
}
