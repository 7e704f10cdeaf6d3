using System.Diagnostics;
using System.Globalization;
using Farspan.Native;
using Farspan.Srtp;

namespace Farspan.Bench;

/// <summary>
/// Protects and unprotects 172-byte packets, in rounds that alternate with the C peer (OpenSSL EVP,
/// libsrtp2), and
/// exchanges packets with libsrtp2 both ways. Build the peer first: <c>bench/peers/build.sh</c>.
/// </summary>
internal static class SrtpBench
{
    private const int Rounds = 7;
    private const int PacketsPerRound = 100_000;
    private const int BatchPackets = 1000;
    private const int HeaderBytes = 12;
    private const int PlainBytes = 172;
    private const int RoomBytes = 256;

    private static readonly ISha1Compressor? Sha1 = OpenSslSha1.TryCreate();

    public static int Run(string[] args)
    {
        var peer = Path.Combine("artifacts", "peers", "srtp_peer");
        if (!File.Exists(peer))
        {
            Console.Error.WriteLine("Run bench/peers/build.sh first, and this in the repository's root.");
            return 2;
        }

        var isGood = true;
        foreach (var profile in (ReadOnlySpan<SrtpProfile>)[
            SrtpProfile.AesCm128HmacSha1Tag80, SrtpProfile.AeadAes128Gcm])
        {
            isGood &= Compare(profile, peer) & SrtpInterop.Check(profile, peer);
        }

        return isGood ? 0 : 1;
    }

    public static SrtpMasterKey CreateKey(SrtpProfile profile)
    {
        var bytes = Enumerable.Range(0, profile.KeyAndSaltBytes()).Select(i => (byte)i).ToArray();
        return new SrtpMasterKey(profile, bytes);
    }

    public static string PeerName(SrtpProfile profile) => profile == SrtpProfile.AeadAes128Gcm ? "gcm" : "cm";

    private static bool Compare(SrtpProfile profile, string peer)
    {
        MeasureOurs(profile, out _);
        MeasureOurs(profile, out _);
        var ours = new List<Cost>();
        var evp = new List<Cost>();
        var libsrtp = new List<Cost>();
        long allocated = 0;
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(MeasureOurs(profile, out var bytes));
            evp.Add(MeasurePeer(profile, peer, "evp"));
            libsrtp.Add(MeasurePeer(profile, peer, "libsrtp"));
            allocated += bytes;
        }

        Console.WriteLine(
            $"{profile.CryptoSuite()}, {PlainBytes}-byte packets, median of {Rounds} rounds, ns of CPU");
        var (own, ciphers, library) = (Median(ours), Median(evp), Median(libsrtp));
        Console.WriteLine($"  {"",-22}{"protect",10}{"unprotect",11}{"ours/it",17}");
        Console.WriteLine($"  {"Farspan",-22}{own.Protect,10:F0}{own.Unprotect,11:F0}");
        Print("OpenSSL EVP (C)", ciphers, own);
        Print("libsrtp2 (C)", library, own);
        Console.WriteLine($"  allocated: {allocated} bytes in {2L * Rounds * PacketsPerRound} packets");
        return allocated == 0;
    }

    private static void Print(string name, Cost it, Cost own)
    {
        var ratios = $"{own.Protect / it.Protect:F2} / {own.Unprotect / it.Unprotect:F2}";
        Console.WriteLine($"  {name,-22}{it.Protect,10:F0}{it.Unprotect,11:F0}{ratios,17}");
    }

    private static Cost MeasureOurs(SrtpProfile profile, out long allocatedBytes)
    {
        var key = CreateKey(profile);
        var (sender, receiver) = (new SrtpSender(key, Sha1), new SrtpReceiver(key, Sha1));
        var batch = new byte[BatchPackets * RoomBytes];
        long protect = 0;
        long unprotect = 0;
        allocatedBytes = 0;
        for (var number = 1; number <= PacketsPerRound; number += BatchPackets)
        {
            FillBatch(batch, number);
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = ThreadClock.Nanoseconds;
            ProtectBatch(sender, batch);
            var middle = ThreadClock.Nanoseconds;
            UnprotectBatch(receiver, batch, PlainBytes + profile.TagBytes());
            unprotect += ThreadClock.Nanoseconds - middle;
            protect += middle - start;
            // The first packet of an SSRC makes its state; no other packet may allocate.
            allocatedBytes += number == 1 ? 0 : GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return new Cost((double)protect / PacketsPerRound, (double)unprotect / PacketsPerRound);
    }

    private static void FillBatch(byte[] batch, int firstNumber)
    {
        for (var i = 0; i < BatchPackets; i++)
        {
            var packet = batch.AsSpan(i * RoomBytes, PlainBytes);
            packet.Clear();
            packet[0] = 0x80;
            packet[2] = (byte)((firstNumber + i) >> 8);
            packet[3] = (byte)(firstNumber + i);
            packet[11] = 0x42;
            packet[HeaderBytes..].Fill((byte)i);
        }
    }

    private static void ProtectBatch(SrtpSender sender, byte[] batch)
    {
        for (var i = 0; i < BatchPackets; i++)
        {
            if (!sender.TryProtect(batch.AsSpan(i * RoomBytes, RoomBytes), PlainBytes, out _, out var error))
            {
                throw new InvalidOperationException($"protect: {error}");
            }
        }
    }

    private static void UnprotectBatch(SrtpReceiver receiver, byte[] batch, int length)
    {
        for (var i = 0; i < BatchPackets; i++)
        {
            if (!receiver.TryUnprotect(batch.AsSpan(i * RoomBytes, RoomBytes), length, out _, out var error))
            {
                throw new InvalidOperationException($"unprotect: {error}");
            }
        }
    }

    private static Cost MeasurePeer(SrtpProfile profile, string peer, string library)
    {
        string[] arguments = ["bench", PeerName(profile), library, $"{PacketsPerRound}"];
        var start = new ProcessStartInfo(peer, arguments) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        var words = process.StandardOutput.ReadToEnd().Split(' ');
        process.WaitForExit();
        return new Cost(
            double.Parse(words[0], CultureInfo.InvariantCulture),
            double.Parse(words[1], CultureInfo.InvariantCulture));
    }

    private static Cost Median(List<Cost> costs) => new(
        costs.Select(cost => cost.Protect).Order().ElementAt(costs.Count / 2),
        costs.Select(cost => cost.Unprotect).Order().ElementAt(costs.Count / 2));

    private readonly record struct Cost(double Protect, double Unprotect);
}
