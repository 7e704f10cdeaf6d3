using Farspan.Calls;
using Farspan.Calls.Tests;
using Farspan.Chime;
using Farspan.Sip;

namespace Farspan.Edges.Tests;

/// <summary>The edge's engine and the connector's, each with the other's real messages.</summary>
public sealed class TwoAnchorsTests
{
    private readonly TwoAnchors _world = new();

    [Fact]
    public void ACall_IsSetUp_Talks_AndEnds_WithOneContactThatEndsOnce()
    {
        _world.Establish();
        Assert.Equal([100, 180, 200], _world.Edge.Statuses);
        Assert.Single(_world.Connect.Live);

        _world.Edge.Send(_world.Edge.Request("BYE", 2));
        _world.Pass(TimeSpan.FromSeconds(1));
        Assert.Single(_world.Connect.Stopped);
        Assert.Empty(_world.Connect.Live);
        Assert.All(_world.Connectors, c => Assert.Equal(0, c.Harness.Engine.Calls.Count));
    }

    [Fact]
    public void TheAgentHangsUp_AndTheCarrierHearsSo()
    {
        _world.Establish();
        _world.Holder.Harness.SendFrame(new AudioStatusFrame(410));
        _world.Pass(TimeSpan.FromSeconds(1));

        Assert.Contains(_world.Edge.Requests, r => r.Method == SipMethod.Bye);
    }

    [Fact]
    public void AConnectorDies_AnotherTakesTheSameSeat_AndTheCarrierHearsNothingOfIt()
    {
        _world.Establish();
        var lost = _world.Holder;
        var seat = lost.Harness.Frames().OfType<JoinFrame>().Single().AudioSessionId;
        var said = _world.Edge.ToCarrier.Count();
        _world.Kill(lost);
        _world.Edge.Silence(_world.Edge.Call);
        _world.Pass(TimeSpan.FromSeconds(2));

        Assert.NotSame(lost, _world.Holder);
        Assert.Equal(seat, _world.Holder.Harness.Frames().OfType<JoinFrame>().Single().AudioSessionId);
        Assert.Equal(1, _world.Connect.Started);
        Assert.Equal(said, _world.Edge.ToCarrier.Count());

        _world.Edge.Send(_world.Edge.Request("BYE", 2));
        _world.Pass(TimeSpan.FromSeconds(1));
        Assert.Single(_world.Connect.Stopped);
        Assert.Equal(1, _world.Connect.Started);
    }

    [Fact]
    public void AConnectorThatWasFrozen_FindsItselfFenced_AndIsSilent()
    {
        _world.Establish();
        var frozen = _world.Holder;
        _world.Freeze(frozen);
        _world.Edge.Call.LoseConnector("silent", _world.Edge.Now);
        _world.Pass(TimeSpan.FromSeconds(3));
        Assert.NotSame(frozen, _world.Holder);

        var frames = frozen.Harness.Frames().Count();
        _world.Thaw(frozen, TimeSpan.FromSeconds(3));
        _world.Pass(TimeSpan.FromSeconds(2));

        Assert.Contains(frozen.Harness.Events, e => e.Kind == CallEventKind.Fenced);
        Assert.Equal(frames, frozen.Harness.Frames().Count());
        Assert.Empty(frozen.Harness.Log.OfType<ConnectorEffect.StopContact>());
        Assert.DoesNotContain(frozen.Harness.Requests, r => r.Method is SipMethod.Bye or SipMethod.Invite);
        Assert.Single(_world.Connect.Live);
        Assert.DoesNotContain(_world.Edge.Requests, r => r.Method == SipMethod.Bye);
    }

    [Fact]
    public void AConnectorThatWasFrozen_ButNotTakenOver_GoesOn()
    {
        _world.Establish();
        var frozen = _world.Holder;
        _world.Freeze(frozen);
        _world.Thaw(frozen, TimeSpan.FromMilliseconds(700));
        _world.Pass(TimeSpan.FromSeconds(1));

        Assert.Contains(frozen.Harness.Events, e => e.Kind == CallEventKind.Doubtful);
        Assert.DoesNotContain(frozen.Harness.Events, e => e.Kind == CallEventKind.Fenced);
        _world.Edge.Send(_world.Edge.Request("BYE", 2));
        _world.Pass(TimeSpan.FromSeconds(1));
        Assert.Single(_world.Connect.Stopped);
    }

    [Fact]
    public void AfterItsEdge_ItsConnectorDies_AndTheCallGoesOn()
    {
        var world = new TwoAnchors(connectors: 2, edges: 2);
        world.Establish();
        var connector = world.Holder;
        var seat = connector.Harness.Frames().OfType<JoinFrame>().Single().AudioSessionId;
        Adopt(world);
        world.Kill(connector, world.OtherEdge);
        world.OtherEdge.Call.LoseConnector("refused", world.OtherEdge.Now);
        world.Pass(TimeSpan.FromSeconds(3));

        var survivor = world.Connectors.Single(c => c != connector).Harness;
        Assert.Equal(seat, survivor.Frames().OfType<JoinFrame>().Single().AudioSessionId);
        Assert.Equal(1, world.Connect.Started);
        Assert.Empty(world.Connect.Stopped);
        Assert.DoesNotContain(world.OtherEdge.Requests, r => r.Method == SipMethod.Bye);
    }

    [Fact]
    public void AnEdgeDies_AndAnotherOneReinvitesTheCarrier()
    {
        var world = new TwoAnchors(connectors: 1, edges: 2);
        world.Establish();
        var reinvite = Adopt(world);
        Assert.Equal("call-1@192.0.2.1", reinvite.CallId);

        var connector = world.Connectors[0].Harness;
        Assert.Contains(connector.Events, e => e.Kind == CallEventKind.CallerAdopted);
        Assert.Equal("edge-e1", Assert.Single(connector.Engine.Calls.All).EdgeNode);
        Assert.Single(world.Connect.Live);
        Assert.Equal(1, world.Connect.Started);
    }

    private static SipRequest Adopt(TwoAnchors world)
    {
        world.KillEdge();
        world.Pass(TimeSpan.FromMilliseconds(200));
        var reinvite = Assert.Single(world.OtherEdge.Requests, r => r.Method == SipMethod.Invite);
        world.OtherEdge.Reply(reinvite, 200, EdgeHarness.Offer.Replace(" 8 101", "", StringComparison.Ordinal));
        world.Pass(TimeSpan.FromMilliseconds(500));
        return reinvite;
    }
}
