using CsCheck;

namespace Farspan.Audio.Tests;

public sealed class G711Tests
{
    private static readonly byte[] AllCodes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];

    // G.711 tables 2a and 2b: decoder output values at the ends of each positive segment, on the 14-bit
    // scale.
    private static readonly int[] MuLawSegmentStarts = [0, 33, 99, 231, 495, 1023, 2079, 4191];

    [Fact]
    public void EveryMuLawCode_SurvivesExpansionAndCompression()
    {
        foreach (var code in AllCodes)
        {
            // The two codes for zero are told apart by the sign, which a zero has lost.
            Assert.Equal(code == 0x7F ? 0xFF : code, G711.EncodeMuLaw(G711.DecodeMuLaw(code)));
        }
    }

    [Fact]
    public void EveryALawCode_SurvivesExpansionAndCompression() =>
        Assert.All(AllCodes, code => Assert.Equal(code, G711.EncodeALaw(G711.DecodeALaw(code))));

    [Theory] // G.711 tables 1a, 1b, 2a, 2b: the first and last values of both signs.
    [InlineData(0xFF, 0)]
    [InlineData(0x7F, 0)]
    [InlineData(0xFE, 2 * 4)]
    [InlineData(0x7E, -2 * 4)]
    [InlineData(0x80, 8_031 * 4)]
    [InlineData(0x00, -8_031 * 4)]
    [InlineData(0xEF, 33 * 4)]
    public void MuLawCode_ExpandsToTheValueOfTheTable(byte code, short pcm) =>
        Assert.Equal(pcm, G711.DecodeMuLaw(code));

    [Theory]
    [InlineData(0xD5, 1 * 8)]
    [InlineData(0x55, -1 * 8)]
    [InlineData(0xAA, 4_032 * 8)]
    [InlineData(0x2A, -4_032 * 8)]
    [InlineData(0xC5, 33 * 8)]
    [InlineData(0xF5, 66 * 8)]
    public void ALawCode_ExpandsToTheValueOfTheTable(byte code, short pcm) =>
        Assert.Equal(pcm, G711.DecodeALaw(code));

    [Fact]
    public void MuLawSegments_BeginWhereTheTableSaysAndDoubleTheirStep()
    {
        for (var segment = 0; segment < 8; segment++)
        {
            var first = (byte)~(segment << 4);
            Assert.Equal(MuLawSegmentStarts[segment] * 4, G711.DecodeMuLaw(first));
            Assert.Equal(2 * 4 << segment, G711.DecodeMuLaw((byte)(first - 1)) - G711.DecodeMuLaw(first));
        }
    }

    [Fact]
    public void EverySample_BecomesTheNearestCode()
    {
        for (int pcm = short.MinValue; pcm <= short.MaxValue; pcm++)
        {
            var muLaw = G711.DecodeMuLaw(G711.EncodeMuLaw((short)pcm));
            var magnitude = Math.Abs(pcm);
            Assert.True(Math.Abs(pcm - muLaw) <= Math.Max(magnitude - 32_635, 4 + ((magnitude + 132) / 32)));
            var aLaw = G711.DecodeALaw(G711.EncodeALaw((short)pcm));
            Assert.True(Math.Abs(pcm - aLaw) <= Math.Max(8, (magnitude / 32) + 1));
        }
    }

    [Fact]
    public void Curves_RiseAndAreMirrored()
    {
        for (int pcm = 0; pcm < short.MaxValue; pcm++)
        {
            var (sample, next) = ((short)pcm, (short)(pcm + 1));
            Assert.True(ThroughMuLaw(sample) <= ThroughMuLaw(next));
            Assert.True(ThroughALaw(sample) <= ThroughALaw(next));
            Assert.Equal(G711.EncodeMuLaw(sample) ^ 0x80, G711.EncodeMuLaw((short)~pcm));
            Assert.Equal(G711.EncodeALaw(sample) ^ 0x80, G711.EncodeALaw((short)~pcm));
        }
    }

    [Theory]
    [InlineData(AudioCodec.Pcmu)]
    [InlineData(AudioCodec.Pcma)]
    public void Sine_KeepsThe37DecibelsThatCompandingAllows(AudioCodec codec)
    {
        using var encoder = new G711Encoder(codec);
        using var decoder = new G711Decoder(codec);
        var payload = new byte[800];
        var decoded = new short[800];
        foreach (var dbov in new[] { -4.0, -13, -25 })
        {
            Assert.Equal(800, encoder.Encode(Sound.Sine(1_020, dbov, 800), payload));
            Assert.Equal(800, decoder.Decode(payload, decoded));
            Assert.InRange(Sound.ToneToRestDecibels(decoded, 1_020, 8_000), 36, 45);
        }
    }

    [Fact]
    public void AnyPayload_DecodesToOneSampleAByteOrIsRefusedWithoutRoom() =>
        Gen.Byte.Array[0, 2_000].Sample(payload =>
        {
            using var decoder = new G711Decoder(AudioCodec.Pcma);
            var pcm = new short[960];
            Assert.Equal(payload.Length <= 960 ? payload.Length : 0, decoder.Decode(payload, pcm));
        });

    [Fact]
    public void PayloadWithoutRoom_IsRefused()
    {
        using var encoder = new G711Encoder(AudioCodec.Pcmu);
        Assert.Equal(0, encoder.Encode(new short[160], new byte[159]));
    }

    private static short ThroughMuLaw(short pcm) => G711.DecodeMuLaw(G711.EncodeMuLaw(pcm));

    private static short ThroughALaw(short pcm) => G711.DecodeALaw(G711.EncodeALaw(pcm));
}
