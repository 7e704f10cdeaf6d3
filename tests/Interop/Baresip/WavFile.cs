using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Farspan.Interop.Tests;

/// <summary>WAV files of 16-bit PCM, little endian as this machine is.</summary>
internal static class WavFile
{
    private const int HeaderBytes = 44;

    /// <summary>Writes the samples, the same on each channel.</summary>
    public static void Write(string path, ReadOnlySpan<short> mono, int sampleRateHz, int channels)
    {
        var samples = new short[mono.Length * channels];
        for (var i = 0; i < samples.Length; i++)
        {
            samples[i] = mono[i / channels];
        }

        var header = new byte[HeaderBytes];
        "RIFF"u8.CopyTo(header);
        "WAVEfmt "u8.CopyTo(header.AsSpan(8));
        "data"u8.CopyTo(header.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4), HeaderBytes - 8 + (samples.Length * 2));
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(20), 1); // linear PCM
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(22), (short)channels);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(24), sampleRateHz);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(28), sampleRateHz * channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(32), (short)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(34), 16);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(40), samples.Length * 2);
        File.WriteAllBytes(path, [.. header, .. MemoryMarshal.AsBytes<short>(samples)]);
    }

    /// <summary>
    /// The first channel of what has been written so far: the lengths of a file still open are not in it.
    /// </summary>
    public static short[] ReadFirstChannel(string path, int channels)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        var samples = MemoryMarshal.Cast<byte, short>(bytes.AsSpan(Math.Min(HeaderBytes, bytes.Length)));
        var first = new short[samples.Length / channels];
        for (var i = 0; i < first.Length; i++)
        {
            first[i] = samples[i * channels];
        }

        return first;
    }
}
