using Farspan.Calls;
using Farspan.Cluster;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Edges.Tests;

public sealed class TakeoverTests
{
    private static readonly byte[] Token = [1, 2, 3, 0, 13, 10, 255];

    [Fact]
    public void ADeadConnectorsCall_IsTakenOverByAnother_AndTheCarrierHearsNothingOfIt()
    {
        var edge = EstablishWithToken(out var first, out var second);
        var said = edge.ToCarrier.Count();
        first.IsDown = true;
        edge.Take(new EdgeInput.SipFlowFailed(
            SipFlow.Connect(SipTransport.Tcp, EdgeHarness.Inner, first.Address) with { ConnectionId = 1 }, "reset"));
        edge.Pass(TimeSpan.FromMilliseconds(10));

        var invite = second.LastInvite;
        Assert.True(SipMultipart.TryFind(invite, ClusterHeaders.ResumeType, out var token));
        Assert.Equal(Token, token.Content.ToArray());
        Assert.Contains($"contact=2;node={second.Target.Name}", invite.ToString(), StringComparison.Ordinal);
        Assert.False(invite.TryGetHeader(EdgeHeaders.History, out _));
        Assert.True(edge.Media.OfType<MediaCommand.ConfigureInner>().Last().IsNewPeer);
        Assert.Equal(said, edge.ToCarrier.Count());
        Assert.Contains(edge.Events, e => e.Kind == CallEventKind.ContactTakenOver);
        Assert.DoesNotContain(first.Requests, r => r.Method == SipMethod.Bye);
        edge.Send(edge.Request("BYE", 2));
        Assert.Equal(1, edge.Ended["takeovers"]);
        edge.AssertNothingIsLeft();
    }

    [Fact]
    public void AFrozenConnector_IsDead200MillisecondsAfterAllItsMediaFellSilent()
    {
        var edge = EstablishWithToken(out var first, out var second);
        first.IsFrozen = true;
        edge.Silence(edge.Call);
        edge.Pass(TimeSpan.FromMilliseconds(150));
        Assert.Empty(second.Invites);
        edge.Pass(TimeSpan.FromMilliseconds(60));

        Assert.Single(second.Invites);
        Assert.Equal(TargetHealth.Dead, edge.Engine.Connectors.Single(c => c.Target.Name == first.Target.Name).Health);
    }

    [Fact]
    public void SilenceOfMediaAlone_TakesNothingOver_WhileTheConnectorAnswers()
    {
        var edge = EstablishWithToken(out _, out var second);
        edge.Silence(edge.Call);
        edge.Pass(TimeSpan.FromSeconds(30));

        Assert.Empty(second.Invites);
    }

    [Fact]
    public void SilenceToOptionsAlone_TakesNothingOver_ButNewCallsGoElsewhere()
    {
        var edge = EstablishWithToken(out var first, out var second);
        first.IsFrozen = true;
        edge.Pass(TimeSpan.FromSeconds(5));

        Assert.Empty(second.Invites);
        Assert.Equal(TargetHealth.Silent, edge.Call.Inner!.Target.Health);
    }

    [Fact]
    public void WithLifeSigns_TheirEndAndSilentMedia_AreDeathAtOnce()
    {
        var edge = EstablishWithToken(out var first, out var second);
        edge.Take(new EdgeInput.LifeSignReceived(first.Target.Name));
        edge.Pass(TimeSpan.FromMilliseconds(399));
        edge.Silence(edge.Call);
        Assert.Empty(second.Invites);
        edge.Pass(TimeSpan.FromMilliseconds(2));

        Assert.Single(second.Invites);
    }

    [Fact]
    public void AConnectorThatComesBack_Gets412WithTheHigherEpoch_AndEndsNothing()
    {
        var edge = EstablishWithToken(out var first, out var second);
        first.IsFrozen = true;
        edge.Silence(edge.Call);
        edge.Pass(TimeSpan.FromMilliseconds(300));
        Assert.Single(second.Invites);
        first.IsFrozen = false;

        var response = edge.AskInner(first, first.Ask(SipMethod.Bye, 1));

        Assert.Equal(412, response.StatusCode);
        Assert.Contains($"contact=2;node={second.Target.Name}", response.ToString(), StringComparison.Ordinal);
        Assert.Equal(EdgeCallState.Talking, edge.Call.State);
    }

