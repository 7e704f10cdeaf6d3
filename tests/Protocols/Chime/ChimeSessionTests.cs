using CsCheck;
using Farspan.Chime;
using Farspan.Kernel;

namespace Farspan.Chime.Tests;

public sealed class ChimeSessionTests
{
    private readonly ChimeSessionDriver _driver = new();

    [Fact]
    public void Opening_NamesTheProtocolVersion_AndHidesTheTokenInTheSubProtocols()
    {
        var open = Assert.IsType<ChimeEffect.OpenSocket>(Assert.Single(_driver.Open().Last));

        Assert.Equal(
            "wss://signal.example/control/meeting-1"
            + "?X-Chime-Control-Protocol-Version=3&X-Amzn-Chime-Send-Close-On-Error=1",
            open.Url);
        Assert.Equal(["_aws_wt_session", "join-token"], open.SubProtocols.Reveal());
        Assert.DoesNotContain("join-token", open.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnOpenSocket_IsPingedAtOnce_AndJoined()
    {
        _driver.Open().Advance(TimeSpan.FromMilliseconds(30)).Opened();

        Assert.Collection(
            _driver.LastSent,
            frame => Assert.Equal(new PingPongFrame(IsPong: false, 1) { TimestampMs = 30 }, frame),
            frame =>
            {
                var join = Assert.IsType<JoinFrame>(frame);
                Assert.Equal(2u, join.ProtocolVersion);
                Assert.Equal(JoinFlags.HasStreamUpdate, join.Flags);
                Assert.Equal(_driver.Session.AudioSessionId, join.AudioSessionId);
                Assert.Null(join.MaxNumOfVideos);
                Assert.False(join.WantsCompressedSdp);
            });
    }

    [Fact]
    public void TheSeat_IsTakenWithTheIndex_AndTurnCredentialsArePassedOn()
    {
        var credentials = new ChimeTurnCredentials("u", new("p"), TimeSpan.FromHours(1), ["turn:t"]);

        _driver.Open().Opened().Receive(new JoinAckFrame { TurnCredentials = credentials });
        Assert.Empty(_driver.Last);
        _driver.Receive(new IndexFrame());

        var joined = Assert.IsType<ChimeEffect.Joined>(Assert.Single(_driver.Last));
        Assert.Equal("u", joined.TurnCredentials!.Username);
        Assert.Equal(ChimeSessionState.Joined, _driver.Session.State);
    }

    [Fact]
    public void Subscribe_SendsOneAudioStream_AndReceivesAll()
    {
        _driver.Join().Do((s, now, outbox) => s.Mute(true, now, outbox));
        Assert.Empty(_driver.Last);
        _driver.Subscribe();

        var subscribe = Assert.IsType<SubscribeFrame>(Assert.Single(_driver.LastSent));
        Assert.Equal(StreamDuplex.Receive, subscribe.Duplex);
        Assert.Equal([0u], subscribe.ReceiveStreamIds);
        Assert.Equal("offer", subscribe.SdpOffer);
        Assert.Equal("audio.example:3478", subscribe.AudioHost);
        Assert.True(subscribe.AudioMuted);
        var stream = Assert.Single(subscribe.SendStreams);
        Assert.Equal(("me", StreamMedia.Audio, 1u), (stream.AttendeeId, stream.Media, stream.StreamId));

        _driver.Receive(new SubscribeAckFrame { SdpAnswer = "answer" });
        Assert.Equal([new ChimeEffect.Subscribed("answer")], _driver.Last);
        Assert.Equal(ChimeSessionState.Subscribed, _driver.Session.State);
    }

    [Fact]
    public void ACompressedAnswer_IsReadToo() =>
        Assert.Equal(
            [new ChimeEffect.Subscribed("v=0")],
            _driver.Join().Subscribe()
                .Receive(new SubscribeAckFrame { CompressedSdpAnswer = CompressedSdp.Deflate("v=0") }).Last);

    [Fact]
    public void Subscribing_BeforeTheSeatIsOurs_IsRefused()
    {
        _driver.Open().Opened().Do((s, now, outbox) => Assert.False(s.TrySubscribe("offer", now, outbox)));
        Assert.Empty(_driver.Last);
    }

    [Fact]
    public void Mute_IsToldOnlyWhenItChanges()
    {
        _driver.ReachSubscribed();

        _driver.Do((s, now, outbox) => s.Mute(false, now, outbox));
        Assert.Empty(_driver.Last);
        _driver.Do((s, now, outbox) => s.Mute(true, now, outbox));
        Assert.True(Assert.IsType<AudioControlFrame>(Assert.Single(_driver.LastSent)).IsMuted);
    }

    [Fact]
    public void APing_IsAnsweredWithItsId() =>
        Assert.Equal(
            [new PingPongFrame(IsPong: true, 99)],
            _driver.Open().Opened().Receive(new PingPongFrame(IsPong: false, 99)).LastSent);

    [Fact]
    public void Leaving_WaitsForTheAcknowledgement_ThenClosesTheSocket()
    {
        _driver.ReachSubscribed().Do((s, now, outbox) => s.Leave(now, outbox));
        Assert.IsType<LeaveFrame>(Assert.Single(_driver.LastSent));

        _driver.Receive(new LeaveAckFrame());

        Assert.Equal(
            [new ChimeEffect.CloseSocket(1, 1000), new ChimeEffect.Ended(new ChimeEnd(ChimeEndReason.Left))],
            _driver.Last);
        Assert.Equal(ChimeSessionState.Left, _driver.Session.State);
    }

    [Fact]
    public void Leaving_WithoutASocket_IsOverAtOnce()
    {
        _driver.Open().Do((s, now, outbox) => s.Leave(now, outbox));

        Assert.Equal(new ChimeEnd(ChimeEndReason.Left), _driver.End);
        Assert.Contains(new ChimeEffect.CloseSocket(1, 1000), _driver.Last);
    }

    [Fact]
    public void ADisplacedSession_SendsNoLeave_BecauseTheSeatIsSomebodyElsesNow()
    {
        _driver.ReachSubscribed().Receive(new AudioStatusFrame(301));

        Assert.Equal(ChimeEndReason.Displaced, _driver.End!.Reason);
        Assert.Empty(_driver.LastSent);
    }

    [Fact]
    public void AbandoningASession_SendsNoLeave()
    {
        _driver.ReachSubscribed().Do((s, _, outbox) => s.Abandon(outbox));

        Assert.Empty(_driver.LastSent);
        Assert.Contains(new ChimeEffect.CloseSocket(1, 1000), _driver.Last);
        Assert.Equal(ChimeSessionState.Failed, _driver.Session.State);
    }

    [Fact]
    public void AnAudioSessionId_ThatIsGiven_IsKept() =>
        Assert.Equal(77u, new ChimeSessionDriver(audioSessionId: 77).Session.AudioSessionId);

    [Fact]
    public void NothingHappens_AfterTheEnd()
    {
        _driver.ReachSubscribed().Receive(new AudioStatusFrame(410));

        _driver.Receive(new PingPongFrame(IsPong: false, 1)).Closed(1006)
            .Do((s, now, outbox) => s.Leave(now, outbox))
            .Do((s, now, outbox) => s.Rejoin(now, outbox))
            .Advance(TimeSpan.FromHours(1));

        Assert.Empty(_driver.Last);
        Assert.IsType<ChimeEffect.Ended>(_driver.Log[^1]);
    }

    [Fact]
    public void ArbitraryInputs_NeverThrow_AndASessionEndsOnce() =>
        Gen.Select(Gen.Int[0, 9], Gen.Byte.Array[0, 30], Gen.Int[0, 20_000]).Array[0, 40].Sample(inputs =>
        {
            var driver = new ChimeSessionDriver().Open();
            foreach (var (kind, bytes, number) in inputs)
            {
                ApplyInput(driver, kind, bytes, number);
            }

            driver.Do((s, now, outbox) => s.Leave(now, outbox)).Advance(TimeSpan.FromMinutes(2));
            Assert.Single(driver.Log.OfType<ChimeEffect.Ended>());
            Assert.IsType<ChimeEffect.Ended>(driver.Log[^1]);
            Assert.Null(driver.Session.Deadline);
            AssertSocketsAreOpenedAndClosedInTurn(driver.Log);
        });

    private static void ApplyInput(ChimeSessionDriver driver, int kind, byte[] bytes, int number) =>
        _ = kind switch
    {
        0 => driver.Opened(),
        1 => driver.Receive(new JoinAckFrame()),
        2 => driver.Receive(new IndexFrame()),
        3 => driver.Do((s, now, outbox) => s.TrySubscribe("offer", now, outbox)),
        4 => driver.Receive(new SubscribeAckFrame { SdpAnswer = "answer" }),
        5 => driver.Closed(number % 2 == 0 ? 1006 : 4500),
        6 => driver.Advance(TimeSpan.FromMilliseconds(number)),
        7 => driver.Do((s, now, outbox) => s.Rejoin(now, outbox)),
        8 => driver.Receive(new AudioStatusFrame(number % 3 == 0 ? 503u : 200u)),
        _ => driver.Do((s, now, outbox) => s.SocketReceived(s.Socket, bytes, now, outbox)),
    };

    /// <summary>
    /// No second socket without the first being closed by us or by the peer; no send on a closed one.
    /// </summary>
    private static void AssertSocketsAreOpenedAndClosedInTurn(List<ChimeEffect> log)
    {
        var current = 0;
        foreach (var effect in log)
        {
            switch (effect)
            {
                case ChimeEffect.OpenSocket open:
                    Assert.Equal(current + 1, open.Socket);
                    current = open.Socket;
                    break;
                case ChimeEffect.Send send:
                    Assert.Equal(current, send.Socket);
                    break;
                case ChimeEffect.CloseSocket close:
                    Assert.Equal(current, close.Socket);
                    break;
            }
        }
    }
}
