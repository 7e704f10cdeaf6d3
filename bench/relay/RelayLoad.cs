using System.Diagnostics;
using System.Globalization;

namespace Farspan.Bench;

/// <summary>The generator and sink in C, bench/peers/udp_load.c, around a relay.</summary>
internal sealed class RelayLoad : IDisposable
{
    private readonly Process _process;

    /// <param name="processor">Where it is pinned; not where the relay is.</param>
    /// <param name="packetsPerSecond">0 for a closed loop that keeps the relay busy.</param>
    /// <param name="options">Says how long.</param>
    public RelayLoad(int processor, int packetsPerSecond, BenchOptions options)
    {
        var (warmUpMs, measuredMs) = (options.Scale(500), options.Scale(2_000));
        _process = Peer.Start(
            "udp_load", [$"{processor}", $"{packetsPerSecond}", $"{warmUpMs}", $"{measuredMs}"]);
        SinkPort = int.Parse(ReadLine(), CultureInfo.InvariantCulture);
    }

    public int SinkPort { get; }

    /// <summary>Drives the relay and returns what it did in the measured time, and what was lost.</summary>
    public (RelayReading Begin, RelayReading End, double LossPercent) Drive(IRelay relay)
    {
        var ports = string.Join(' ', relay.Ports);
        _process.StandardInput.WriteLine($"{relay.Ports.Count} {ports}");
        _process.StandardInput.Flush();
        Expect("begin", ReadLine());
        var begin = relay.Read();
        var words = ReadLine().Split(' ');
        Expect("end", words[0]);
        var end = relay.Read();
        var (sent, received) = (Parse(words[1]), Parse(words[2]));
        return (begin, end, 100.0 * Math.Max(sent - received, 0) / sent);
    }

    public void Dispose()
    {
        _process.WaitForExit();
        _process.Dispose();
    }

    private static long Parse(string word) => long.Parse(word, CultureInfo.InvariantCulture);

    private static void Expect(string word, string line)
    {
        if (line != word)
        {
            throw new InvalidOperationException($"udp_load said {line}, not {word}");
        }
    }

    private string ReadLine() =>
        _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("udp_load ended");
}
