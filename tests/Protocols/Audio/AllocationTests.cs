using Farspan.Kernel;

namespace Farspan.Audio.Tests;

public sealed class AllocationTests
{
    [Theory]
    [InlineData(AudioCodec.Pcmu, 8_000)]
    [InlineData(AudioCodec.Pcma, 16_000)]
    [InlineData(AudioCodec.G722, 16_000)]
    [InlineData(AudioCodec.G722, 8_000)]
    public void CodedFrame_AllocatesNothing(AudioCodec codec, int sampleRateHz)
    {
        var factory = new PureAudioCodecFactory();
        Assert.True(factory.TryCreateEncoder(codec, sampleRateHz, out var encoder));
        Assert.True(factory.TryCreateDecoder(codec, sampleRateHz, out var decoder));
        var pcm = Sound.Sine(500, -13, sampleRateHz / 50, sampleRateHz);
        var payload = new byte[160];

        AssertAllocatesNothing(() =>
        {
            encoder.Encode(pcm, payload);
            decoder.Decode(payload, pcm);
            decoder.Conceal(pcm);
            decoder.Recover(payload, pcm);
        });
    }

    [Fact]
    public void DetectedFrame_AllocatesNothing()
    {
        var detector = new DtmfDetector(8_000);
        var silence = new SilenceDetector(-50, TimeSpan.FromSeconds(1));
        var generator = new ComfortNoiseGenerator(new RandomSource(1));
        var outbox = new Outbox<DtmfEvent>();
        var pcm = new short[160];

        AssertAllocatesNothing(() =>
        {
            generator.TryUpdate([30, 100, 140]);
            generator.Generate(pcm);
            detector.Accept(pcm, outbox);
            silence.Accept(pcm, 8_000);
        });
    }

    private static void AssertAllocatesNothing(Action frame)
    {
        for (var i = 0; i < 50; i++)
        {
            frame();
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50; i++)
        {
            frame();
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }
}
