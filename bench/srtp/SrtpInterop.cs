using System.Buffers.Binary;
using System.Diagnostics;
using Farspan.Kernel;
using Farspan.Srtp;

namespace Farspan.Bench;

/// <summary>
/// Sends random packets through libsrtp2 in both directions, RTP across two wraps of the sequence number and
/// some RTCP, and compares what comes out.
/// </summary>
internal static class SrtpInterop
{
    public const int Packets = 140_000;
    private const int ControlEvery = 50;
    private const int ControlFlag = 0x8000;
    private const int MinBytes = 12;
    private const int MaxBytes = 400;
    private const int RoomBytes = 512;
    private const uint Ssrc = 0xFA25_9A11;

    public static bool Check(SrtpProfile profile, string peer)
    {
        var plain = CreatePlain(new RandomSource(0x5727));
        var ours = Exchange(peer, "unprotect", profile, Protect(profile, plain));
        var theirs = Unprotect(profile, Exchange(peer, "protect", profile, plain));
        return ours.AsSpan().SequenceEqual(plain) && theirs.AsSpan().SequenceEqual(plain);
    }

    /// <summary>
    /// Frames as the peer reads them: 16 bits of length, the uppermost set for RTCP, then the packet.
    /// </summary>
    private static byte[] CreatePlain(RandomSource random)
    {
        var output = new MemoryStream();
        Span<byte> packet = stackalloc byte[MaxBytes];
        for (var number = 0; number < Packets; number++)
        {
            var isControl = number % ControlEvery == 0;
            var length = MinBytes + random.NextInt32(MaxBytes - MinBytes);
            length = isControl ? length & ~3 : length;
            random.Fill(packet[..length]);
            packet[0] = 0x80;
            BinaryPrimitives.WriteUInt32BigEndian(packet[(isControl ? 4 : 8)..], Ssrc);
            if (!isControl)
            {
                BinaryPrimitives.WriteUInt16BigEndian(packet[2..], (ushort)(65000 + number));
            }

            WriteFrame(output, packet[..length], isControl);
        }

        return output.ToArray();
    }

    private static byte[] Protect(SrtpProfile profile, byte[] frames)
    {
        var sender = new SrtpSender(SrtpBench.CreateKey(profile));
        return Convert(frames, (buffer, length, isControl) =>
        {
            _ = isControl
                ? sender.TryProtectControl(buffer, length, out var written, out _)
                : sender.TryProtect(buffer, length, out written, out _);
            return written;
        });
    }

    private static byte[] Unprotect(SrtpProfile profile, byte[] frames)
    {
        var receiver = new SrtpReceiver(SrtpBench.CreateKey(profile));
        return Convert(frames, (buffer, length, isControl) =>
        {
            _ = isControl
                ? receiver.TryUnprotectControl(buffer, length, out var written, out _)
                : receiver.TryUnprotect(buffer, length, out written, out _);
            return written;
        });
    }

    private static byte[] Convert(byte[] frames, Func<byte[], int, bool, int> transform)
    {
        var output = new MemoryStream();
        var buffer = new byte[RoomBytes];
        var reader = new SpanReader(frames);
        while (reader.TryReadUInt16(out var word) && reader.TryReadBytes(word & ~ControlFlag, out var packet))
        {
            packet.CopyTo(buffer);
            var isControl = (word & ControlFlag) != 0;
            WriteFrame(output, buffer.AsSpan(0, transform(buffer, packet.Length, isControl)), isControl);
        }

        return output.ToArray();
    }

    private static void WriteFrame(MemoryStream output, ReadOnlySpan<byte> packet, bool isControl)
    {
        var word = packet.Length | (isControl ? ControlFlag : 0);
        output.WriteByte((byte)(word >> 8));
        output.WriteByte((byte)word);
        output.Write(packet);
    }

    private static byte[] Exchange(string peer, string direction, SrtpProfile profile, byte[] input)
    {
        string[] arguments = [direction, SrtpBench.PeerName(profile)];
        using var process = Process.Start(new ProcessStartInfo(peer, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        var writing = Task.Run(() =>
        {
            process.StandardInput.BaseStream.Write(input);
            process.StandardInput.Close();
        });
        var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        writing.GetAwaiter().GetResult();
        return output.ToArray();
    }
}
