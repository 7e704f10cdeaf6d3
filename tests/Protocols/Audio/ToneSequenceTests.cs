using CsCheck;
using Farspan.Kernel;

namespace Farspan.Audio.Tests;

public sealed class ToneSequenceTests
{
    [Fact]
    public void EveryCodeWord_DiffersFromEveryOtherInSevenPlaces()
    {
        // A coset of a linear code: its distance is the least of one word's to all others.
        Span<byte> word = stackalloc byte[ToneSequence.WordSymbols];
        Span<byte> tones = stackalloc byte[ToneSequence.Symbols];
        Span<byte> first = stackalloc byte[ToneSequence.Symbols];
        ToneSequence.Encode(0, first);
        for (var code = 1; code < ToneSequence.Codes; code++)
        {
            ToneSequence.Encode(code, tones);
            for (var i = 0; i < word.Length; i++)
            {
                word[i] = (byte)(tones[ToneSequence.SyncSymbols + i] ^ first[ToneSequence.SyncSymbols + i]);
            }

            Assert.True(ToneSequence.WordSymbols - word.Count((byte)0) >= 7);
        }
    }

    [Fact]
    public void OneWrongSymbol_IsCorrectedAndMoreAreNoticed() =>
        Gen.Select(Gen.Int[0, ToneSequence.Codes - 1], Gen.Int[0, 9].Array[0, 5], Gen.Int[1, 15])
            .Sample((code, places, error) =>
            {
                Span<byte> tones = stackalloc byte[ToneSequence.Symbols];
                ToneSequence.Encode(code, tones);
                var word = tones[ToneSequence.SyncSymbols..].ToArray();
                var received = word.ToArray();
                var wrong = places.Distinct().ToArray();
                foreach (var place in wrong)
                {
                    received[place] ^= (byte)error;
                }

                var isCorrected = ToneCode.TryCorrect(received, out var corrected);
                Assert.Equal(wrong.Length <= 1, isCorrected);
                if (isCorrected)
                {
                    Assert.Equal(wrong.Length, corrected);
                    Assert.Equal(word, received);
                }
            });

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void AGapOfWholeSymbols_MakesNoOtherCode(int gap)
    {
        // The small codes, which begin with zeros, and whatever may be taken for their missing ends.
        Span<byte> tones = stackalloc byte[ToneSequence.Symbols];
        Span<byte> received = stackalloc byte[ToneSequence.WordSymbols];
        var wrong = 0;
        for (var code = 0; code < 4_096; code++)
        {
            ToneSequence.Encode(code, tones);
            for (byte end = 0; end < 16; end++)
            {
                received.Fill(end);
                tones[(ToneSequence.SyncSymbols + gap)..].CopyTo(received);
                wrong += ToneCode.TryCorrect(received, out _) ? 1 : 0;
            }
        }

        // As many as chance makes of 65,536 words: about one in 100,000.
        Assert.InRange(wrong, 0, 4);
    }

    [Fact]
    public void OneSpoiledSynchronisationTone_DoesNotMatter()
    {
        foreach (var spoiled in new[] { 0, 1 })
        {
            var generator = new ToneSequenceGenerator(4_711, 8_000);
            var pcm = new short[4 * generator.PeriodSamples];
            generator.Generate(pcm);
            for (var start = spoiled * 640; start < pcm.Length; start += generator.PeriodSamples)
            {
                Sound.Noise(3, -20, 640).CopyTo(pcm, start);
            }

            Assert.Equal([4_711, 4_711, 4_711], Hear(pcm, 8_000)[..3].Select(heard => heard.Code));
        }
    }

    [Fact]
    public void AnyCode_IsHeardWithinTwoPeriodsAndPlacedWithinTwoMilliseconds() =>
        Gen.Select(Gen.Int[0, ToneSequence.Codes - 1], Gen.Int[0, 8_000], Gen.Int[1, 2])
            .Sample((code, silence, rate) =>
            {
                var sampleRateHz = rate * 8_000;
                var generator = new ToneSequenceGenerator(code, sampleRateHz);
                var pcm = new short[silence + (2 * generator.PeriodSamples)];
                generator.Generate(pcm.AsSpan(silence));

                var heard = Hear(pcm, sampleRateHz);

                Assert.NotEmpty(heard);
                Assert.All(heard, h => Assert.Equal(code, h.Code));
                var tolerance = sampleRateHz / 500;
                Assert.InRange(heard[0].StartSample - silence, -tolerance, tolerance);
            });

    [Fact]
    public void TunedInAnywhere_IsHeardWithinTwoPeriods() =>
        Gen.Select(Gen.Int[0, ToneSequence.Codes - 1], Gen.Int[0, 7_679]).Sample((code, skipped) =>
        {
            var generator = new ToneSequenceGenerator(code, 8_000);
            generator.Generate(new short[skipped]);
            var pcm = new short[(2 * generator.PeriodSamples) + 480];
            generator.Generate(pcm);

            var heard = Hear(pcm, 8_000);

            Assert.NotEmpty(heard);
            Assert.Equal(code, heard[0].Code);
            var sent = heard[0].StartSample + skipped;
            var nearest = (long)Math.Round((double)sent / generator.PeriodSamples);
            var offset = sent - (generator.PeriodSamples * nearest);
            Assert.InRange(offset, -16, 16);
        });

