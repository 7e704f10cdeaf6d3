using Farspan.ConnectEmulator;
using Farspan.Kernel;
using Farspan.Native;
using Farspan.Rtp;
using Farspan.Tones;

namespace Farspan.ConnectEmulatorMedia.Tests;

/// <summary>A meeting room whose attendees speak loops, 20 ms at a time.</summary>
internal sealed class RoomInVirtualTime : IDisposable
{
    public static readonly TimeSpan FrameTime = TimeSpan.FromMilliseconds(20);

    private readonly List<Speaker> _speakers = [];
    private readonly OpusCodecFactory _codecs = new();

    public RoomInVirtualTime()
    {
        Loops = new OpusLoops();
        Room = new MeetingRoom(Loops.Silence, Clock, _codecs);
    }

    public OpusLoops Loops { get; }

    /// <summary>Not at a multiple of anything.</summary>
    public ToneClock Clock { get; } = new(TimeSpan.FromMicroseconds(123_457));

    public MeetingRoom Room { get; }

    public Instant Now { get; private set; } = Instant.Zero;

    public List<MeetingNotice> Notices { get; } = [];

    /// <summary>How long packets to the room are under way.</summary>
    public TimeSpan Delay { get; set; }

    public Speaker Join(string attendeeId, uint ssrc)
    {
        var line = new RecordingLine();

        // Numbers that soon begin again from 0.
        var stream = new RtpStream(ssrc + 1_000, 111, 65_530, uint.MaxValue - 5_000);
        var seat = Room.Add(attendeeId, stream, line);
        var speaker = new Speaker(this, seat, line, ssrc);
        _speakers.Add(speaker);
        return speaker;
    }

    public void Leave(Speaker speaker)
    {
        _speakers.Remove(speaker);
        Room.Remove(speaker.Seat);
    }

    public OpusLoop Tone(double frequencyHz) => Loops.Cue(new AudioCue { FrequencyHz = frequencyHz });

    /// <summary>Packets arrive first, then the room has its turn.</summary>
    public void Run(int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            foreach (var speaker in _speakers)
            {
                speaker.Speak();
            }

            Room.Tick(Now, Now);
            foreach (var notice in Room.Notices.Effects)
            {
                Notices.Add(notice);
            }

            Room.Notices.Clear();
            Now += FrameTime;
        }
    }

    public void Dispose() => Room.Dispose();

    /// <summary>An attendee, who says nothing before <see cref="Says"/> is set.</summary>
    internal sealed class Speaker(RoomInVirtualTime owner, Seat seat, RecordingLine hears, uint ssrc)
    {
        private readonly byte[] _packet = new byte[1_500];
        private ushort _sequence = 40_000;

        public Seat Seat { get; } = seat;

        public RecordingLine Hears { get; } = hears;

        /// <summary>What is said, frame by frame; null is a pause.</summary>
        public Func<ReadOnlyMemory<byte>>? Says { get; set; }

        public void SaysLoop(OpusLoop loop)
        {
            var packets = Enumerable.Range(0, loop.Frames).Select(i => loop[i].ToArray()).ToArray();
            var frame = 0;
            Says = () => packets[frame++ % packets.Length];
        }

        /// <summary>Loses what would be said next.</summary>
        public void Skip() => _sequence++;

        public void Speak()
        {
            if (Says is not null)
            {
                Send(_sequence++, Says().Span);
            }
        }

        public void Send(ushort sequence, ReadOnlySpan<byte> payload)
        {
            var header = new RtpHeader(111, false, sequence, sequence * 960u, ssrc);
            header.Encode(_packet);
            payload.CopyTo(_packet.AsSpan(RtpHeader.Bytes));
            var packet = _packet.AsSpan(0, RtpHeader.Bytes + payload.Length);
            Assert.True(RtpPacketView.TryDecode(packet, out var view, out _));
            owner.Room.Receive(Seat, view, owner.Now + owner.Delay);
        }
    }
}
