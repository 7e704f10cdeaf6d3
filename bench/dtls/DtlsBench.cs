using Farspan.Kernel;
using Farspan.Media;
using Farspan.Native;

namespace Farspan.Bench;

/// <summary>
/// What a DTLS handshake costs, both ends together: CPU, managed bytes, and native memory left behind.
/// </summary>
internal static class DtlsBench
{
    private const int WarmUpPairs = 200;
    private const int DefaultPairs = 10_000;

    /// <summary>
    /// The compiler's and the collector's own share; a session is about 50 KB, a leak would dwarf it.
    /// </summary>
    private const long MaxGrowthBytes = 8 << 20;

    public static int Run(string[] args)
    {
        var pairs = args.Length > 0 && int.TryParse(args[0], out var asked) ? asked : DefaultPairs;
        using var clients = new OpenSslDtlsSessionFactory();
        using var servers = new OpenSslDtlsSessionFactory();
        Handshakes(clients, servers, WarmUpPairs);

        var used = NativeHeap.UsedBytes;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var start = ThreadClock.Nanoseconds;
        Handshakes(clients, servers, pairs);
        var cpu = ThreadClock.Nanoseconds - start;
        var growth = NativeHeap.UsedBytes - used;
        var perPair = (GC.GetAllocatedBytesForCurrentThread() - allocated) / pairs;
        Console.WriteLine($"DTLS handshake pairs: {pairs}");
        Console.WriteLine($"  CPU per pair      {cpu / 1e6 / pairs,8:F2} ms");
        Console.WriteLine($"  managed per pair  {perPair,8} bytes");
        Console.WriteLine($"  native heap grew  {growth,8} bytes in all");
        return growth < MaxGrowthBytes ? 0 : 1;
    }

    private static void Handshakes(IDtlsSessionFactory clients, IDtlsSessionFactory servers, int pairs)
    {
        var datagram = new byte[DtlsLimits.MaxDatagramBytes];
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

    private static bool Pass(IDtlsSession from, IDtlsSession to, byte[] datagram)
    {
        var hasPassed = false;
        while (from.TryTakeDatagram(datagram, out var length))
        {
            to.Receive(datagram.AsSpan(0, length), Instant.Zero);
            hasPassed = true;
        }

        return hasPassed;
    }
}
