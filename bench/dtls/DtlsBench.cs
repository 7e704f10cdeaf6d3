using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;

namespace Farspan.Bench;

/// <summary>
/// What a DTLS handshake costs, both ends together: CPU beside OpenSSL driven from C, managed bytes, and
/// native memory left behind.
/// </summary>
internal static class DtlsBench
{
    private const int PairsPerRound = 500;

    /// <summary>
    /// The compiler's and the collector's own share; a session is about 50 KB, a leak would dwarf it.
    /// </summary>
    private const long MaxGrowthBytes = 8 << 20;

    public static void Run(BenchOptions options, Scoreboard scoreboard)
    {
        using var clients = new OpenSslDtlsSessionFactory();
        using var servers = new OpenSslDtlsSessionFactory();
        var pairs = options.Scale(PairsPerRound);
        double[] Ours() => Measure(clients, servers, pairs);

        Contest.WarmUp(options, Ours);
        var used = NativeHeap.UsedBytes;
        var results = Contest.Run(options.Rounds, Ours, () => Peer.Measure("dtls_peer", [$"{pairs}"]));
        var growth = NativeHeap.UsedBytes - used;

        scoreboard.Add(new Figure("DTLS 1.2 handshake, both ends", results[0][0], "µs")
        {
            Peer = "OpenSSL in C",
            Theirs = results[1][0],
        });
        scoreboard.Add(new Figure("DTLS 1.2 handshake, both ends, managed memory", results[0][1], "B"));
        scoreboard.Require(
            growth < MaxGrowthBytes,
            $"{options.Rounds * pairs:#,0} handshakes made the C heap grow by {growth >> 10} KB in all");
    }

    private static double[] Measure(IDtlsSessionFactory clients, IDtlsSessionFactory servers, int pairs)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = ThreadClock.Nanoseconds;
        ShakeHands(clients, servers, pairs);
        var cpu = ThreadClock.Nanoseconds - start;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        return [cpu / 1e3 / pairs, (double)allocated / pairs];
    }

    private static void ShakeHands(IDtlsSessionFactory clients, IDtlsSessionFactory servers, int pairs)
    {
        Span<byte> datagram = stackalloc byte[DtlsLimits.MaxDatagramBytes];
        for (var i = 0; i < pairs; i++)
        {
            using var client = clients.Create(DtlsRole.Client, servers.LocalFingerprint);
            using var server = servers.Create(DtlsRole.Server, clients.LocalFingerprint);
            server.Start(Instant.Zero);
            client.Start(Instant.Zero);
            while (Pass(client, server, datagram) | Pass(server, client, datagram))
            {
            }

            if (client.State != DtlsState.Connected || server.State != DtlsState.Connected)
            {
                throw new InvalidOperationException($"{client.FailureDetail} {server.FailureDetail}");
            }
        }
    }

    private static bool Pass(IDtlsSession from, IDtlsSession to, Span<byte> datagram)
    {
        var hasPassed = false;
        while (from.TryTakeDatagram(datagram, out var length))
        {
            to.Receive(datagram[..length], Instant.Zero);
            hasPassed = true;
        }

        return hasPassed;
    }
}
