using Farspan.Native;
using Farspan.Srtp;

namespace Farspan.Bench;

/// <summary>
/// Protects and unprotects 172-byte packets beside the C peer (the ciphers of OpenSSL's EVP interface,
/// libsrtp2), and exchanges packets with libsrtp2 both ways.
/// </summary>
internal static class SrtpBench
{
    private const int PacketsPerRound = 100_000;
    private const int BatchPackets = 1000;
    private const int HeaderBytes = 12;
    private const int PlainBytes = 172;
    private const int RoomBytes = 256;
    private const string PeerProgram = "srtp_peer";

    private static readonly ISha1Compressor? Sha1 = OpenSslSha1.TryCreate();

    public static void Run(BenchOptions options, Scoreboard scoreboard)
    {
        scoreboard.Note($"SHA-1 blocks by {(Sha1 is null ? "managed code" : "libcrypto")}.");
        Compare(SrtpProfile.AesCm128HmacSha1Tag80, options, scoreboard);
        Compare(SrtpProfile.AeadAes128Gcm, options, scoreboard);
    }

    public static SrtpMasterKey CreateKey(SrtpProfile profile)
    {
        var bytes = Enumerable.Range(0, profile.KeyAndSaltBytes()).Select(i => (byte)i).ToArray();
        return new SrtpMasterKey(profile, bytes);
    }

    public static string PeerName(SrtpProfile profile) => profile == SrtpProfile.AeadAes128Gcm ? "gcm" : "cm";

    private static void Compare(SrtpProfile profile, BenchOptions options, Scoreboard scoreboard)
    {
        var packets = options.Scale(PacketsPerRound / BatchPackets) * BatchPackets;
        long allocated = 0;
        double[] Ours() => MeasureOurs(profile, packets, ref allocated);
        double[] Theirs(string library) =>
            Peer.Measure(PeerProgram, ["bench", PeerName(profile), library, $"{packets}"]);

        Contest.WarmUp(options, Ours);
        allocated = 0;
        var results = Contest.Run(options.Rounds, Ours, () => Theirs("evp"), () => Theirs("libsrtp"));

        var suite = profile.CryptoSuite();

        // The goals are of counter mode, which every WebRTC peer speaks.
        var isCounterMode = profile == SrtpProfile.AesCm128HmacSha1Tag80;
        var goals = isCounterMode ? (Goal.RatioAtMost(0.6), Goal.RatioAtMost(0.15)) : default((Goal, Goal)?);
        foreach (var (index, step) in (ReadOnlySpan<(int, string)>)[(0, "protect"), (1, "unprotect")])
        {
            var what = new Figure($"{suite}, {step} {PlainBytes} bytes", results[0][index], "ns");
            scoreboard.Add(what with { Peer = "EVP in C", Theirs = results[1][index], Goal = goals?.Item1 });
            scoreboard.Add(what with { Peer = "libsrtp2", Theirs = results[2][index], Goal = goals?.Item2 });
        }

        scoreboard.Add(new Figure($"{suite}, allocated", Samples.Of(allocated), "B")
        {
            Goal = Goal.AtMost(0),
        });
        scoreboard.Require(
            SrtpInterop.Check(profile, Peer.PathOf(PeerProgram)),
            $"{SrtpInterop.Packets:#,0} packets of {suite} each way through libsrtp2 come out equal");
    }

    private static double[] MeasureOurs(SrtpProfile profile, int packets, ref long allocatedBytes)
    {
        var key = CreateKey(profile);
        var (sender, receiver) = (new SrtpSender(key, Sha1), new SrtpReceiver(key, Sha1));
        var batch = new byte[BatchPackets * RoomBytes];
        long protect = 0;
        long unprotect = 0;
        for (var number = 1; number <= packets; number += BatchPackets)
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

        return [(double)protect / packets, (double)unprotect / packets];
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
}
