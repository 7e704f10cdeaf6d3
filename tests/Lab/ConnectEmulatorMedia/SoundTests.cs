using System.Buffers.Binary;
using CsCheck;
using Farspan.Audio;
using Farspan.ConnectEmulator;
using Farspan.Kernel;
using Farspan.Native;
using Farspan.Tones;

namespace Farspan.ConnectEmulatorMedia.Tests;

public sealed class SoundTests
{
    [Fact]
    public void AnyBytes_AreAWavFileOrNot() =>
        Gen.Byte.Array[0, 100].Sample(bytes => { WavSound.TryDecode(bytes, out _); });

    [Fact]
    public void ADamagedWavFile_IsReadAsFarAsItGoes() =>
        Gen.Select(Gen.Int[0, 59], Gen.Byte, Gen.Int[0, 60]).Sample((place, value, length) =>
        {
            var file = WavFile(16_000, channels: 1, [1, 2, 3, 4, 5, 6, 7, 8]);
            file[place] = value;
            _ = WavSound.TryDecode(file.AsSpan(0, length), out _);
        });

    [Fact]
    public void Stereo_BecomesMono()
    {
        Assert.True(WavSound.TryDecode(WavFile(8_000, channels: 2, [100, 300, -50, 50]), out var sound));
        Assert.Equal(8_000, sound.SampleRateHz);
        Assert.Equal<short>([200, 0], sound.Samples);
    }

    [Fact]
    public void AFile_IsPlayedInPlaceOfTheTone()
    {
        var path = Path.GetTempFileName();
        try
        {
            var sine = from i in Enumerable.Range(0, 8_000)
                       select (short)(8_000 * Math.Sin(2 * Math.PI * 700 * i / 8_000));
            File.WriteAllBytes(path, WavFile(8_000, channels: 1, [.. sine]));

            var sound = CueSound.Create(new AudioCue { FrequencyHz = 400, File = path }, 16_000);

            Assert.Equal(0, sound.Length % 320);
            Assert.True(Tone.Share(sound, 700, 16_000) > 0.99);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void AFileThatIsMissing_LeavesTheTone()
    {
        var sound = CueSound.Create(new AudioCue { FrequencyHz = 400, File = "/no/such/file.wav" }, 16_000);

        Assert.True(Tone.Share(sound, 400, 16_000) > 0.99);
    }

    [Fact]
    public void ALoop_HasNoSeam()
    {
        var loop = new OpusLoops().Cue(new AudioCue { FrequencyHz = 440 });
        using var decoder = new OpusDecoder(16_000);
        var pcm = new short[3 * loop.Frames * 320];
        for (var i = 0; i < 3 * loop.Frames; i++)
        {
            Assert.Equal(320, decoder.Decode(loop[i], pcm.AsSpan(i * 320)));
        }

        // 100 ms around the second seam, behind as much that is left out.
        var seam = 2 * loop.Frames * 320;
        Assert.True(Tone.Share(pcm.AsSpan(seam - 3_200, 4_800), 440, 16_000) > 0.98);
    }

    [Fact] // Listeners come from another loop, and every seam is a jump: nothing of either may stay.
    public void ASequence_IsHeardAtItsOwnLevel_WhereverItIsEntered()
    {
        var loops = new OpusLoops();
        foreach (var code in new[] { 7_717, 7_745, 7_808, 7_906, 21_010 })
        {
            var loop = loops.Sequence(code, firstSample: 37);
            for (var entry = 0; entry < loop.Frames; entry += 7)
            {
                var pcm = PlayAfterMusic(loops, loop, entry);
                var heard = new Outbox<ToneSequenceHeard>();
                new ToneSequenceRecognizer(OpusLoops.SequenceRateHz).Accept(pcm, heard);

                Assert.True(heard.Count >= 6, $"{code} from frame {entry} is heard {heard.Count} times");
                Assert.All(heard.Effects.ToArray(), each => Assert.Equal(code, LabTones.CodeOf(each.Code)));
                Assert.InRange(LoudestFrame(pcm.AsSpan(pcm.Length / 2)), -14.5, -12);
            }
        }
    }

    [Fact]
    public void SoundsAreEncodedOnce_AndTheOldestForgotten()
    {
        var made = new RecentlyMade<int, object>(2);
        var first = made.GetOrMake(1, () => new object());
        Assert.Same(first, made.GetOrMake(1, () => new object()));

        made.GetOrMake(2, () => new object());
        made.GetOrMake(3, () => new object());

        Assert.NotSame(first, made.GetOrMake(1, () => new object()));
    }

    [Fact]
    public void AMixInput_GivesWhatItTook_AndSilenceWhereThereIsNothing()
    {
        var input = new MixInput();
        var frame = new short[MixInput.FrameSamples];
        var said = Enumerable.Range(1, MixInput.FrameSamples).Select(i => (short)i).ToArray();

        input.Push(said);
        input.Pull(frame);
        Assert.All(frame, sample => Assert.Equal(0, sample));

        input.Push(said);
        input.Pull(frame);
        Assert.Equal(said, frame);
        input.Pull(frame);
        Assert.Equal(said, frame);
        input.Pull(frame);
        Assert.All(frame, sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void AMixInput_DropsWhatIsTooOld()
    {
        var input = new MixInput();
        var frame = new short[MixInput.FrameSamples];
        for (short i = 1; i <= 20; i++)
        {
            Array.Fill(frame, i);
            input.Push(frame);
        }

        input.Pull(frame);
        Assert.InRange(frame[0], 15, 19);
    }

    private static byte[] WavFile(int rateHz, short channels, short[] samples)
    {
        var file = new byte[44 + (2 * samples.Length)];
        "RIFF"u8.CopyTo(file);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), file.Length - 8);
        "WAVEfmt "u8.CopyTo(file.AsSpan(8));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(16), 16);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(20), 1);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(22), channels);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(24), rateHz);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(28), rateHz * channels * 2);
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(32), (short)(channels * 2));
        BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(34), 16);
        "data"u8.CopyTo(file.AsSpan(36));
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(40), 2 * samples.Length);
        for (var i = 0; i < samples.Length; i++)
        {
            BinaryPrimitives.WriteInt16LittleEndian(file.AsSpan(44 + (2 * i)), samples[i]);
        }

        return file;
    }

    private static short[] PlayAfterMusic(OpusLoops loops, OpusLoop loop, int entry)
    {
        var music = loops.Cue(new AudioCue { FrequencyHz = 440 });
        var pcm = new short[4 * loop.Frames * OpusLoops.SequenceFrameSamples];
        using var decoder = new OpusDecoder(OpusLoops.SequenceRateHz);
        for (var i = 0; i < 10; i++)
        {
            decoder.Decode(music[i], pcm);
        }

        for (var i = 0; i < 4 * loop.Frames; i++)
        {
            decoder.Decode(loop[entry + i], pcm.AsSpan(i * OpusLoops.SequenceFrameSamples));
        }

        return pcm;
    }

    private static double LoudestFrame(ReadOnlySpan<short> pcm)
    {
        var loudest = double.MinValue;
        for (; pcm.Length > 0; pcm = pcm[OpusLoops.SequenceFrameSamples..])
        {
            loudest = Math.Max(loudest, AudioLevel.MeasureDbov(pcm[..OpusLoops.SequenceFrameSamples]));
        }

        return loudest;
    }
}