    [Fact]
    public void AContactThatIsGone_IsReplacedByANewOneThatKnows()
    {
        var edge = EstablishWithToken(out var first, out var second);
        second.InviteStatus = 410;
        first.IsDown = true;
        edge.Take(new EdgeInput.SipFlowFailed(
            SipFlow.Connect(SipTransport.Tcp, EdgeHarness.Inner, first.Address) with { ConnectionId = 1 }, "reset"));
        edge.Pass(TimeSpan.FromMilliseconds(10));
        Assert.Single(second.Invites);
        second.InviteStatus = 200;
        edge.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(2, second.Invites.Count());
        Assert.True(second.LastInvite.TryGetHeader(EdgeHeaders.History, out _));
        Assert.Equal(EdgeCallState.Talking, edge.Call.State);
        Assert.DoesNotContain(edge.Requests, r => r.Method == SipMethod.Bye);
    }

    [Fact]
    public void WithoutAnyConnector_TheCallerIsKeptAndGoesOnWhenOneReturns()
    {
        var edge = EstablishWithToken(out var first, out var second);
        second.IsDown = true;
        edge.Pass(TimeSpan.FromSeconds(2));
        first.IsDown = true;
        edge.Pass(TimeSpan.FromSeconds(30));
        Assert.DoesNotContain(edge.Requests, r => r.Method == SipMethod.Bye);
        second.IsDown = false;
        edge.Pass(TimeSpan.FromSeconds(3));

        Assert.Equal(second.Target.Name, edge.Call.Inner!.Target.Target.Name);
        Assert.Equal(InnerLegState.Confirmed, edge.Call.Inner.State);
    }

    [Fact]
    public void ANewerTokenInAnInfo_IsKeptBeforeItIsAcknowledged()
    {
        var edge = EstablishWithToken(out var first, out var second);
        byte[] newer = [9, 9, 9];
        var info = first.Ask(SipMethod.Info, 1, new SipBodyPart(ClusterHeaders.ResumeType, newer));
        Assert.Equal(200, edge.AskInner(first, info).StatusCode);
        first.IsDown = true;
        edge.Pass(TimeSpan.FromSeconds(2));

        Assert.True(SipMultipart.TryFind(second.LastInvite, ClusterHeaders.ResumeType, out var token));
        Assert.Equal(newer, token.Content.ToArray());
    }

    [Fact]
    public void AHigherCallerEpoch_FencesTheEdge_WhichSaysNothingMoreToAnybody()
    {
        var edge = EstablishWithToken(out var first, out _);
        var info = first.Ask(SipMethod.Info, 1, null, (ClusterHeaders.Epoch, "caller=2;node=edge-w1"));
        edge.SendInner(first, info);
        var said = edge.ToCarrier.Count();
        edge.Send(edge.Request("BYE", 2));
        edge.Pass(TimeSpan.FromMinutes(2));

        Assert.Equal(said, edge.ToCarrier.Count());
        Assert.DoesNotContain(first.Requests, r => r.Method == SipMethod.Bye);
        Assert.Contains(edge.Media, m => m is MediaCommand.Fence);
        Assert.Equal("Fenced", edge.Ended["outcome"]);
        edge.AssertNothingIsLeft();
    }

    [Fact]
    public void TheCallerMayHangUpInTheMiddleOfATakeover()
    {
        var edge = EstablishWithToken(out var first, out var second);
        second.InviteStatus = null;
        first.IsDown = true;
        edge.Pass(TimeSpan.FromSeconds(2));
        Assert.Single(second.Invites);
        edge.Send(edge.Request("BYE", 2));

        Assert.Contains(second.Requests, r => r.Method == SipMethod.Cancel);
        edge.AssertNothingIsLeft();
    }

    private static EdgeHarness EstablishWithToken(out ScriptedConnector first, out ScriptedConnector second)
    {
        var edge = new EdgeHarness();
        foreach (var connector in edge.Connectors)
        {
            connector.Token = Token;
        }

        edge.Establish();
        (first, second) = (edge.Holder, edge.Other);
        return edge;
    }
}
