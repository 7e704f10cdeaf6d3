using Farspan.Audio;

namespace Farspan.ConnectEmulator;

/// <summary>
/// The PCM of an <see cref="AudioCue"/>, in whole frames that may be repeated without a click.
/// </summary>
internal static class CueSound
{
    // -17 dBov: as loud as speech.
    private const double ToneAmplitude = 0.2 * short.MaxValue;

    private const int ToneSeconds = 1;

    /// <summary>Never empty: a file that is missing or of another kind is replaced by the tone.</summary>
    public static short[] Create(AudioCue cue, int sampleRateHz) =>
        cue.File is { } path && TryReadFile(path, sampleRateHz, out var sound)
            ? sound
            : CreateTone(cue.FrequencyHz, sampleRateHz);

    /// <summary>Rounded to whole cycles a second; what the rate cannot carry is silence.</summary>
    private static short[] CreateTone(double frequencyHz, int sampleRateHz)
    {
        var pcm = new short[ToneSeconds * sampleRateHz];
        var cycles = Math.Round(frequencyHz) * ToneSeconds;
        if (cycles > 0 && cycles < pcm.Length / 2)
        {
            for (var i = 0; i < pcm.Length; i++)
            {
                pcm[i] = (short)(ToneAmplitude * Math.Sin(2 * Math.PI * cycles * i / pcm.Length));
            }
        }

        return pcm;
    }

    private static bool TryReadFile(string path, int sampleRateHz, out short[] sound)
    {
        sound = [];
        try
        {
            var file = new FileInfo(path);
            if (!file.Exists || file.Length > EmulatorLimits.CueFileBytes)
            {
                return false;
            }

            if (!WavSound.TryDecode(File.ReadAllBytes(path), out var wav))
            {
                return false;
            }

            sound = ToFrames(wav, sampleRateHz);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }

        return sound.Length > 0;
    }

    /// <summary>At the rate wanted, its end cut to whole frames.</summary>
    private static short[] ToFrames(WavSound wav, int sampleRateHz)
    {
        var pcm = wav.SampleRateHz == sampleRateHz ? wav.Samples : Resample(wav, sampleRateHz);
        var frameSamples = sampleRateHz * OpusLoop.FrameMilliseconds / 1_000;
        return pcm[..(pcm.Length / frameSamples * frameSamples)];
    }

    private static short[] Resample(WavSound wav, int sampleRateHz)
    {
        var resampler = new Resampler(wav.SampleRateHz, sampleRateHz);
        var step = wav.SampleRateHz * OpusLoop.FrameMilliseconds / 1_000;
        var pcm = new short[resampler.MaxOutputSamples(wav.Samples.Length) + sampleRateHz];
        var written = 0;
        for (var start = 0; start < wav.Samples.Length; start += step)
        {
            var piece = wav.Samples.AsSpan(start, Math.Min(step, wav.Samples.Length - start));
            written += resampler.Resample(piece, pcm.AsSpan(written));
        }

        return pcm[..written];
    }
}
