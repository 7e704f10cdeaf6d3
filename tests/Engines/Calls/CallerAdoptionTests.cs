using Farspan.Chime;
using Farspan.Cluster;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>The edge of a call dies, and another one adopts its caller.</summary>
public sealed class CallerAdoptionTests
{
    private readonly ConnectorHarness _connector;
    private readonly ConnectorAnchor _anchor = EdgeScript.Anchor("connector-e1");
    private readonly EdgeScript _edge;
    private readonly EdgeScript _second;
    private readonly EdgeScript _third;

    public CallerAdoptionTests()
    {
        _connector = new ConnectorHarness(trunk: t => t with { IsEdge = true }, anchor: _anchor);
        _edge = new EdgeScript(_connector);
        _second = new EdgeScript(_connector, "edge-w1", 12).Listen();
        _third = new EdgeScript(_connector, "edge-w2", 13).Listen();
        _anchor.Edges = [_edge.Target, _second.Target, _third.Target];
        _edge.Establish();
    }

    [Fact]
    public void AnotherEdge_IsAskedWithBothTokens_AndTheNextEpoch()
    {
        Die();

        var invite = Assert.Single(_second.Asked(SipMethod.Invite));
        Assert.Empty(_third.Asked(SipMethod.Invite));
        Assert.True(invite.TryGetHeader(ClusterHeaders.Epoch, out var epochs));
        Assert.Equal("caller=2;node=edge-w1, contact=1;node=connector-e1", epochs);
        Assert.True(SipMultipart.TryFind(invite, ClusterHeaders.CallerType, out var caller));
        Assert.Equal(_edge.CallerToken().Bytes.ToArray(), caller.Content.ToArray());
        Assert.True(SipMultipart.TryFind(invite, ClusterHeaders.ResumeType, out _));
        Assert.True(invite.TryGetHeader(ClusterHeaders.Call, out var callId));
        Assert.Equal(EdgeScript.CallId, callId);
    }

    [Fact]
    public void AfterTheAdoption_MediaGoesToTheNewEdge_AndTheContactIsAsItWas()
    {
        Die();

        Assert.Single(_second.Asked(SipMethod.Ack));
        var configured = Assert.IsType<MediaCommand.ConfigureCarrier>(Commands().Last());
        Assert.Equal(50_000, configured.Audio.RemoteRtp.Port);
        Assert.Single(_connector.Log.OfType<ConnectorEffect.OpenSocket>());
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.StopContact>());
        Assert.Contains(_connector.Events, e => e.Kind == CallEventKind.CallerAdopted);
        Assert.Equal("edge-w1", Assert.Single(_connector.Engine.Calls.All).EdgeNode);

