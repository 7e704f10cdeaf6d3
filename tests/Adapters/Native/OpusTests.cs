using CsCheck;
using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Native.Tests;

public sealed class OpusTests
{
    [Fact]
    public void Library_IsInstalledAndSaysItsVersion()
    {
        Assert.True(OpusLibrary.IsAvailable);
        Assert.StartsWith("libopus 1.", OpusLibrary.Version);
    }

    [Theory]
    [InlineData(8_000, 440, 15)]
    [InlineData(8_000, 2_500, 12)]
    [InlineData(16_000, 440, 15)]
    [InlineData(48_000, 1_000, 15)]
    public void Sine_SurvivesTheRoundTrip(int sampleRateHz, double frequencyHz, double leastDecibels)
    {
        using var encoder = new OpusEncoder(new OpusEncoderSettings { SampleRateHz = sampleRateHz });
        using var decoder = new OpusDecoder(sampleRateHz);

        var decoded = RoundTrip(encoder, decoder, Sine(frequencyHz, sampleRateHz, 1), lost: _ => false);

        var steady = decoded.AsSpan(sampleRateHz / 2);
        Assert.True(ToneToRestDecibels(steady, frequencyHz, sampleRateHz) > leastDecibels);
        Assert.InRange(AudioLevel.MeasureDbov(steady), -15, -12);
    }

    [Fact]
    public void Decoder_GivesEveryRateWhateverTheEncoderTook()
    {
        using var encoder = new OpusEncoder(new OpusEncoderSettings { SampleRateHz = 8_000 });
        var payload = new byte[400];
        var bytes = encoder.Encode(Sine(440, 8_000, 1).AsSpan(0, 160), payload);
        Assert.InRange(bytes, 10, 120);

        foreach (var rate in new[] { 8_000, 12_000, 16_000, 24_000, 48_000 })
        {
            using var decoder = new OpusDecoder(rate);
            Assert.Equal(rate / 50, decoder.Decode(payload.AsSpan(0, bytes), new short[5_760]));
        }
    }

    [Fact]
    public void Bitrate_IsFollowed()
    {
        var (low, high) = (BytesOfASecond(12_000), BytesOfASecond(40_000));
        Assert.InRange(low, 1_000, 2_000);
        Assert.InRange(high, 3_500, 6_000);
    }

    [Fact]
    public void InbandFec_RecoversALostFrameBetterThanConcealment()
    {
        var settings = new OpusEncoderSettings
        {
            SampleRateHz = 16_000,
            BitrateBitsPerSecond = 32_000,
            UsesInbandFec = true,
            ExpectedLossPercent = 20,
        };
        var recovered = LossError(settings, usesFec: true);
        var concealed = LossError(settings, usesFec: false);
        Assert.True(recovered < 0.5 * concealed, $"{recovered} against {concealed}");
    }

    [Fact]
    public void LostFrames_AreConcealedAndFade()
    {
        using var encoder = new OpusEncoder(new OpusEncoderSettings { SampleRateHz = 8_000 });
        using var decoder = new OpusDecoder(8_000);
        var decoded = RoundTrip(encoder, decoder, Sine(440, 8_000, 1), lost: i => i >= 25);
        Assert.True(AudioLevel.MeasureDbov(decoded.AsSpan(25 * 160, 160)) > -22);
        Assert.True(AudioLevel.MeasureDbov(decoded.AsSpan(49 * 160, 160)) < -30);
    }

    [Fact]
    public void FrameOfALengthOpusDoesNotKnow_IsRefused()
    {
        using var encoder = new OpusEncoder(new OpusEncoderSettings());
        using var decoder = new OpusDecoder(8_000);
        Assert.Equal(0, encoder.Encode(new short[161], new byte[400]));
        Assert.Equal(0, encoder.Encode([], new byte[400]));
        Assert.Equal(0, encoder.Encode(new short[160], []));
        Assert.Equal(0, decoder.Conceal(new short[7]));
        Assert.Equal(0, decoder.Conceal([]));
        Assert.Equal(0, decoder.Decode([], new short[160]));
        Assert.Equal(0, decoder.Decode([0x08], []));
    }

    [Fact]
    public void AnyPayload_GivesSamplesOrIsRefused() =>
        Gen.Byte.Array[0, 1_500].Sample(payload =>
        {
            using var decoder = new OpusDecoder(16_000);
            var pcm = new short[1_920];
            Assert.InRange(decoder.Decode(payload, pcm), 0, pcm.Length);
            Assert.InRange(decoder.Recover(payload, pcm.AsSpan(0, 320)), 0, 320);
        });

