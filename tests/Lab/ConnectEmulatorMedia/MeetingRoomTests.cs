using Farspan.Audio;
using Farspan.ConnectEmulator;
using Farspan.Kernel;
using Farspan.Native;
using Farspan.Tones;

namespace Farspan.ConnectEmulatorMedia.Tests;

public sealed class MeetingRoomTests : IDisposable
{
    private readonly RoomInVirtualTime _room = new();

    [Fact]
    public void WhoIsAlone_HearsAnUnbrokenStreamOfSilence()
    {
        var alone = _room.Join("a", 1);

        _room.Run(50);

        Assert.Equal(50, alone.Hears.Payloads.Count);
        AssertUnbroken(alone.Hears);
        Assert.Equal(0, Tone.Level(alone.Hears.DecodeLast(50)), 20.0);
    }

    [Fact]
    public void APrompt_IsHeardWhileItPlays()
    {
        var caller = _room.Join("a", 1);
        _room.Room.Play(_room.Tone(600));
        _room.Run(50);
        Assert.True(Tone.Share(caller.Hears.DecodeLast(50), 600, 16_000) > 0.9);

        _room.Room.Play(_room.Tone(350));
        _room.Run(50);
        Assert.True(Tone.Share(caller.Hears.DecodeLast(50), 350, 16_000) > 0.9);

        _room.Room.StopPlaying();
        _room.Run(50);
        Assert.Equal(0, Tone.Level(caller.Hears.DecodeLast(40)), 20.0);
        AssertUnbroken(caller.Hears);
    }

    [Fact]
    public void ASecondOne_IsPassedOnUndecoded_InAStreamOfOurOwn()
    {
        var listener = _room.Join("a", 1);
        var speaker = _room.Join("b", 2);
        _room.Run(10);
        byte[][] said = [[1, 2, 3], [4, 5], [6]];
        var next = 0;
        speaker.Says = () => said[next++ % said.Length];

        _room.Run(30);
        speaker.Says = null;
        _room.Run(20);

        var silence = _room.Loops.Silence[0].ToArray();
        Assert.Equal(30, listener.Hears.Payloads.Count(each => each.Length <= 3));
        Assert.Equal(said, listener.Hears.Payloads.SkipWhile(each => each.SequenceEqual(silence)).Take(3));
        Assert.Equal(silence, listener.Hears.Payloads[^1]);
        AssertUnbroken(listener.Hears);
    }

    [Fact]
    public void WhatASpeakerLost_IsLostToTheListenerToo()
    {
        var listener = _room.Join("a", 1);
        var speaker = _room.Join("b", 2);
        speaker.Says = () => new byte[] { 7 };
        _room.Run(20);

        speaker.Skip();
        _room.Run(1);

        var (last, before) = (listener.Hears.Headers[^1], listener.Hears.Headers[^2]);
        Assert.Equal(2, (ushort)(last.SequenceNumber - before.SequenceNumber));
        Assert.Equal(2 * 960u, last.Timestamp - before.Timestamp);
    }

    [Fact]
    public void WhatComesLate_KeepsItsPlace_UnlessThatIsTaken()
    {
        var listener = _room.Join("a", 1);
        var speaker = _room.Join("b", 2);
        speaker.Send(100, [1]);
        speaker.Send(102, [3]);
        speaker.Send(101, [2]);
        speaker.Send(99, [0]);

        var first = listener.Hears.Headers[0].SequenceNumber;
        Assert.Equal(
            [0, 2, 1], listener.Hears.Headers.Select(each => (int)(ushort)(each.SequenceNumber - first)));
        Assert.Equal<byte[]>([[1], [3], [2]], listener.Hears.Payloads);
    }

    [Fact]
    public void Nobody_HearsThemselves_EvenOnAnotherConnection()
    {
        var first = _room.Join("a", 1);
        var second = _room.Join("a", 2);
        first.Says = () => new byte[] { 7 };

        _room.Run(20);

        Assert.DoesNotContain(first.Hears.Payloads, each => each is [7]);
        Assert.DoesNotContain(second.Hears.Payloads, each => each is [7]);
    }

    [Fact]
    public void Three_HearEachOtherMixed_WithoutTheirOwn()
    {
        var speakers = new[] { _room.Join("a", 1), _room.Join("b", 2), _room.Join("c", 3) };
        double[] tones = [500, 900, 1_500];
        foreach (var (i, speaker) in speakers.Index())
        {
            speaker.SaysLoop(_room.Tone(tones[i]));
        }

        _room.Run(100);

        foreach (var (i, speaker) in speakers.Index())
        {
            var heard = speaker.Hears.DecodeLast(60);
            AssertUnbroken(speaker.Hears);
            foreach (var (j, tone) in tones.Index())
            {
                Assert.InRange(Tone.Share(heard, tone, 16_000), i == j ? 0 : 0.3, i == j ? 0.02 : 0.7);
            }
        }
    }

