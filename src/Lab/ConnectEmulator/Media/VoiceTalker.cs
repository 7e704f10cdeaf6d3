using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Tones;

namespace Farspan.ConnectEmulator;

/// <summary>
/// A built-in agent. Plays its cue until it has recognised a caller by its <see cref="ToneSequence"/>, then
/// the sequence that answers it (<see cref="LabTones"/>). Notes how long it heard nothing at all.
/// </summary>
internal sealed class VoiceTalker(
    string attendeeId, OpusLoop greeting, ToneClock clock, IAudioCodecFactory codecs)
    : LoopTalker(attendeeId, greeting, codecs)
{
    private bool _playsSequence;
    private Instant? _lastPacketAt;

    /// <summary>Whom it answers; null before it has recognised anybody.</summary>
    public int? CallerCode { get; private set; }

    /// <summary>The longest time between two packets of the others.</summary>
    public TimeSpan LongestGap { get; private set; }

    public void NotePacket(Instant now)
    {
        var gap = now - (_lastPacketAt ?? now);
        LongestGap = gap > LongestGap ? gap : LongestGap;
        _lastPacketAt = now;
    }

    /// <summary>True for the first caller recognised: their answer is to be encoded.</summary>
    public bool TryRecognize(int callerCode)
    {
        var isFirst = CallerCode is null;
        CallerCode ??= callerCode;
        return isFirst;
    }

    /// <summary>Speaks the answer from now on.</summary>
    /// <param name="sequence">Encoded so that its frames begin where those of this meeting do.</param>
    public void Answer(OpusLoop sequence)
    {
        Loop = sequence;
        _playsSequence = true;
    }

    public override ReadOnlySpan<byte> Packet(Instant due) => _playsSequence
        ? Loop[clock.SampleAt(due, OpusLoops.SequenceRateHz) / OpusLoops.SequenceFrameSamples]
        : base.Packet(due);
}
