namespace Farspan.Bench;

/// <summary>
/// The media worker at 1,000 sockets beside epoll relays in C with the same sockets, sizes and sink: CPU
/// time of the relaying thread for each packet received and sent on.
/// </summary>
internal static class RelayBench
{
    private const int Sockets = 1_000;
    private const int LoadProcessor = 0;

    /// <summary>What 1,000 sockets receive when each carries a call's 50 packets a second.</summary>
    private const int CallsPace = 50_000;

    private static readonly Goal Goal = Goal.RatioAtMost(1.15);

    // A machine with one processor makes both sides share it.
    private static readonly int RelayProcessor = Math.Min(1, Machine.Processors - 1);

    public static void Run(BenchOptions options, Scoreboard scoreboard)
    {
        Compare(options, scoreboard, packetsPerSecond: 0, "closed loop, 256 on their way");
        Compare(options, scoreboard, CallsPace, $"{CallsPace:#,0} packets a second");
        scoreboard.Note(
            $"{Sockets:#,0} sockets in pairs, datagrams of 172 bytes over loopback; relay pinned to "
            + $"processor {RelayProcessor}, generator and sink to processor {LoadProcessor}. The worker also "
            + $"ticks {Sockets / 2} sessions 50 times a second, the C relays tick nothing.");
    }

    private static void Compare(BenchOptions options, Scoreboard scoreboard, int packetsPerSecond, string how)
    {
        double[] Measure(Func<int, IRelay> open)
        {
            using var load = new RelayLoad(LoadProcessor, packetsPerSecond, options);
            using var relay = open(load.SinkPort);
            var (begin, end, loss) = load.Drive(relay);
            var packets = end.Packets - begin.Packets;
            return
            [
                (double)(end.CpuNanoseconds - begin.CpuNanoseconds) / packets,
                (double)(end.AllocatedBytes - begin.AllocatedBytes) / packets,
                loss,
            ];
        }

        double[] Ours() => Measure(port => new WorkerRelay(RelayProcessor, Sockets, port));
        double[] Theirs(string shape) => Measure(port => new PeerRelay(shape, RelayProcessor, Sockets, port));

        Contest.WarmUp(options, Ours);
        var results = Contest.Run(options.Rounds, Ours, () => Theirs("batched"), () => Theirs("single"));
        var figure = new Figure($"relayed packet, {how}", results[0][0], "ns") { Goal = Goal };
        scoreboard.Add(figure with { Peer = "C, recvmmsg and sendmmsg", Theirs = results[1][0] });
        scoreboard.Add(figure with { Peer = "C, recvfrom and sendto", Theirs = results[2][0] });
        scoreboard.Add(new Figure($"relayed packet, {how}, allocated", results[0][1], "B")
        {
            Goal = Goal.AtMost(0),
        });
        scoreboard.Note(
            $"Lost, {how}: Farspan {results[0][2].Format()} %, recvmmsg {results[1][2].Format()} %, "
            + $"recvfrom {results[2][2].Format()} %.");
    }
}
