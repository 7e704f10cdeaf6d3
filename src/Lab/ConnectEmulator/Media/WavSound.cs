using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace Farspan.ConnectEmulator;

/// <summary>The sound of a RIFF/WAVE file: PCM of 16 bits, channels mixed to one.</summary>
internal sealed record WavSound(int SampleRateHz, short[] Samples)
{
    private const int ChunkHeaderBytes = 8;
    private const int FormatBytes = 16;
    private const int Pcm = 1;

    private static readonly int[] KnownRatesHz = [8_000, 16_000, 24_000, 32_000, 48_000];

    /// <summary>False for everything but 16-bit PCM at 8, 16, 24, 32 or 48 kHz.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> file, [NotNullWhen(true)] out WavSound? sound)
    {
        sound = null;
        if (file.Length < 12 || !file[..4].SequenceEqual("RIFF"u8) || !file[8..12].SequenceEqual("WAVE"u8))
        {
            return false;
        }

        if (!TryFindChunk(file, "fmt "u8, out var format)
            || !TryFindChunk(file, "data"u8, out var data)
            || format.Length < FormatBytes)
        {
            return false;
        }

        var channels = BinaryPrimitives.ReadUInt16LittleEndian(format[2..]);
        var rateHz = BinaryPrimitives.ReadInt32LittleEndian(format[4..]);
        if (BinaryPrimitives.ReadUInt16LittleEndian(format) != Pcm
            || BinaryPrimitives.ReadUInt16LittleEndian(format[14..]) != 16
            || channels == 0
            || !KnownRatesHz.Contains(rateHz))
        {
            return false;
        }

        sound = new WavSound(rateHz, MixToOne(data, channels));
        return true;
    }

    private static bool TryFindChunk(
        ReadOnlySpan<byte> file, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> body)
    {
        var rest = file[12..];
        while (rest.Length >= ChunkHeaderBytes)
        {
            var bytes = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            var available = (int)Math.Min(bytes, (uint)(rest.Length - ChunkHeaderBytes));
            body = rest.Slice(ChunkHeaderBytes, available);
            if (rest[..4].SequenceEqual(name))
            {
                return true;
            }

            // Chunks are padded to an even length.
            var next = Math.Min(ChunkHeaderBytes + available + (available & 1), rest.Length);
            rest = rest[next..];
        }

        body = default;
        return false;
    }

    private static short[] MixToOne(ReadOnlySpan<byte> data, int channels)
    {
        var samples = new short[data.Length / (sizeof(short) * channels)];
        for (var i = 0; i < samples.Length; i++)
        {
            var sum = 0;
            for (var channel = 0; channel < channels; channel++)
            {
                var at = sizeof(short) * ((i * channels) + channel);
                sum += BinaryPrimitives.ReadInt16LittleEndian(data[at..]);
            }

            samples[i] = (short)(sum / channels);
        }

        return samples;
    }
}