    [Fact]
    public void CodedFrame_AllocatesNothing()
    {
        var settings = new OpusEncoderSettings { UsesInbandFec = true, ExpectedLossPercent = 10 };
        using var encoder = new OpusEncoder(settings);
        using var decoder = new OpusDecoder(8_000);
        var pcm = Sine(440, 8_000, 1).AsSpan(0, 160);
        var payload = new byte[400];
        long before = 0;
        for (var i = 0; i < 100; i++)
        {
            before = i == 50 ? GC.GetAllocatedBytesForCurrentThread() : before;
            var bytes = encoder.Encode(pcm, payload);
            decoder.Decode(payload.AsSpan(0, bytes), pcm);
            decoder.Conceal(pcm);
            decoder.Recover(payload.AsSpan(0, bytes), pcm);
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Factory_MakesEveryCodec()
    {
        var factory = new OpusCodecFactory();
        foreach (var codec in Enum.GetValues<AudioCodec>())
        {
            foreach (var rate in new[] { 8_000, 16_000 })
            {
                Assert.True(factory.TryCreateEncoder(codec, rate, out var encoder));
                Assert.True(factory.TryCreateDecoder(codec, rate, out var decoder));
                Assert.Equal((rate, rate), (encoder.SampleRateHz, decoder.SampleRateHz));
                encoder.Dispose();
                decoder.Dispose();
            }
        }

        Assert.False(factory.TryCreateEncoder(AudioCodec.Opus, 44_100, out _));
        Assert.False(factory.TryCreateDecoder(AudioCodec.Opus, 11_025, out _));
    }

    [Theory] // A carrier's G.711, our bridge, Connect's Opus, and back; each of the three legs loses as much.
    [InlineData(8_000, 0, 52)]
    [InlineData(8_000, 5, 52)]
    [InlineData(16_000, 5, 84)] // And twice the 2 ms of resampling.
    public void ToneSequence_IsHeardThroughG711AndOpusAndG711(
        int opusRateHz, int lossPercent, int lookAheadSamples)
    {
        var random = new RandomSource(2_024);
        var delays = new List<long>();
        for (var run = 0; run < 30; run++)
        {
            var code = random.NextInt32(ToneSequence.Codes);
            var heard = HearThroughTheBridge(code, opusRateHz, lossPercent, random);

            Assert.NotEmpty(heard);
            Assert.All(heard, h => Assert.Equal(code, h.Code));
            delays.Add(heard[0].StartSample % 7_680);
        }

        // libopus looks ahead 6.5 ms. The delay is measured within 2 ms, with loss within 8 ms and 2 ms in
        // the median.
        var worst = lossPercent == 0 ? 20 : 64;
        Assert.All(delays, delay => Assert.InRange(delay - lookAheadSamples, -worst, worst));
        Assert.InRange(delays.Order().ElementAt(15) - lookAheadSamples, -16, 16);
    }

    private static ToneSequenceHeard[] HearThroughTheBridge(
        int code, int opusRateHz, int lossPercent, RandomSource random)
    {
        var factory = new OpusCodecFactory();
        Assert.True(factory.TryCreateDecoder(AudioCodec.Pcmu, opusRateHz, out var fromCarrier));
        Assert.True(factory.TryCreateEncoder(AudioCodec.Opus, opusRateHz, out var toConnect));
        Assert.True(factory.TryCreateDecoder(AudioCodec.Opus, opusRateHz, out var fromConnect));
        Assert.True(factory.TryCreateEncoder(AudioCodec.Pcma, opusRateHz, out var toCarrier));
        using var carrier = new G711Decoder(AudioCodec.Pcma);

        var generator = new ToneSequenceGenerator(code, 8_000);
        var recognizer = new ToneSequenceRecognizer(8_000);
        var outbox = new Outbox<ToneSequenceHeard>();
        var source = new short[160];
        var wide = new short[opusRateHz / 50];
        var payload = new byte[400];
        for (var frame = 0; frame < 150; frame++)
        {
            generator.Generate(source);
            G711.EncodeMuLaw(source, payload);
            Pass(fromCarrier, payload.AsSpan(0, 160), wide, random.NextInt32(100) < lossPercent);
            var bytes = toConnect.Encode(wide, payload);
            Pass(fromConnect, payload.AsSpan(0, bytes), wide, random.NextInt32(100) < lossPercent);
            Assert.Equal(160, toCarrier.Encode(wide, payload));
            Pass(carrier, payload.AsSpan(0, 160), source, random.NextInt32(100) < lossPercent);
            recognizer.Accept(source, outbox);
        }

        fromCarrier.Dispose();
        toConnect.Dispose();
        fromConnect.Dispose();
        return outbox.Drain();
    }

    private static void Pass(
        IAudioDecoder decoder, ReadOnlySpan<byte> payload, Span<short> pcm, bool isLost) =>
        Assert.Equal(pcm.Length, isLost ? decoder.Conceal(pcm) : decoder.Decode(payload, pcm));

    private static int BytesOfASecond(int bitrate)
    {
        using var encoder = new OpusEncoder(
            new OpusEncoderSettings { SampleRateHz = 16_000, BitrateBitsPerSecond = bitrate });
        var pcm = Noise(16_000);
        var payload = new byte[1_275];
        var total = 0;
        for (var i = 0; i < 50; i++)
        {
            total += encoder.Encode(pcm.AsSpan(i * 320, 320), payload);
        }

        return total;
    }

    // A tone that changes its pitch in the lost frame: only who knows the frame can rebuild it.
    private static double LossError(OpusEncoderSettings settings, bool usesFec)
    {
        using var encoder = new OpusEncoder(settings);
        using var whole = new OpusDecoder(16_000);
        using var lossy = new OpusDecoder(16_000);
        var pcm = Sine(300, 16_000, 1);
        Sine(1_100, 16_000, 1).AsSpan(0, 320).CopyTo(pcm.AsSpan(20 * 320));
        var expected = new short[320];
        var actual = new short[320];
        var payload = new byte[1_275];
        for (var i = 0; i < 20; i++)
        {
            var bytes = encoder.Encode(pcm.AsSpan(i * 320, 320), payload);
            whole.Decode(payload.AsSpan(0, bytes), expected);
            lossy.Decode(payload.AsSpan(0, bytes), actual);
        }

        var lost = encoder.Encode(pcm.AsSpan(20 * 320, 320), payload);
        whole.Decode(payload.AsSpan(0, lost), expected);
        var next = encoder.Encode(pcm.AsSpan(21 * 320, 320), payload);
        Assert.Equal(320, usesFec ? lossy.Recover(payload.AsSpan(0, next), actual) : lossy.Conceal(actual));
        return expected.Zip(actual, (e, a) => Math.Pow(e - a, 2)).Sum();
    }

    private static short[] RoundTrip(
        IAudioEncoder encoder, IAudioDecoder decoder, short[] pcm, Predicate<int> lost)
    {
        var frame = encoder.SampleRateHz / 50;
        var decoded = new short[pcm.Length];
        var payload = new byte[1_275];
        for (var i = 0; i < pcm.Length / frame; i++)
        {
            var bytes = encoder.Encode(pcm.AsSpan(i * frame, frame), payload);
            Assert.True(bytes > 0);
            Pass(decoder, payload.AsSpan(0, bytes), decoded.AsSpan(i * frame, frame), lost(i));
        }

        return decoded;
    }

    private static short[] Sine(double frequencyHz, int sampleRateHz, int seconds) =>
        [.. Enumerable.Range(0, seconds * sampleRateHz)
            .Select(i => (short)(10_000 * Math.Sin(2 * Math.PI * frequencyHz * i / sampleRateHz)))];

    private static short[] Noise(int samples)
    {
        var random = new RandomSource(3);
        return [.. Enumerable.Range(0, samples).Select(_ => (short)(random.NextInt32(16_000) - 8_000))];
    }

    private static double ToneToRestDecibels(ReadOnlySpan<short> pcm, double frequencyHz, int sampleRateHz)
    {
        double cos = 0, sin = 0;
        for (var i = 0; i < pcm.Length; i++)
        {
            var (s, c) = Math.SinCos(2 * Math.PI * frequencyHz * i / sampleRateHz);
            cos += c * pcm[i];
            sin += s * pcm[i];
        }

        var tone = 2 * ((cos * cos) + (sin * sin)) / ((double)pcm.Length * pcm.Length);
        var total = AudioLevel.Energy(pcm) / pcm.Length;
        return 10 * Math.Log10(tone / (total - tone));
    }
}
