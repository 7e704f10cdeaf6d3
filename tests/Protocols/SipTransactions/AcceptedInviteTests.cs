using Farspan.Kernel;

namespace Farspan.Sip.Tests;

public sealed class AcceptedInviteTests
{
    [Fact] // RFC 3261 §13.3.1.4: T1, doubling up to T2, for 64*T1.
    public void WithoutAck_The2xxIsRepeatedUpToT2_ThenGivenUp()
    {
        var accepted = new AcceptedInvite(SipTimings.Default, Instant.Zero);
        List<(long Ms, AcceptedInviteEffect Effect)> log = [];
        while (accepted.Deadline is { } due)
        {
            Assert.Equal(AcceptedInviteEffect.None, accepted.Expire(new Instant(due.Ticks - 1)));
            log.Add((due.Milliseconds, accepted.Expire(due)));
        }

        Assert.Equal(
            [500, 1500, 3500, 7500, 11500, 15500, 19500, 23500, 27500, 31500, 32000], log.Select(e => e.Ms));
        Assert.All(log.SkipLast(1), e => Assert.Equal(AcceptedInviteEffect.Retransmit, e.Effect));
        Assert.Equal(AcceptedInviteEffect.GiveUp, log[^1].Effect);
        Assert.False(accepted.IsWaiting);
    }

    [Fact]
    public void TheAck_StopsTheRepetition_AndItsRetransmissionIsKnown()
    {
        var accepted = new AcceptedInvite(SipTimings.Default, Instant.Zero);

        Assert.True(accepted.Acknowledge());
        Assert.False(accepted.Acknowledge());
        Assert.Null(accepted.Deadline);
        Assert.Equal(AcceptedInviteEffect.None, accepted.Expire(Instant.FromMilliseconds(60_000)));
    }
}
