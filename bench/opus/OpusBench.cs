using System.Runtime.InteropServices;
using Farspan.Audio;
using Farspan.Native;

namespace Farspan.Bench;

/// <summary>
/// The media of calls, G.711 to Opus and back at 8 kHz and complexity 5: the whole bridge and its codecs
/// alone, beside libopus alone driven from C with the same settings on the same samples.
/// </summary>
internal static class OpusBench
{
    /// <summary>
    /// They take turns frame by frame, so that their states compete for the caches as in a worker.
    /// </summary>
    private const int Calls = 64;
    private const int SecondsPerRound = 10;
    private const int FramesPerSecond = 50;
    private const double MillisecondsPerSecond = 1_000;

    /// <summary>
    /// The first frames of a call, before its jitter buffers are filled; a broken bridge conceals all.
    /// </summary>
    private const double MaxConcealedShare = 0.02;

    /// <summary>Codecs lose a little; a bridge that carries silence is cheaper than it should be.</summary>
    private const double MinLoudness = 0.7;

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
        double[] Codecs() => Measure(pcm, seconds);
        using var bridge = new BridgeContestant(Calls, pcm);
        double[] Bridge() => bridge.Measure(seconds);

        Contest.WarmUp(options, Codecs);
        Contest.WarmUp(options, Bridge);
        double[] Theirs() => Peer.Measure("opus_peer", [file, $"{Calls}", $"{seconds}"]);
        var results = Contest.Run(options.Rounds, Bridge, Codecs, Theirs);
        Report(scoreboard, results[0], results[1], results[2]);
        var quietest = bridge.Listen(SpeechSample.Seconds);
        scoreboard.Require(
            bridge.ConcealedShare < MaxConcealedShare && quietest > MinLoudness,
            $"everybody heard the other at {quietest:P0} of the loudness or more, "
            + $"and {bridge.ConcealedShare:P2} of the frames were made up");
        scoreboard.Note($"{OpusLibrary.Version}, {Calls} calls in turn, 16 kbit/s, frames of 20 ms.");
    }

    private static void Report(Scoreboard scoreboard, Samples[] bridge, Samples[] codecs, Samples[] peer)
    {
        var second = new Figure("a second of a call, the whole bridge", bridge[0], "ms")
        {
            Peer = "libopus in C",
            Theirs = peer[0],
            Goal = Goal.RatioAtMost(1.25),
        };
        scoreboard.Add(second);
        scoreboard.Add(second with
        {
            What = "a second of a call, its codecs alone",
            Ours = codecs[0],
            Goal = null,
        });
        scoreboard.Add(new Figure("calls that fill a processor, no sockets", CallsOf(bridge[0]), "calls")
        {
            Peer = "libopus in C",
            Theirs = CallsOf(peer[0]),
        });
        scoreboard.Add(new Figure("a second of a call, allocated by the bridge", bridge[1], "B"));
        scoreboard.Add(new Figure("a frame, allocated by codecs", codecs[2], "B") { Goal = Goal.AtMost(0) });
        scoreboard.Require(
            Math.Abs(codecs[1].Median - peer[1].Median) < 0.01,
            $"both sides made payloads of the same size, {Samples.Format(codecs[1].Median)} bytes a frame");
    }

    private static Samples CallsOf(Samples milliseconds) =>
        Samples.Of(MillisecondsPerSecond / milliseconds.Median);

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