    [Fact]
    public void WhenOneOfThreeLeaves_TheOthersHearEachOtherOn()
    {
        var (a, b, c) = (_room.Join("a", 1), _room.Join("b", 2), _room.Join("c", 3));
        b.SaysLoop(_room.Tone(900));
        c.SaysLoop(_room.Tone(1_500));
        _room.Run(60);

        _room.Leave(c);
        _room.Run(60);

        Assert.True(Tone.Share(a.Hears.DecodeLast(50), 900, 16_000) > 0.9);
        AssertUnbroken(a.Hears);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(35)]
    [InlineData(420)]
    public void ABuiltInAgent_SaysWhomItHears_AndHowLate(int delayMs)
    {
        _room.Delay = TimeSpan.FromMilliseconds(delayMs);
        SpeakSequence(_room.Join("caller", 1), code: 4_711);
        _room.Room.AttachVoice("agent", _room.Tone(440));

        _room.Run(120);

        var heard = _room.Notices.OfType<MeetingNotice.Heard>().First().Hearing;
        Assert.Equal(("agent", 4_711), (heard.AttendeeId, heard.Code));

        // The encoder looks 6.5 ms ahead, and recognition is exact to 2 ms.
        Assert.InRange(heard.Delay!.Value.TotalMilliseconds, delayMs, delayMs + 12);
    }

    [Fact]
    public void ABuiltInAgent_AnswersWithItsOwnSequence_OnTime()
    {
        var caller = _room.Join("caller", 1);
        SpeakSequence(caller, code: 4_711);
        _room.Room.AttachVoice("agent", _room.Tone(440));
        _room.Run(120);
        Assert.True(Tone.Share(caller.Hears.DecodeLast(50), 440, 16_000) > 0.9);

        var wanted = Assert.Single(_room.Notices.OfType<MeetingNotice.AnswerWanted>());
        var sequence = _room.Loops.Sequence(LabTones.AgentCode(wanted.CallerCode), wanted.FirstSample);
        _room.Room.AnswerCaller(wanted.AttendeeId, sequence);
        var begunAt = _room.Now;
        _room.Run(120);

        var heard = Listen(caller.Hears, packets: 120, begunAt);
        Assert.Equal(LabTones.AgentCode(4_711), heard.Code);
        Assert.InRange(heard.Delay!.Value.TotalMilliseconds, 0, 12);
    }

    [Fact]
    public void ABuiltInAgent_NotesTheLongestGap()
    {
        var caller = _room.Join("caller", 1);
        SpeakSequence(caller, code: 5);
        _room.Room.AttachVoice("agent", _room.Tone(440));
        _room.Run(110);
        var says = caller.Says;
        caller.Says = null;
        _room.Run(40);
        caller.Says = says;

        _room.Run(400);

        var heard = _room.Notices.OfType<MeetingNotice.Heard>().Last().Hearing;
        Assert.Equal(820, heard.LongestGap.TotalMilliseconds);
    }

    [Fact]
    public void ADetachedAgent_IsHeardNoMore()
    {
        var caller = _room.Join("caller", 1);
        _room.Room.AttachVoice("agent", _room.Tone(440));
        _room.Run(20);

        _room.Room.DetachVoice("agent");
        _room.Run(60);

        Assert.Equal(0, Tone.Level(caller.Hears.DecodeLast(40)), 20.0);
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    public void ARunningMeeting_AllocatesNothing(int attendees, bool hasAgent)
    {
        var speakers = Enumerable.Range(0, attendees).Select(i => _room.Join($"{i}", (uint)i + 1)).ToArray();
        foreach (var speaker in speakers)
        {
            SpeakSequence(speaker, code: 9);
            speaker.Hears.IsRecording = false;
        }

        if (hasAgent)
        {
            _room.Room.AttachVoice("agent", _room.Tone(440));
        }

        _room.Run(300);
        var noticed = _room.Notices.Count;

        var before = GC.GetAllocatedBytesForCurrentThread();
        _room.Run(1_000);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        // What is noticed goes to another thread, every four seconds.
        Assert.InRange(allocated, 0, (_room.Notices.Count - noticed) * 1_000);
    }

    public void Dispose() => _room.Dispose();

    private void SpeakSequence(RoomInVirtualTime.Speaker speaker, int code)
    {
        var firstSample = _room.Clock.SampleAt(_room.Now, 8_000) % 160;
        var loop = _room.Loops.Sequence(code, firstSample);
        var packets = Enumerable.Range(0, loop.Frames).Select(i => loop[i].ToArray()).ToArray();
        speaker.Says = () => packets[_room.Clock.SampleAt(_room.Now, 8_000) / 160];
    }

    private ToneHeard Listen(RecordingLine line, int packets, Instant begunAt)
    {
        using var decoder = new OpusDecoder(8_000);
        var listener = new ToneListener(_room.Clock, 8_000);
        var heard = new Outbox<ToneHeard>();
        var pcm = new short[160];
        foreach (var (i, payload) in line.Payloads.TakeLast(packets).Index())
        {
            Assert.Equal(160, decoder.Decode(payload, pcm));
            listener.Accept(pcm, begunAt + (i * RoomInVirtualTime.FrameTime), heard);
        }

        Assert.NotEqual(0, heard.Count);
        return heard[0];
    }

    private static void AssertUnbroken(RecordingLine line)
    {
        foreach (var (before, after) in line.Headers.Zip(line.Headers.Skip(1)))
        {
            Assert.Equal((ushort)(before.SequenceNumber + 1), after.SequenceNumber);
            Assert.InRange(after.Timestamp - before.Timestamp, 960u, 6 * 960u);
            Assert.Equal(before.Ssrc, after.Ssrc);
        }
    }
}
