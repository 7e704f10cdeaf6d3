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
///   delay = heard beginning of a sequence - latest multiple of the round (and a period, for the twin)
/// </code>
/// <para>A round is two periods, 1.92 s. The last quarter of it is no delay: what is heard a little before it
/// was sent, because clocks or frames are not as they should be, is so never read as a long delay.</para>
/// <para>Thus neither the frame that a sender must fill nor a jitter buffer behind the listener counts; all
/// that is between them does.</para>
/// </remarks>
public static class LabTones
{
    /// <summary>
    /// How many calls have a name of their own. Each name has two tone codes, played in turn: where a frame of
    /// a speech codec begins within a sequence never changes in a call, and at some places it spoils one code.
    /// </summary>
    public const int Codes = ToneSequence.Codes / 2;

    /// <summary>A sequence of a call and its twin: then the first one comes again.</summary>
    public static readonly TimeSpan Round = 2 * ToneSequence.Period;

    /// <summary>
    /// The code by which a built-in agent answers a caller: never the caller's own, and never that of two
    /// callers.
    /// </summary>
    public static int AgentCode(int callerCode)
    {
        Invariant.Require(callerCode is >= 0 and < Codes);

        // 7 is odd: a permutation of the codes. 6c + 3 is odd: no code is mapped to itself.
        return ((callerCode * 7) + 3) % Codes;
    }

    /// <summary>Whether a sequence that was recognised is the second one of its round.</summary>
    public static bool IsTwin(int recognized) => recognized >= Codes;

    /// <summary>The call's code of a sequence that was recognised: the twin stands for the same call.</summary>
    public static int CodeOf(int recognized) => recognized % Codes;

    /// <summary>
    /// One <see cref="Round"/> of a code, from its beginning: what is played at <see
    /// cref="ToneClock.SampleAt"/>.
    /// </summary>
    public static short[] CreateSequence(int code, int sampleRateHz)
    {
        var first = new ToneSequenceGenerator(code, sampleRateHz);
        var twin = new ToneSequenceGenerator(code + Codes, sampleRateHz);
        var pcm = new short[2 * first.PeriodSamples];
        first.Generate(pcm.AsSpan(0, first.PeriodSamples));
        twin.Generate(pcm.AsSpan(first.PeriodSamples));
        return pcm;
    }
}
