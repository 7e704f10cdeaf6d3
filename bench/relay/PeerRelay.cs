using System.Diagnostics;
using System.Globalization;

namespace Farspan.Bench;

/// <summary>The relay in C: bench/peers/epoll_relay.c.</summary>
internal sealed class PeerRelay : IRelay
{
    private readonly Process _process;

    /// <param name="shape">"batched" or "single".</param>
    /// <param name="processor">Where its thread is pinned.</param>
    /// <param name="sockets">An even number.</param>
    /// <param name="sinkPort">Where everything goes.</param>
    public PeerRelay(string shape, int processor, int sockets, int sinkPort)
    {
        _process = Peer.Start("epoll_relay", [shape, $"{processor}", $"{sockets}", $"{sinkPort}"]);
        Ports = [.. ReadNumbers().Select(number => (int)number)];
    }

    public IReadOnlyList<int> Ports { get; }

    public RelayReading Read()
    {
        _process.StandardInput.Write('\n');
        _process.StandardInput.Flush();
        var numbers = ReadNumbers();
        return new RelayReading(numbers[0], numbers[1], 0);
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private long[] ReadNumbers()
    {
        var line = _process.StandardOutput.ReadLine()
            ?? throw new InvalidOperationException("epoll_relay ended");
        return [.. line.Split(' ').Select(word => long.Parse(word, CultureInfo.InvariantCulture))];
    }
}
