using CsCheck;
using Farspan.Kernel;

namespace Farspan.Cluster.Tests;

public sealed class LivenessTests
{
    private const string Node = "edge-e1";

    private readonly LivenessTimings _timings = new();
    private readonly LivenessWatch _watch;
    private readonly Outbox<LivenessEffect> _outbox = new();
    private ulong _sequence;
    private Instant _now = Instant.FromMilliseconds(10_000);

    public LivenessTests()
    {
        _watch = new LivenessWatch(_timings);
        _watch.Watch(Node);
    }

    [Fact]
    public void OfANodeThatNeverSpoke_NothingIsConcluded()
    {
        Pass(60_000);
        Assert.Equal(PeerState.Unknown, _watch.StateOf(Node));
        Assert.Null(_watch.Deadline);
    }

    [Fact]
    public void LifeSignsSilentFor400Milliseconds_AreADeath_AndNotOneMillisecondEarlier()
    {
        Sign();
        Pass(399);
        Assert.Equal(PeerState.Alive, _watch.StateOf(Node));
        Pass(1);

        var died = Assert.IsType<LivenessEffect.Died>(Assert.Single(_outbox.Drain()));
        Assert.Equal((Node, PeerDeath.Silent, 400), (died.Node, died.Cause, (int)died.SilentFor.TotalMilliseconds));
        Pass(60_000);
        Assert.Equal(0, _outbox.Count);
    }

    [Fact]
    public void WhileMediaOfAnyCallFlows_NobodyIsDead()
    {
        Sign();
        _watch.NoteMedia(Node, "one", isFlowing: true, _now);
        _watch.NoteMedia(Node, "two", isFlowing: true, _now);
        Pass(10_000);
        _watch.NoteMedia(Node, "one", isFlowing: false, _now);
        Pass(10_000);
        Assert.Equal(PeerState.Alive, _watch.StateOf(Node));

        _watch.NoteMedia(Node, "two", isFlowing: false, _now);
        Pass(0);
        Assert.IsType<LivenessEffect.Died>(Assert.Single(_outbox.Drain()));
    }

    [Fact]
    public void WhileLifeSignsCome_SilentMediaIsNoDeath()
    {
        Sign();
        _watch.NoteMedia(Node, "one", isFlowing: true, _now);
        _watch.NoteMedia(Node, "one", isFlowing: false, _now);
        Beat(10_000);

        Assert.Equal(PeerState.Alive, _watch.StateOf(Node));
        Assert.Equal(0, _outbox.Count);
    }

    [Fact]
    public void AFailedTransport_IsADeathAtOnce()
    {
        Sign();
        _watch.FailTransport(Node, _now, _outbox);

        Assert.Equal(
            PeerDeath.TransportFailed, Assert.IsType<LivenessEffect.Died>(Assert.Single(_outbox.Drain())).Cause);
    }

    [Fact]
    public void ARestart_IsTheDeathOfWhatWasBefore()
    {
        Sign();
        Hear("later", startedAtSecond: 5);

        var died = Assert.IsType<LivenessEffect.Died>(Assert.Single(_outbox.Drain()));
        Assert.Equal((PeerDeath.Restarted, "b00t"), (died.Cause, died.Boot));
        Assert.Equal(PeerState.Returning, _watch.StateOf(Node));
    }

    [Fact]
    public void ReplayedSigns_KeepNobodyAlive()
    {
        Sign();
        var old = _watch.LastSign(Node)!;
        Sign();
        for (var i = 0; i < 10; i++)
        {
            Pass(50);
            _watch.Hear(old, _now, _outbox);
            Hear("earlier", startedAtSecond: -5);
        }

        Assert.Equal(PeerState.Dead, _watch.StateOf(Node));
    }

    [Fact]
    public void TheTimeInWhichWeDidNotRun_IsNotHeldAgainstThePeers()
    {
        Sign();
        _now += TimeSpan.FromSeconds(30);
        _watch.Excuse(TimeSpan.FromSeconds(30));
        Pass(399);
        Assert.Equal(PeerState.Alive, _watch.StateOf(Node));
        Pass(1);
        Assert.Equal(PeerState.Dead, _watch.StateOf(Node));
    }

    [Fact]
    public void WhoReturns_CountsAfterASecond_AndAfterEachFurtherDeathOnlyAfterTwiceAsLong()
    {
        Sign();
        var waits = new List<int>();
        for (var death = 0; death < 8; death++)
        {
            Pass(1_000);
            Assert.IsType<LivenessEffect.Died>(Assert.Single(_outbox.Drain()));
            var from = _now;
            while (_outbox.Count == 0)
            {
                Beat(50);
            }

            Assert.IsType<LivenessEffect.Returned>(Assert.Single(_outbox.Drain()));
            waits.Add((int)Math.Round((_now - from).TotalSeconds));
        }

        Assert.Equal([1, 2, 4, 8, 16, 30, 30, 30], waits);
    }

    [Fact]
    public void WhoLivesLong_IsForgivenItsDeaths()
    {
        Sign();
        for (var death = 0; death < 3; death++)
        {
            Pass(1_000);
            Beat(5_000);
        }

        _outbox.Drain();
        Beat(6 * 60_000);
        Pass(1_000);
        Beat(1_200);

        Assert.Equal(PeerState.Alive, _watch.StateOf(Node));
    }

    [Fact]
    public void WhoDiesWhileItReturns_IsNotSaidToHaveDiedAgain()
    {
        Sign();
        Pass(500);
        Sign();
        Pass(500);

        Assert.IsType<LivenessEffect.Died>(Assert.Single(_outbox.Drain()));
        Assert.Equal(PeerState.Dead, _watch.StateOf(Node));
    }

