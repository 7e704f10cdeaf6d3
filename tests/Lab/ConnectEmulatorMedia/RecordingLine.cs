using Farspan.ConnectEmulator;
using Farspan.Kernel;
using Farspan.Native;
using Farspan.Rtp;

namespace Farspan.ConnectEmulatorMedia.Tests;

/// <summary>Keeps what one attendee is sent.</summary>
internal sealed class RecordingLine : IMeetingLine
{
    public List<RtpHeader> Headers { get; } = [];

    public List<byte[]> Payloads { get; } = [];

    /// <summary>False while allocation is measured.</summary>
    public bool IsRecording { get; set; } = true;

    public void Send(in RtpHeader header, ReadOnlySpan<byte> packet, Instant now)
    {
        if (IsRecording)
        {
            Headers.Add(header);
            Payloads.Add(packet[RtpHeader.Bytes..].ToArray());
        }
    }

    /// <summary>The last packets, decoded at 16 kHz.</summary>
    public short[] DecodeLast(int packets)
    {
        using var decoder = new OpusDecoder(16_000);
        var pcm = new short[packets * 320];
        foreach (var (i, payload) in Payloads.TakeLast(packets).Index())
        {
            Assert.Equal(320, decoder.Decode(payload, pcm.AsSpan(i * 320)));
        }

        return pcm;
    }
}