        Assert.Equal(200, _second.Ask(SipMethod.Bye)!.StatusCode);
        Assert.Single(_connector.Log.OfType<ConnectorEffect.StopContact>());
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void TheEdgeThatReturns_IsTold_AndHarmsNobody()
    {
        Die();
        var answer = _edge.Ask(SipMethod.Bye)!;

        Assert.Equal(412, answer.StatusCode);
        Assert.True(answer.TryGetHeader(ClusterHeaders.Epoch, out var epochs));
        Assert.StartsWith("caller=2;node=edge-w1", epochs, StringComparison.Ordinal);
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.StopContact>());
        Assert.Equal(CallState.Talking, Assert.Single(_connector.Engine.Calls.All).State);
        Assert.Empty(_edge.Asked(SipMethod.Bye));
    }

    [Fact]
    public void WhileAnotherEdgeIsAsked_TheOldOneMustAskAgain()
    {
        _second.AdoptionStatus = null;
        Die();
        var answer = _edge.Ask(SipMethod.Info, $"{ClusterHeaders.Epoch}: caller=1;node=edge-e1")!;

        Assert.Equal(503, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.RetryAfter);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(480)]
    public void AnEdgeThatCannot_IsFollowedByTheNext(int status)
    {
        _second.AdoptionStatus = status;
        Die();

        var invite = Assert.Single(_third.Asked(SipMethod.Invite));
        Assert.True(invite.TryGetHeader(ClusterHeaders.Epoch, out var epochs));
        Assert.StartsWith("caller=2;node=edge-w2", epochs, StringComparison.Ordinal);
        Assert.Equal("edge-w2", Assert.Single(_connector.Engine.Calls.All).EdgeNode);
    }

    [Fact]
    public void EdgesAreAskedAgain_UntilTheCallerIsGivenUp_AndTheContactEndsOnce()
    {
        (_second.AdoptionStatus, _third.AdoptionStatus) = (503, 503);
        Die();
        _connector.Pass(TimeSpan.FromSeconds(29));
        Assert.InRange(_second.Asked(SipMethod.Invite).Count(), 10, 16);
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.StopContact>());

        _connector.Pass(TimeSpan.FromSeconds(2));
        Assert.Single(_connector.Log.OfType<ConnectorEffect.StopContact>());
        Assert.Equal(CallOutcome.CarrierLost, _connector.Ended["outcome"]);
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void WhileItsMediaFlows_ADeadSignallingIsNoReason()
    {
        Flow(true);
        Die();
        Assert.Empty(_second.Asked(SipMethod.Invite));

        Flow(false);
        Assert.Single(_second.Asked(SipMethod.Invite));
    }

    [Fact]
    public void TheMediaOfEdges_IsPassedOnAsASignOfLife()
    {
        Flow(true);
        Flow(false);

        Assert.Equal(
            [("edge-e1", true), ("edge-e1", false)],
            _connector.Log.OfType<ConnectorEffect.NoteEdgeMedia>().Select(n => (n.Node, n.IsFlowing)));
    }

    [Fact]
    public void TheDeathOfAnotherEdge_ConcernsNobody()
    {
        _connector.Take(new ConnectorInput.EdgeDied("edge-w1", PeerDeath.Silent));
        Assert.Empty(_second.Asked(SipMethod.Invite));
    }

    [Fact]
    public void WithoutACallerToken_NobodyIsAsked_AndTheCallerIsGivenUpInTime()
    {
        var connector = new ConnectorHarness(trunk: t => t with { IsEdge = true }, anchor: _anchor);
        var edge = new EdgeScript(connector).Listen();
        edge.Invite();
        edge.Acknowledge();
        connector.Take(new ConnectorInput.EdgeDied("edge-e1", PeerDeath.Silent));
        connector.Pass(TimeSpan.FromSeconds(31));

        Assert.DoesNotContain(connector.Requests, r => r.Method == SipMethod.Invite);
        Assert.Equal(CallOutcome.CarrierLost, connector.Ended["outcome"]);
        connector.AssertNothingIsLeft();
    }

    [Fact]
    public void ACallerTokenThatComesLater_IsKept()
    {
        var later = _edge.CallerToken(1);
        Assert.Equal(200, _edge.Ask(
            SipMethod.Info, "", new SipBodyPart(ClusterHeaders.CallerType, later.Bytes))!.StatusCode);
        Die();

        Assert.Single(_second.Asked(SipMethod.Invite));
    }

    [Fact]
    public void ACallThatIsNotAnswered_IsNotAdopted()
    {
        var connector = new ConnectorHarness(trunk: t => t with { IsEdge = true }, anchor: _anchor)
        {
            MediaConnects = false,
        };
        var edge = new EdgeScript(connector).Listen();
        edge.Invite(caller: edge.CallerToken());
        connector.Take(new ConnectorInput.EdgeDied("edge-e1", PeerDeath.Silent));

        Assert.DoesNotContain(connector.Requests, r => r.Method == SipMethod.Invite);
        Assert.Single(connector.Log.OfType<ConnectorEffect.StopContact>());
    }

    [Fact]
    public void TheContactThatEndsDuringTheAdoption_EndsTheCallOfTheNewEdge()
    {
        _second.AdoptionStatus = null;
        Die();
        _connector.SendFrame(new AudioStatusFrame(410));
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.StopContact>());
        _connector.Pass(TimeSpan.FromMinutes(2));

        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void TheEdgeThatComesBackOverAnotherDialog_HasItsCallAgain_WithoutANewContact()
    {
        var again = new EdgeScript(_connector, "edge-e1b", 14).Listen();
        again.Invite("caller=2;node=edge-e1b, contact=2;node=connector-e1", caller: again.CallerToken(2));
        again.Acknowledge();

        Assert.Equal([100, 200], again.Statuses());
        Assert.Single(_connector.Log.OfType<ConnectorEffect.StartContact>());
        Assert.Single(_connector.Log.OfType<ConnectorEffect.OpenSocket>());
        Assert.Equal(412, _edge.Ask(SipMethod.Bye)!.StatusCode);
        Assert.Equal(200, again.Ask(SipMethod.Bye)!.StatusCode);
        Assert.Single(_connector.Log.OfType<ConnectorEffect.StopContact>());
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AnInviteForACallThatIsAlive_WithoutAHigherEpoch_Is412()
    {
        var other = new EdgeScript(_connector, "edge-w9", 15);
        other.Invite("caller=1;node=edge-a1, contact=1;node=connector-e1");

        Assert.Equal(412, other.Last().StatusCode);
        Assert.Equal(200, _edge.Ask(SipMethod.Bye)!.StatusCode);
    }

    private IEnumerable<MediaCommand> Commands() =>
        _connector.Log.OfType<ConnectorEffect.CommandMedia>().Select(c => c.Command);

    private void Die() => _connector.Take(new ConnectorInput.EdgeDied("edge-e1", PeerDeath.Silent));

    private void Flow(bool isFlowing) => _connector.Take(new ConnectorInput.MediaReported(
        new MediaEvent.CarrierFlowChanged(_connector.LastMedia, isFlowing)));
}