    [Fact]
    public void AForgottenNode_IsNotWatched()
    {
        Sign();
        _watch.Forget(Node);
        Pass(1_000);
        Assert.Equal(0, _outbox.Count);
        Assert.Null(_watch.Deadline);
    }

    [Theory] // No false death in a day at 2 % loss, with delays that vary; a real one within 600 ms.
    [InlineData(1UL)]
    [InlineData(2UL)]
    public void ADayAtTwoPercentLoss_HasNoFalseDeath_AndTheRealOneIsNoticedIn600Milliseconds(ulong seed)
    {
        var random = new RandomSource(seed);
        var start = _now;
        var sentAt = start;
        while (sentAt - start < TimeSpan.FromHours(24))
        {
            sentAt += _timings.SignInterval;
            if (random.NextInt32(100) < 2)
            {
                continue;
            }

            // Up to 60 ms under way: signs may overtake one another.
            var arrivesAt = sentAt + TimeSpan.FromMilliseconds(random.NextInt32(60));
            PassTo(arrivesAt > _now ? arrivesAt : _now);
            Sign();
        }

        Assert.Equal(0, _outbox.Count);
        Assert.Equal(PeerState.Alive, _watch.StateOf(Node));

        var deathAt = _now;
        Pass(600);
        Assert.IsType<LivenessEffect.Died>(Assert.Single(_outbox.Drain()));
        Assert.True(_now - deathAt <= TimeSpan.FromMilliseconds(600));
    }

    [Fact]
    public void TheLoop_BeatsEvery50Milliseconds_WithoutABurstAfterAStall()
    {
        var pulse = new LoopPulse(_timings);
        var beats = 0;
        for (var i = 0; i < 1_000; i++)
        {
            _now += TimeSpan.FromMilliseconds(1);
            beats += pulse.Turn(_now, out var gap) ? 1 : 0;
            Assert.Equal(TimeSpan.Zero, gap);
        }

        Assert.Equal(20, beats);
        Assert.True(pulse.Turn(_now + TimeSpan.FromSeconds(9), out var stall));
        Assert.Equal(TimeSpan.FromSeconds(9), stall);
        Assert.False(pulse.Turn(_now + TimeSpan.FromSeconds(9), out _));
    }

    [Theory]
    [InlineData(100, false)]
    [InlineData(101, true)]
    public void AGap_IsWhatIsLongerThanATurnMayTake(int milliseconds, bool isGap)
    {
        var pulse = new LoopPulse(_timings);
        pulse.Turn(_now, out _);
        pulse.Turn(_now + TimeSpan.FromMilliseconds(milliseconds), out var gap);

        Assert.Equal(isGap, gap > TimeSpan.Zero);
    }

    [Fact]
    public void ALifeSign_ReadsBack_AndNoBitOfItCanBeChanged()
    {
        var codec = new LifeSignCodec(Tokens.Keys(TokenRole.LifeSign));
        var sign = Sign(7) with { Calls = 3, CallsMax = 9, IsDraining = true, QuotaLeft = 0 };
        var datagram = codec.Encode(sign, Tokens.Wall);

        Assert.True(codec.TryDecode(datagram, Tokens.Wall, out var read, out _));
        Assert.Equal(sign, read);
        for (var bit = 0; bit < datagram.Length * 8; bit++)
        {
            datagram[bit / 8] ^= (byte)(1 << (bit % 8));
            Assert.False(codec.TryDecode(datagram, Tokens.Wall, out _, out var error));
            Assert.NotEqual(TokenError.None, error);
            datagram[bit / 8] ^= (byte)(1 << (bit % 8));
        }
    }

    [Fact]
    public void AnyDatagram_GivesASignOrAnError() =>
        Gen.Byte.Array[0, 120].Sample(bytes =>
        {
            var codec = new LifeSignCodec(Tokens.Keys(TokenRole.LifeSign));
            return !codec.TryDecode([0xFB, 1, .. bytes], Tokens.Wall, out _, out var error)
                && error != TokenError.None;
        });

    [Fact]
    public void TheLifeSignOfAnotherCluster_IsNotTaken()
    {
        var foreign = new LifeSignCodec(Tokens.Keys(TokenRole.LifeSign, ring: Tokens.Ring(fill: 3)));
        var codec = new LifeSignCodec(Tokens.Keys(TokenRole.LifeSign));

        Assert.False(codec.TryDecode(foreign.Encode(Sign(1), Tokens.Wall), Tokens.Wall, out _, out var error));
        Assert.Equal(TokenError.Forged, error);
    }

    private static LifeSign Sign(ulong sequence, string boot = "b00t", int startedAtSecond = 0) => new()
    {
        Node = Node,
        Boot = boot,
        Sequence = sequence,
        StartedAt = Tokens.Wall.AddSeconds(startedAtSecond),
    };

    private void Sign() => Hear("b00t", startedAtSecond: 0);

    private void Hear(string boot, int startedAtSecond) =>
        _watch.Hear(Sign(++_sequence, boot, startedAtSecond), _now, _outbox);

    private void Beat(int milliseconds)
    {
        for (var passed = 0; passed < milliseconds; passed += 50)
        {
            Sign();
            Pass(50);
        }
    }

    private void Pass(int milliseconds) => PassTo(_now + TimeSpan.FromMilliseconds(milliseconds));

    private void PassTo(Instant end)
    {
        while (_watch.Deadline is { } deadline && deadline <= end)
        {
            _now = deadline > _now ? deadline : _now;
            _watch.Expire(_now, _outbox);
        }

        _now = end;
    }
}
