using System.Runtime.InteropServices;
using Farspan.Audio;
using Farspan.Native;

namespace Farspan.Bench;

/// <summary>
/// The audio of calls, G.711 to Opus and back at 8 kHz and complexity 5, beside libopus alone driven from C with the
/// same settings on the same samples.
/// </summary>
internal static class OpusBench
{
    /// <summary>They take turns frame by frame, so that their states compete for the caches as in a worker.</summary>
    private const int Calls = 64;
    private const int SecondsPerRound = 10;
    private const int FramesPerSecond = 50;
    private const double MillisecondsPerSecond = 1_000;

    public static void Run(BenchOptions options, Scoreboard scoreboard)
    {
        if (!OpusLibrary.IsAvailable)
        {
            scoreboard.Require(holds: false, "libopus is installed");
            return;
        }

        var pcm = SpeechSample.Create();
        var file = RepositoryRoot.Combine("artifacts", "peers", "speech-8k.pcm");
        File.WriteAllBytes(file, MemoryMarshal.AsBytes(pcm.AsSpan()));
        var seconds = options.Scale(SecondsPerRound);
        double[] Ours() => Measure(pcm, seconds);

        Contest.WarmUp(options, Ours);
        var results = Contest.Run(
            options.Rounds, Ours, () => Peer.Measure("opus_peer", [file, $"{Calls}", $"{seconds}"]));
        scoreboard.Add(new Figure("audio of one call for a second, both directions", results[0][0], "ms")
        {
            Peer = "libopus in C",
            Theirs = results[1][0],
            Goal = Goal.RatioAtMost(1.25),
        });
        scoreboard.Add(new Figure("calls whose audio fills a processor", CallsOf(results[0][0]), "calls")
        {
            Peer = "libopus in C",
            Theirs = CallsOf(results[1][0]),
        });
        scoreboard.Add(new Figure("… allocated a frame", results[0][2], "B") { Goal = Goal.AtMost(0) });
        scoreboard.Require(
            Math.Abs(results[0][1].Median - results[1][1].Median) < 0.01,
            $"both sides made payloads of the same size, {Samples.Format(results[0][1].Median)} bytes a frame");
        scoreboard.Note($"{OpusLibrary.Version}, {Calls} calls in turn, 16 kbit/s, frames of 20 ms.");
    }

    private static Samples CallsOf(Samples milliseconds) => Samples.Of(MillisecondsPerSecond / milliseconds.Median);

    private static double[] Measure(short[] pcm, int seconds)
    {
        var carrier = new byte[pcm.Length];
        G711.EncodeMuLaw(pcm, carrier);
        var codecs = new OpusCodecFactory();
        OpusCall[] calls = [.. Enumerable.Range(0, Calls).Select(_ => new OpusCall(codecs))];
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = ThreadClock.Nanoseconds;
        var bytes = Carry(calls, carrier, seconds * FramesPerSecond);
        var cpu = ThreadClock.Nanoseconds - start;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Array.ForEach(calls, call => call.Dispose());

        var frames = (double)Calls * seconds * FramesPerSecond;
        return [cpu / 1e6 / frames * FramesPerSecond, bytes / frames, allocated / frames];
    }

    private static long Carry(OpusCall[] calls, byte[] carrier, int frames)
    {
        var recorded = carrier.Length / OpusCall.FrameSamples;
        long bytes = 0;
        for (var frame = 0; frame < frames; frame++)
        {
            for (var i = 0; i < calls.Length; i++)
            {
                // Each call is at another place of the recording, the same as in the peer.
                var place = (frame + (i * 7)) % recorded * OpusCall.FrameSamples;
                bytes += calls[i].Carry(carrier.AsSpan(place, OpusCall.FrameSamples));
            }
        }

        return bytes;
    }
}
