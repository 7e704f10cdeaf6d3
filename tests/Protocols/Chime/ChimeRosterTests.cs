using Farspan.Chime;
using Farspan.Kernel;

namespace Farspan.Chime.Tests;

public sealed class ChimeRosterTests
{
    private readonly ChimeSessionDriver _driver = new ChimeSessionDriver().ReachSubscribed();

    [Fact]
    public void AnAgent_IsKnownByTheEndOfItsExternalUserId()
    {
        Info(new() { StreamId = 1, AttendeeId = "me", ExternalUserId = "customer" });
        Assert.False(Change(RosterChange.Joined).IsAgent);

        Info(new() { StreamId = 2, AttendeeId = "a", ExternalUserId = "1234-agent" });
        Assert.True(Change(RosterChange.Joined).IsAgent);
    }

    [Fact]
    public void AMute_ComesWithoutAnAttendee_AndIsToldOnce()
    {
        Info(new() { StreamId = 2, AttendeeId = "a", IsMuted = false });

        Info(new() { StreamId = 2, IsMuted = true });
        Assert.True(Change(RosterChange.Muted).IsMuted);
        Info(new() { StreamId = 2, IsMuted = true });
        Assert.Empty(_driver.Last);
        _driver.Receive(new AudioMetadataFrame { AttendeeStates = [new(2, 20, IsMuted: false, 2)] });
        Assert.False(Change(RosterChange.Unmuted).IsMuted);
    }

    [Theory]
    [InlineData(null, RosterChange.Left)]
    [InlineData(false, RosterChange.Left)]
    [InlineData(true, RosterChange.Dropped)]
    public void AStreamIdAlone_IsADeparture(bool? isDropped, RosterChange expected)
    {
        Info(new() { StreamId = 2, AttendeeId = "a" });
        Info(new() { StreamId = 2, IsDropped = isDropped });

        Assert.Equal("a", Change(expected).AttendeeId);
        Assert.Empty(_driver.Session.Roster);
    }

    [Fact]
    public void ARepeatedJoin_IsAnUpdate_AndMayMoveTheStream()
    {
        Info(new() { StreamId = 2, AttendeeId = "a" });
        Info(new() { StreamId = 3, AttendeeId = "a" });
        Assert.Empty(_driver.Last);

        Info(new() { StreamId = 3 });
        Assert.Equal("a", Change(RosterChange.Left).AttendeeId);
    }

    [Fact]
    public void AStreamNumber_ThatIsReused_EndsTheOneBefore()
    {
        Info(new() { StreamId = 2, AttendeeId = "a" });
        Info(new() { StreamId = 2, AttendeeId = "b" });

        Assert.Equal(
            [RosterChange.Dropped, RosterChange.Joined],
            _driver.Last.OfType<ChimeEffect.RosterChanged>().Select(e => e.Change));
        Assert.Equal("b", Assert.Single(_driver.Session.Roster).AttendeeId);
    }

    [Fact]
    public void ADeparture_OfAnUnknownStream_IsIgnored()
    {
        Info(new() { StreamId = 9 });
        Assert.Empty(_driver.Last);
    }

    [Fact]
    public void TheRoster_HasALimit()
    {
        for (var i = 0u; i <= ChimeLimits.MaxRosterEntries; i++)
        {
            Info(new() { StreamId = i, AttendeeId = $"a{i}" });
        }

        Assert.Empty(_driver.Last);
        Assert.Equal(ChimeLimits.MaxRosterEntries, _driver.Session.Roster.Count);
    }

    [Fact]
    public void ARejoin_TellsTheRosterAnew()
    {
        Info(new() { StreamId = 2, AttendeeId = "a" });
        _driver.StayHealthy().Closed(1006).Opened();
        Assert.Empty(_driver.Session.Roster);

        Info(new() { StreamId = 5, AttendeeId = "a" });
        Assert.Equal(5u, Change(RosterChange.Joined).StreamId);
    }

    private void Info(AudioStreamIdInfo info) =>
        _driver.Receive(new AudioStreamIdInfoFrame { Streams = [info] });

    private RosterEntry Change(RosterChange expected)
    {
        var effect = Assert.IsType<ChimeEffect.RosterChanged>(Assert.Single(_driver.Last));
        Assert.Equal(expected, effect.Change);
        return effect.Entry;
    }
}
