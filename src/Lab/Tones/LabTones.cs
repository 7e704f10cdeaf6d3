using Farspan.Audio;
using Farspan.Kernel;

namespace Farspan.Tones;

/// <summary>
/// Who plays which <see cref="ToneSequence"/> in the lab: every call has a code, the caller plays it, and a
/// built-in agent who hears it plays the code derived from it. Each side can so tell whether it hears its
/// own call, another one or its own echo.
/// </summary>
/// <remarks>
/// <para>How late audio is needs no messages: each sequence begins at a whole multiple of
/// <see cref="ToneSequence.Period"/> of the machine's CLOCK_MONOTONIC, which all processes share
/// (<see cref="ToneClock"/>). The sample at position p of a sequence is the one that is due p after such a
/// multiple, whatever the frames it travels in:</para>
/// <code>
///   frame sent at T holds the samples from ToneClock.SampleAt(T) on
///   frame arrived at A: its i-th sample is heard at A + i / rate
///   delay = heard beginning of a sequence - latest multiple of the period   (less than a period: 0.96 s)
/// </code>
/// <para>Thus neither the frame that a sender must fill nor a jitter buffer behind the listener counts; all
/// that is between them does.</para>
/// </remarks>
public static class LabTones
{
    /// <summary>
    /// The code by which a built-in agent answers a caller: never the caller's own, and never that of two
    /// callers.
    /// </summary>
    public static int AgentCode(int callerCode)
    {
        Invariant.Require(callerCode is >= 0 and < ToneSequence.Codes);

        // 7 is odd: a permutation of the codes. 6c + 3 is odd: no code is mapped to itself.
        return ((callerCode * 7) + 3) % ToneSequence.Codes;
    }

    /// <summary>
    /// One period of the sequence of a code, from its beginning: what is played at <see
    /// cref="ToneClock.SampleAt"/>.
    /// </summary>
    public static short[] CreateSequence(int code, int sampleRateHz)
    {
        var generator = new ToneSequenceGenerator(code, sampleRateHz);
        var pcm = new short[generator.PeriodSamples];
        generator.Generate(pcm);
        return pcm;
    }
}
