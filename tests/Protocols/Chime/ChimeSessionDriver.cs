using Farspan.Chime;
using Farspan.Kernel;

namespace Farspan.Chime.Tests;

/// <summary>Drives one session in virtual time and keeps what it did.</summary>
internal sealed class ChimeSessionDriver
{
    private static readonly ChimeJoin Seat = new()
    {
        SignalingUrl = "wss://signal.example/control/meeting-1",
        AudioHostUrl = "audio.example:3478",
        AttendeeId = "me",
        JoinToken = new Redacted<string>("join-token"),
    };

    private readonly Outbox<ChimeEffect> _outbox = new();

    public ChimeSessionDriver(uint? audioSessionId = null, ChimeTimings? timings = null) =>
        Session = new ChimeSession(
            Seat with { AudioSessionId = audioSessionId },
            timings ?? new ChimeTimings(),
            new RandomSource(1),
            DateTimeOffset.UnixEpoch);

    public ChimeSession Session { get; }

    public Instant Now { get; private set; } = Instant.Zero;

    /// <summary>Everything since the start.</summary>
    public List<ChimeEffect> Log { get; } = [];

    /// <summary>What the last input caused.</summary>
    public ChimeEffect[] Last { get; private set; } = [];

    public ChimeEnd? End => Log.OfType<ChimeEffect.Ended>().SingleOrDefault()?.End;

    public IEnumerable<SignalFrame> LastSent => Last.OfType<ChimeEffect.Send>().Select(Decode);

    public ChimeSessionDriver Do(Action<ChimeSession, Instant, Outbox<ChimeEffect>> input)
    {
        input(Session, Now, _outbox);
        Last = _outbox.Drain();
        Log.AddRange(Last);
        return this;
    }

    public ChimeSessionDriver Open() => Do((s, now, outbox) => s.Open(now, outbox));

    public ChimeSessionDriver Opened() => Do((s, now, outbox) => s.SocketOpened(s.Socket, now, outbox));

    public ChimeSessionDriver Receive(SignalFrame frame) =>
        Do((s, now, o) => s.SocketReceived(s.Socket, frame.Encode(SignalDirection.ServerToClient), now, o));

    public ChimeSessionDriver Closed(int code) =>
        Do((s, now, outbox) => s.SocketClosed(s.Socket, code, "", now, outbox));

    public ChimeSessionDriver Subscribe() => Do((s, now, o) => Assert.True(s.TrySubscribe("offer", now, o)));

    public ChimeSessionDriver Join() =>
        Open().Opened().Receive(new JoinAckFrame()).Receive(new IndexFrame());

    public ChimeSessionDriver SubscribeAndAnswer() =>
        Subscribe().Receive(new SubscribeAckFrame { SdpAnswer = "answer" });

    public ChimeSessionDriver ReachSubscribed() => Join().SubscribeAndAnswer();

    /// <summary>Ten seconds of a healthy session: nothing that failed before counts any more.</summary>
    public ChimeSessionDriver StayHealthy() =>
        Receive(new PingPongFrame(IsPong: true, 1)).Advance(TimeSpan.FromSeconds(10));

    /// <summary>Lets time pass, firing what is due on the way.</summary>
    public ChimeSessionDriver Advance(TimeSpan duration)
    {
        var end = Now + duration;
        while (Session.Deadline is { } deadline && deadline <= end)
        {
            Now = deadline;
            Do((s, now, outbox) => s.Expire(now, outbox));
        }

        Now = end;
        return this;
    }

    /// <summary>One tick of the clock before a moment, then the moment itself.</summary>
    public void AssertEndsExactlyAfter(TimeSpan duration, ChimeEnd expected)
    {
        Advance(duration - TimeSpan.FromTicks(1));
        Assert.Null(End);
        Advance(TimeSpan.FromTicks(1));
        Assert.Equal(expected, End);
        Assert.Null(Session.Deadline);
    }

    private static SignalFrame Decode(ChimeEffect.Send send)
    {
        Assert.Equal((byte)SignalDirection.ClientToServer, send.Message.Span[0]);
        Assert.True(SignalFrame.TryDecode(send.Message.Span, out var frame, out _));
        return frame;
    }
}
