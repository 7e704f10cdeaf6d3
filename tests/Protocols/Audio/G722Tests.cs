using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CsCheck;

namespace Farspan.Audio.Tests;

public sealed class G722Tests
{
    // The digests were made with another implementation, spandsp 0.0.6 in its 64 kbit/s mode, from the same
    // input. The decoded ones are of input that does not overload the output, which that version wraps
    // instead of limiting.
    private const string EncodedDigest = "D794A48CB5C874FCDF76D7BA371E0126B0B5236A5BF1CBBD677C702DBE70C008";
    private const string DecodedDigest = "8E6E618EEFA9EC2A415A663B7A86B69DC15C09AC74EA6520104C6B42FCAD778C";
    private const string DecodedRandomDigest =
        "8E5D8BDD5C04723A19A065A51904348D1D0C2F86F4C2C581A8DD6141C40D4015";

    [Fact]
    public void Encoder_AgreesBitByBitWithAnotherImplementation()
    {
        using var encoder = new G722Encoder();
        var payload = new byte[16_000];

        Assert.Equal(16_000, encoder.Encode(TestSignal(32_000), payload));

        Assert.Equal("2884208420840485", Convert.ToHexString(payload, 0, 8));
        Assert.Equal(EncodedDigest, Convert.ToHexString(SHA256.HashData(payload)));
    }

    [Fact]
    public void Decoder_AgreesBitByBitWithAnotherImplementation()
    {
        using var encoder = new G722Encoder();
        var payload = new byte[16_000];
        encoder.Encode([.. TestSignal(32_000).Select(sample => (short)(sample >> 2))], payload);

        Assert.Equal(DecodedDigest, DigestOfDecoded(payload));
        Assert.Equal(DecodedRandomDigest, DigestOfDecoded(RandomBytes(250)));
    }

    [Fact] // ITU-T G.722 §4.4: LIMIT. Wrapping would turn overload into clicks.
    public void Overload_IsLimited()
    {
        using var encoder = new G722Encoder();
        using var decoder = new G722Decoder();
        var payload = new byte[1_600];
        var decoded = new short[3_200];
        var square = new short[3_200];
        for (var i = 0; i < square.Length; i++)
        {
            square[i] = i / 20 % 2 == 1 ? short.MaxValue : short.MinValue;
        }

        encoder.Encode(square, payload);

        decoder.Decode(payload, decoded);

        // After the delay of both filters, 22 samples, every sample has the sign of the square wave but at
        // its edges.
        Assert.Contains(short.MaxValue, decoded);
        for (var i = 1_000; i < 3_000; i++)
        {
            var place = (i - 22) % 20;
            Assert.True(place is < 4 or > 16 || decoded[i] > 0 == ((i - 22) / 20 % 2 == 1));
        }
    }

    [Fact]
    public void Frames_GiveTheSameBytesAsTheWholeStream()
    {
        using var whole = new G722Encoder();
        using var framed = new G722Encoder();
        var signal = TestSignal(3_200);
        var expected = new byte[1_600];
        var actual = new byte[1_600];

        whole.Encode(signal, expected);
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(160, framed.Encode(signal.AsSpan(i * 320, 320), actual.AsSpan(i * 160)));
        }

        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(300, 35, 70)]
    [InlineData(1_000, 35, 70)]
    [InlineData(3_000, 25, 60)]
    [InlineData(6_000, 12, 60)] // Two bits a sample above 4 kHz.
    public void Sine_KeepsItsSignalToNoiseRatio(double frequencyHz, double lowest, double highest)
    {
        using var encoder = new G722Encoder();
        using var decoder = new G722Decoder();
        var payload = new byte[8_000];
        var decoded = new short[16_000];

        encoder.Encode(Sound.Sine(frequencyHz, -13, 16_000, 16_000), payload);
        decoder.Decode(payload, decoded);

        Assert.InRange(Sound.ToneToRestDecibels(decoded.AsSpan(1_600), frequencyHz, 16_000), lowest, highest);
    }

    [Fact]
    public void Decoder_FindsBackIntoStepAfterLostFrames()
    {
        using var encoder = new G722Encoder();
        using var decoder = new G722Decoder();
        var payload = new byte[8_000];
        encoder.Encode(Sound.Sine(1_000, -13, 16_000, 16_000), payload);
        var decoded = new short[320];

        for (var frame = 0; frame < 50; frame++)
        {
            if (frame is 10 or 11)
            {
                Assert.Equal(320, decoder.Conceal(decoded));
            }
            else
            {
                Assert.Equal(320, decoder.Decode(payload.AsSpan(frame * 160, 160), decoded));
            }
        }

        Assert.True(Sound.ToneToRestDecibels(decoded, 1_000, 16_000) > 30);
    }

    [Fact]
    public void AnyPayload_DecodesToTwoSamplesAByte() =>
        Gen.Byte.Array[0, 1_500].Sample(payload =>
        {
            using var decoder = new G722Decoder();
            var pcm = new short[2_000];
            Assert.Equal(payload.Length <= 1_000 ? 2 * payload.Length : 0, decoder.Decode(payload, pcm));
        });

    [Fact]
    public void OddFrame_IsRefused()
    {
        using var encoder = new G722Encoder();
        Assert.Equal(0, encoder.Encode(new short[319], new byte[160]));
        Assert.Equal(0, encoder.Encode(new short[320], new byte[159]));
    }

    [Fact] // RFC 3551 §4.5.2
    public void RtpClock_IsHalfTheSampleRate()
    {
        Assert.Equal(8_000, AudioCodec.G722.RtpClockRateHz());
        Assert.Equal(16_000, AudioCodec.G722.NativeSampleRateHz());
    }

    private static string DigestOfDecoded(byte[] payload)
    {
        using var decoder = new G722Decoder();
        var pcm = new short[2 * payload.Length];
        Assert.Equal(pcm.Length, decoder.Decode(payload, pcm));
        return Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(pcm.AsSpan())));
    }

    // Whole numbers alone, so that every language makes the same: a triangle and noise in steps of loudness,
    // then a clipped square.
    private static short[] TestSignal(int samples)
    {
        var seed = 1u;
        var pcm = new short[samples];
        for (var i = 0; i < samples; i++)
        {
            seed = ((seed * 1_103_515_245) + 12_345) & 0x7FFFFFFF;
            var noise = (int)((seed >> 8) & 0xFFFF) - 32_768;
            var ramp = i * 700 % 65_536;
            var triangle = ramp < 32_768 ? ramp - 16_384 : 49_152 - ramp;
            var step = i / 1_600 % 8;
            var mixed = ((triangle * 3) >> 1) + (noise >> 2);
            var sample = step == 7 ? (i / 20 % 2 == 1 ? 32_767 : -32_768) : mixed >> step;
            pcm[i] = (short)Math.Clamp(sample, short.MinValue, short.MaxValue);
        }

        return pcm;
    }

    private static byte[] RandomBytes(int count)
    {
        var seed = 7u;
        var bytes = new byte[count];
        foreach (ref var value in bytes.AsSpan())
        {
            seed = ((seed * 1_103_515_245) + 12_345) & 0x7FFFFFFF;
            value = (byte)(seed >> 16);
        }

        return bytes;
    }
}
