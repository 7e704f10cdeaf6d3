using Farspan.ConnectEmulator;
using Farspan.Tones;

namespace Farspan.ConnectEmulatorMedia.Tests;

/// <summary>Real ICE, DTLS by OpenSSL, SRTP and Opus, over loopback sockets.</summary>
public sealed class MeetingMediaTests : IAsyncLifetime
{
    private const string Meeting = "meeting";

    private static readonly AudioCue Music = new() { FrequencyHz = 350 };
    private static readonly AudioCue Greeting = new() { FrequencyHz = 440 };

    // The first one is nobody's.
    private static readonly MeetingMediaSettings TwoAddresses = new()
    {
        Addresses = ["192.0.2.7", "127.0.0.1"],
    };

    private readonly MediaBench _bench = new();

    [Fact]
    public async Task ACaller_HearsMusic_ThenTheAgentWhoRecognisedThem()
    {
        _bench.Media.Play(Meeting, Music);
        var caller = await _bench.JoinAsync(Meeting, "customer");
        await _bench.UntilAsync(caller, client => client.HearsTone(350));

        _bench.Tell(caller, new TestClient.SaySequence(1_234));
        _bench.Media.AttachVoice(Meeting, "agent", Greeting);
        _bench.Media.StopPlaying(Meeting);
        var heard = await _bench.ExpectAsync<MediaBench.Heard>(_ => true);
        await _bench.UntilAsync(caller, client => client.FindHeard(LabTones.AgentCode(1_234)) is not null);

        var hearing = heard.Hearing;
        Assert.Equal((Meeting, "agent", 1_234), (heard.MeetingId, hearing.AttendeeId, hearing.Code));
        Assert.InRange(hearing.Delay!.Value.TotalMilliseconds, 0, 200);
        var answer = caller.FindHeard(LabTones.AgentCode(1_234))!.Value;
        Assert.InRange(answer.Delay!.Value.TotalMilliseconds, 0, 200);
        Assert.Single(caller.Sources);
    }

    [Fact]
    public async Task MediaFlows_BeforeAnythingElseHappens()
    {
        var caller = await _bench.JoinAsync(Meeting, "customer");

        await _bench.UntilAsync(caller, client => client.Packets >= 10);
    }

    [Fact]
    public async Task TwoAttendees_HearEachOther()
    {
        var caller = await _bench.JoinAsync(Meeting, "customer");
        var agent = await _bench.JoinAsync(Meeting, "agent");

        _bench.Tell(caller, _bench.Loops.Cue(new AudioCue { FrequencyHz = 700 }));
        _bench.Tell(agent, _bench.Loops.Cue(new AudioCue { FrequencyHz = 1_100 }));

        await _bench.UntilAsync(caller, client => client.HearsTone(1_100));
        await _bench.UntilAsync(agent, client => client.HearsTone(700));
    }

    [Fact]
    public async Task ThreeAttendees_HearTheOthersMixed()
    {
        double[] tones = [700, 1_100, 1_500];
        var clients = new List<TestClient>();
        foreach (var (i, tone) in tones.Index())
        {
            clients.Add(await _bench.JoinAsync(Meeting, $"attendee {i}"));
            _bench.Tell(clients[i], _bench.Loops.Cue(new AudioCue { FrequencyHz = tone }));
        }

        foreach (var (i, client) in clients.Index())
        {
            var (own, one, other) = (tones[i], tones[(i + 1) % 3], tones[(i + 2) % 3]);
            await _bench.UntilAsync(
                client, each => each.Share(one) > 0.3 && each.Share(other) > 0.3 && each.Share(own) < 0.05);
        }
    }

    [Fact]
    public async Task AReJoin_IsServed_AndTheDisplacedConnectionHearsNothingMore()
    {
        _bench.Media.Play(Meeting, Music);
        var first = await _bench.JoinAsync(Meeting, "customer");
        await _bench.UntilAsync(first, client => client.HearsTone(350));

        var second = await _bench.JoinAsync(Meeting, "customer");
        _bench.Media.Remove(first.Connection);
        await _bench.UntilAsync(second, client => client.HearsTone(350));
        var before = first.Packets;

        // A second of the other one is a second of this one.
        var target = second.Packets + 50;
        await _bench.UntilAsync(second, client => client.Packets >= target);
        Assert.InRange(first.Packets - before, 0, 1);
    }

    [Fact]
    public async Task WhoIsRemoved_HearsNothingMore_WhileTheMeetingGoesOn()
    {
        var caller = await _bench.JoinAsync(Meeting, "customer");
        var agent = await _bench.JoinAsync(Meeting, "agent");
        await _bench.UntilAsync(agent, client => client.Packets > 5);

        _bench.Media.Remove(agent.Connection);
        var start = caller.Packets + 20;
        await _bench.UntilAsync(caller, client => client.Packets >= start);
        var before = agent.Packets;
        await _bench.UntilAsync(caller, client => client.Packets >= start + 50);

        Assert.Equal(before, agent.Packets);
    }

    [Fact]
    public async Task AMeetingThatEnds_TakesItsConnectionsAlong_AndNoOthers()
    {
        var caller = await _bench.JoinAsync(Meeting, "customer");
        var other = await _bench.JoinAsync("another", "customer");

        _bench.Media.EndMeeting(Meeting);
        var start = other.Packets + 20;
        await _bench.UntilAsync(other, client => client.Packets >= start);
        var before = caller.Packets;
        await _bench.UntilAsync(other, client => client.Packets >= start + 50);

        Assert.Equal(before, caller.Packets);
    }

    [Fact]
    public async Task ASecondOfferOfTheSameConnection_ChangesNothing()
    {
        var caller = await _bench.JoinAsync(Meeting, "customer");

        await _bench.OfferAsync(caller, Meeting);

        var target = caller.Packets + 20;
        await _bench.UntilAsync(caller, client => client.Packets >= target);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n")]
    public async Task AnOfferThatCannotBeUsed_IsRefused(string offer)
    {
        _bench.Media.Answer(new MediaOffer(new SocketId(77), Meeting, "customer", offer));

        await _bench.ExpectAsync<MediaBench.Refused>(each => each.Connection == new SocketId(77));
    }

    [Fact]
    public async Task EveryAddress_IsACandidate_TheFirstTheBest()
    {
        await using var bench = new MediaBench(TwoAddresses);

        var answer = await bench.OfferAsync(Meeting, "customer");

        var candidates = answer.Media[0].Candidates;
        Assert.Equal(["192.0.2.7", "127.0.0.1"], candidates.Select(each => each.Address));
        Assert.Single(candidates.Select(each => each.Port).Distinct());
        Assert.True(candidates[0].Priority > candidates[1].Priority);
        Assert.NotEqual(candidates[0].Foundation, candidates[1].Foundation);
    }

    [Fact]
    public async Task AnAddressBesideTheBest_Connects()
    {
        await using var bench = new MediaBench(TwoAddresses);

        var caller = await bench.JoinAsync(Meeting, "customer");

        await bench.UntilAsync(caller, client => client.Packets >= 10);
    }

    [Fact]
    public async Task AClientThatVanishes_IsReportedLost()
    {
        var settings = new MeetingMediaSettings
        {
            Addresses = ["127.0.0.1"],
            LostAfter = TimeSpan.FromMilliseconds(500),
        };
        await using var bench = new MediaBench(settings);
        var caller = await bench.JoinAsync(Meeting, "customer");

        bench.Crash(caller);

        await bench.ExpectAsync<MediaBench.Lost>(each => each.Connection == caller.Connection);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _bench.DisposeAsync();
}
