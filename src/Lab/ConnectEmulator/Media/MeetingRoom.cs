using Farspan.Audio;
using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Tones;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Who hears what in one meeting: nobody hears themselves; one other is passed on undecoded; several are
/// mixed; and where there is nobody, silence is sent. One thread; allocates nothing for a packet or a tick.
/// </summary>
/// <param name="silence">What is sent where there is nothing to hear.</param>
/// <param name="clock">Of the tone sequences.</param>
/// <param name="codecs">Must support Opus.</param>
internal sealed class MeetingRoom(OpusLoop silence, ToneClock clock, IAudioCodecFactory codecs) : IDisposable
{
    private readonly List<Seat> _seats = [];
    private readonly List<VoiceTalker> _voices = [];
    private readonly Outbox<ToneHeard> _heard = new();
    private readonly int[] _sums = new int[MixInput.FrameSamples];
    private readonly short[] _mix = new short[MixInput.FrameSamples];
    private LoopTalker? _cue;
    private Instant _lastDue;

    /// <summary>What the owner takes out after each call.</summary>
    public Outbox<MeetingNotice> Notices { get; } = new();

    /// <summary>Lets a connection that can carry media take part.</summary>
    public Seat Add(string attendeeId, RtpStream stream, IMeetingLine line)
    {
        var seat = new Seat(attendeeId, stream, line, codecs);
        _seats.Add(seat);
        return seat;
    }

    public void Remove(Seat seat)
    {
        _seats.Remove(seat);
        seat.Dispose();
    }

    /// <summary>Plays to everybody, in place of what was playing.</summary>
    public void Play(OpusLoop loop)
    {
        StopPlaying();
        _cue = new LoopTalker(null, loop, codecs);
    }

    public void StopPlaying()
    {
        _cue?.Dispose();
        _cue = null;
    }

    /// <summary>Brings a built-in agent in; a second time, or one too many, changes nothing.</summary>
    public void AttachVoice(string attendeeId, OpusLoop greeting)
    {
        if (FindVoice(attendeeId) is null && _voices.Count < EmulatorLimits.MeetingVoices)
        {
            _voices.Add(new VoiceTalker(attendeeId, greeting, clock, codecs));
        }
    }

    /// <summary>
    /// What <see cref="MeetingNotice.AnswerWanted"/> asked for; an agent who has left is ignored.
    /// </summary>
    public void AnswerCaller(string attendeeId, OpusLoop sequence) => FindVoice(attendeeId)?.Answer(sequence);

    public void DetachVoice(string attendeeId)
    {
        if (FindVoice(attendeeId) is { } voice)
        {
            _voices.Remove(voice);
            voice.Dispose();
        }
    }

    /// <summary>An attendee sent an RTP packet.</summary>
    public void Receive(Seat from, in RtpPacketView packet, Instant now)
    {
        from.Take(packet, now);
        if (_voices.Count > 0)
        {
            LetVoicesHear(from, packet, now);
        }

        foreach (var to in _seats)
        {
            if (IsHeardBy(to, from) && CountTalkers(to, now, out _) == 1)
            {
                to.Relay(packet, now);
            }
        }
    }

    /// <summary>Sends to everybody what is to be heard at a moment that comes every 20 ms.</summary>
    public void Tick(Instant due, Instant now)
    {
        _lastDue = due;
        foreach (var seat in _seats)
        {
            var talkers = CountTalkers(seat, now, out var last);
            if (talkers > 1)
            {
                seat.PlayMix(Mix(seat, due, now), due, now);
            }
            else if (last is LoopTalker loop)
            {
                seat.Play(loop.Packet(due), due, now);
            }
            else if (!seat.IsRelayed(now))
            {
                seat.Play(silence[0], due, now);
            }
        }
    }

    public void Dispose()
    {
        StopPlaying();
        _seats.ForEach(seat => seat.Dispose());
        _voices.ForEach(voice => voice.Dispose());
        _seats.Clear();
        _voices.Clear();
    }

    private static bool IsHeardBy(Seat listener, Talker talker) => talker.AttendeeId != listener.AttendeeId;

    private VoiceTalker? FindVoice(string attendeeId)
    {
        foreach (var voice in _voices)
        {
            if (voice.AttendeeId == attendeeId)
            {
                return voice;
            }
        }

        return null;
    }

    private int CountTalkers(Seat listener, Instant now, out Talker? last)
    {
        last = _cue;
        var count = _cue is null ? 0 : 1;
        foreach (var voice in _voices)
        {
            last = voice;
            count++;
        }

        foreach (var seat in _seats)
        {
            if (IsHeardBy(listener, seat) && seat.IsTalking(now))
            {
                last = seat;
                count++;
            }
        }

        return count;
    }

    private ReadOnlySpan<short> Mix(Seat listener, Instant due, Instant now)
    {
        Array.Clear(_sums);
        if (_cue is not null)
        {
            Add(_cue.MixFrame(due));
        }

        foreach (var voice in _voices)
        {
            Add(voice.MixFrame(due));
        }

        foreach (var seat in _seats)
        {
            if (IsHeardBy(listener, seat) && seat.IsTalking(now))
            {
                Add(seat.MixFrame(due));
            }
        }

        for (var i = 0; i < _mix.Length; i++)
        {
            _mix[i] = (short)Math.Clamp(_sums[i], short.MinValue, short.MaxValue);
        }

        return _mix;
    }

    private void Add(ReadOnlySpan<short> frame)
    {
        for (var i = 0; i < frame.Length; i++)
        {
            _sums[i] += frame[i];
        }
    }

    private void LetVoicesHear(Seat from, in RtpPacketView packet, Instant now)
    {
        foreach (var voice in _voices)
        {
            voice.NotePacket(now);
        }

        from.Listen(packet, clock, now, _heard);
        foreach (var heard in _heard.Effects)
        {
            foreach (var voice in _voices)
            {
                Tell(voice, heard);
            }
        }

        _heard.Clear();
    }

    private void Tell(VoiceTalker voice, in ToneHeard heard)
    {
        var attendeeId = voice.AttendeeId!;
        Notices.Add(new MeetingNotice.Heard(
            new VoiceHearing(attendeeId, heard.Code, heard.Delay, voice.LongestGap)));
        if (voice.TryRecognize(heard.Code))
        {
            var sample = clock.SampleAt(_lastDue, OpusLoops.SequenceRateHz);
            Notices.Add(new MeetingNotice.AnswerWanted(
                attendeeId, heard.Code, sample % OpusLoops.SequenceFrameSamples));
        }
    }
}