    [Fact]
    public void TwentyDecibelsOfNoise_DoNotMatter()
    {
        for (var code = 7; code < ToneSequence.Codes; code += 6_007)
        {
            var generator = new ToneSequenceGenerator(code, 8_000);
            var pcm = new short[3 * 8_000];
            generator.Generate(pcm);
            var heard = Hear(Sound.Mix(pcm, Sound.Noise((ulong)code, -24, pcm.Length)), 8_000);
            Assert.InRange(heard.Length, 2, 3);
            Assert.All(heard, h => Assert.Equal(code, h.Code));
        }
    }

    [Fact]
    public void FivePercentLossConcealed_IsHeardWithinThreeSeconds()
    {
        var random = new RandomSource(77);
        for (var run = 0; run < 100; run++)
        {
            var code = random.NextInt32(ToneSequence.Codes);
            var heard = Hear(OverG711(code, seconds: 3, lossPercent: 5, random), 8_000);
            Assert.NotEmpty(heard);
            Assert.All(heard, h => Assert.Equal(code, h.Code));
        }
    }

    [Fact]
    public void NoiseSpeechSilenceAndDtmf_AreNobody()
    {
        Assert.Empty(Hear(new short[80_000], 8_000));
        Assert.Empty(Hear(Sound.Noise(5, -15, 600 * 8_000), 8_000));
        Assert.Empty(Hear(Sound.Noise(5, -80, 80_000), 8_000));
        for (ulong seed = 0; seed < 20; seed++)
        {
            Assert.Empty(Hear(Sound.Speech(seed, 30 * 8_000), 8_000));
        }
    }

    [Fact]
    public void TwoCallsMixedTogether_AreNeverAThird()
    {
        var random = new RandomSource(5);
        for (var run = 0; run < 30; run++)
        {
            var (one, other) = (random.NextInt32(ToneSequence.Codes), random.NextInt32(ToneSequence.Codes));
            var left = new short[24_000];
            var right = new short[24_000];
            new ToneSequenceGenerator(one, 8_000).Generate(left);
            new ToneSequenceGenerator(other, 8_000).Generate(right.AsSpan(random.NextInt32(8_000)));
            var heard = Hear(Sound.Mix(left, right), 8_000);
            Assert.All(heard, h => Assert.True(h.Code == one || h.Code == other));
        }
    }

    [Fact]
    public void CallThatChanges_IsHeardAsTheNewOne()
    {
        var pcm = new short[32_000];
        new ToneSequenceGenerator(11, 8_000).Generate(pcm.AsSpan(0, 16_000));
        new ToneSequenceGenerator(60_000, 8_000).Generate(pcm.AsSpan(16_000));
        Assert.Equal([11, 11, 60_000, 60_000], Hear(pcm, 8_000).Select(h => h.Code));
    }

    [Fact]
    public void Delay_IsKnownModuloThePeriod()
    {
        var sent = Instant.FromMilliseconds(960 * 7);
        var heard = Instant.FromMilliseconds((960 * 9) + 85);
        Assert.Equal(TimeSpan.FromMilliseconds(85), ToneSequence.Delay(sent, heard));
        Assert.Equal(TimeSpan.FromMilliseconds(900), ToneSequence.Delay(sent, Instant.FromMilliseconds(900)));
        Assert.Equal(960, ToneSequence.Period.TotalMilliseconds);
    }

    [Fact]
    public void Frame_AllocatesNothing()
    {
        var generator = new ToneSequenceGenerator(1_234, 8_000);
        var recognizer = new ToneSequenceRecognizer(8_000);
        var outbox = new Outbox<ToneSequenceHeard>();
        var pcm = new short[160];
        var heard = 0;
        long before = 0;
        for (var i = 0; i < 400; i++)
        {
            before = i == 200 ? GC.GetAllocatedBytesForCurrentThread() : before;
            generator.Generate(pcm);
            recognizer.Accept(pcm, outbox);
            heard += outbox.Count;
            outbox.Clear();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(8, heard);
    }

    private static short[] OverG711(int code, int seconds, int lossPercent, RandomSource random)
    {
        var generator = new ToneSequenceGenerator(code, 8_000);
        using var decoder = new G711Decoder(AudioCodec.Pcmu);
        var pcm = new short[seconds * 8_000];
        generator.Generate(pcm);
        var payload = new byte[160];
        for (var place = 0; place < pcm.Length; place += 160)
        {
            var frame = pcm.AsSpan(place, 160);
            G711.EncodeMuLaw(frame, payload);
            _ = random.NextInt32(100) < lossPercent ? decoder.Conceal(frame) : decoder.Decode(payload, frame);
        }

        return pcm;
    }

    private static ToneSequenceHeard[] Hear(ReadOnlySpan<short> pcm, int sampleRateHz)
    {
        var outbox = new Outbox<ToneSequenceHeard>();
        new ToneSequenceRecognizer(sampleRateHz).Accept(pcm, outbox);
        return outbox.Drain();
    }
}
