using Farspan.Audio;
using Farspan.Native;
using Farspan.Tones;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Encodes what is played into meetings, each thing once, and keeps the latest of it. Cues belong to one thread,
/// sequences to another; neither to a media worker: the first use of a thing takes milliseconds.
/// </summary>
internal sealed class OpusLoops
{
    private const int BitrateBitsPerSecond = 48_000;
    private const int CueRateHz = 16_000;

    private readonly RecentlyMade<AudioCue, OpusLoop> _cues = new(EmulatorLimits.RetainedCues);

    private readonly RecentlyMade<(int Code, int FirstSample), OpusLoop> _sequences =
        new(EmulatorLimits.RetainedSequences);

    /// <summary>What a sequence is encoded at: its tones end below 4 kHz.</summary>
    public const int SequenceRateHz = 8_000;

    /// <summary>Samples of a frame of a sequence.</summary>
    public const int SequenceFrameSamples = SequenceRateHz * OpusLoop.FrameMilliseconds / 1_000;

    public OpusLoop Silence => Cue(new AudioCue { FrequencyHz = 0 });

    public OpusLoop Cue(AudioCue cue) => _cues.GetOrMake(cue, () => MakeCue(cue));

    /// <summary>A tone sequence whose first frame begins within it.</summary>
    /// <param name="code">Whose.</param>
    /// <param name="firstSample">Where the frames of a meeting lie: less than the samples of one.</param>
    public OpusLoop Sequence(int code, int firstSample) => _sequences.GetOrMake((code, firstSample), () =>
    {
        using var encoder = CreateEncoder(SequenceRateHz);
        return OpusLoop.Encode(LabTones.CreateSequence(code, SequenceRateHz), firstSample, encoder);
    });

    private OpusLoop MakeCue(AudioCue cue)
    {
        using var encoder = CreateEncoder(CueRateHz);
        return OpusLoop.Encode(CueSound.Create(cue, CueRateHz), firstSample: 0, encoder);
    }

    // Listeners enter a loop anywhere, coming from another one. Frames that build on those before them would
    // add up what is left of it: steady tones then swell to full scale and stay there.
    private static OpusEncoder CreateEncoder(int sampleRateHz) => new(new OpusEncoderSettings
    {
        SampleRateHz = sampleRateHz,
        BitrateBitsPerSecond = BitrateBitsPerSecond,
        UsesPrediction = false,
    });
}
