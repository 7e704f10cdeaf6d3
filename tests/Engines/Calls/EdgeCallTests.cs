using Farspan.Chime;
using Farspan.Cluster;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>Calls of edges: tokens before effects, take-over of the contact, fencing.</summary>
public sealed class EdgeCallTests
{
    private readonly ConnectorHarness _connector = EdgeScript.Connector();
    private readonly EdgeScript _edge;

    public EdgeCallTests() => _edge = new EdgeScript(_connector);

    [Fact]
    public void TheMeeting_IsNotJoined_BeforeTheEdgeHoldsTheToken()
    {
        _edge.InfoStatus = null;
        _edge.Listen();
        _edge.Invite();

        var token = EdgeScript.Open(Assert.Single(_edge.Tokens));
        Assert.Equal($"contact-{token.IntentId}", token.ContactId);
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.OpenSocket>());

        var info = _edge.Asked(SipMethod.Info).Single();
        Assert.Contains("contact=1;node=connector-e1", Header(info), StringComparison.Ordinal);
        _connector.Take(new ConnectorInput.SipReceived(
            _edge.Target.Flow, SipResponseBuilder.For(info, 200).Build().Bytes));
        Assert.Single(_connector.Log.OfType<ConnectorEffect.OpenSocket>());
        Assert.Equal([100, 180, 200], _edge.Statuses());
    }

    [Fact]
    public void TheAnswer_CarriesANewToken_AndTheEpochs()
    {
        _edge.Establish();

        var answer = _edge.Last();
        Assert.Equal(200, answer.StatusCode);
        Assert.True(SipMultipart.TryFind(answer, "application/sdp", out _));
        Assert.True(SipMultipart.TryFind(answer, ClusterHeaders.ResumeType, out var part));
        Assert.True(SealedToken.TryDecode(part.Content.Span, out var token, out _));
        Assert.True(token.Header.Supersedes(_edge.Tokens[0].Header));
        Assert.Equal("caller=1;node=edge-e1, contact=1;node=connector-e1", Header(answer));
    }

    [Fact]
    public void AnEdgeThatTakesNoToken_FailsTheCall_AndTheContactIsStopped()
    {
        _edge.InfoStatus = 500;
        _edge.Listen();
        _edge.Invite();
        _connector.Pass(TimeSpan.FromSeconds(6));

        Assert.Equal(504, _edge.Last().StatusCode);
        Assert.True(_edge.Tokens.Count > 5, "it is offered again and again");
        Assert.Single(_connector.Log.OfType<ConnectorEffect.StopContact>());
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.OpenSocket>());
        _edge.Acknowledge("");
        _connector.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("caller=1;node=edge-e1", "")]
    [InlineData("nothing", EdgeScript.CallId)]
    [InlineData("contact=1;node=connector-e1", EdgeScript.CallId)]
    [InlineData("caller=1;node=edge-e1", "../../etc")]
    public void AnInviteThatDoesNotSayWhatItMust_Is400(string epochs, string callId)
    {
        _edge.Invite(epochs, callId: callId);
        Assert.Equal(400, _edge.Last().StatusCode);
    }

    [Fact]
    public void TheContactOfAnotherConnector_IsJoinedAsTheSameAttendee_WithoutAStart()
    {
        var token = FirstToken();
        var (connector, edge) = Survivor();
        edge.Invite("caller=1;node=edge-e1, contact=2;node=connector-w1", token);

        Assert.Empty(connector.Log.OfType<ConnectorEffect.StartContact>());
        var join = Assert.Single(connector.Frames().OfType<JoinFrame>());
        Assert.Equal(EdgeScript.Open(token).AudioSessionId, join.AudioSessionId);
        Assert.Equal([100, 200], edge.Statuses());
        var adopted = Assert.IsType<ContactJournalEntry.Adopted>(
            connector.Log.OfType<ConnectorEffect.WriteJournal>().First().Entry);
        Assert.Equal(EdgeScript.Open(token).ContactId, adopted.ContactId);

        edge.Acknowledge();
        Assert.Equal(200, edge.Ask(SipMethod.Bye)!.StatusCode);
        Assert.Equal(
            EdgeScript.Open(token).ContactId,
            Assert.Single(connector.Log.OfType<ConnectorEffect.StopContact>()).ContactId);
        connector.AssertNothingIsLeft();
    }

    [Fact]
    public void TheNewToken_IsOfTheNewEpoch()
    {
        var token = FirstToken();
        var (_, edge) = Survivor();
        edge.Invite("caller=1;node=edge-e1, contact=2;node=connector-w1", token);

        Assert.True(SipMultipart.TryFind(edge.Last(), ClusterHeaders.ResumeType, out var part));
        Assert.True(SealedToken.TryDecode(part.Content.Span, out var next, out _));
        Assert.Equal(new Epoch(2, "connector-w1"), next.Header.Stamp.Epoch);
        Assert.Equal(
            EdgeScript.Open(token).AudioSessionId, EdgeScript.Open(next).AudioSessionId);
    }

    [Fact]
    public void TheEpochOfTheToken_IsNotTakenAgain()
    {
        var token = FirstToken();
        var (_, edge) = Survivor("connector-a1");
        edge.Invite("caller=1;node=edge-e1, contact=1;node=connector-a1", token);

        Assert.Equal(412, edge.Last().StatusCode);
        Assert.Contains("contact=1;node=connector-e1", Header(edge.Last()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(409)]
    [InlineData(410)]
    [InlineData(411)]
    public void AContactThatCannotBeJoinedAnyMore_IsSaidToBeGone(int audioStatus)
    {
        var token = FirstToken();
        var (connector, edge) = Survivor();
        connector.OnFrame = frame => frame is JoinFrame ? [new AudioStatusFrame((uint)audioStatus)] : [];
        edge.Invite("caller=1;node=edge-e1, contact=2;node=connector-w1", token);

        Assert.Equal(480, edge.Last().StatusCode);
        Assert.Equal("contact is gone", edge.Last().Reason!.Text);
        Assert.True(edge.Last().TryGetHeader(ClusterHeaders.Contact, out var contact));
        Assert.Equal(ClusterHeaders.ContactGone, contact);
        edge.Acknowledge("");
        connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AFailedTakeOver_LeavesTheContactToTheNextConnector()
    {
        var token = FirstToken();
        var (connector, edge) = Survivor();
        connector.OnMedia = command => command is MediaCommand.Gather
            ? [new MediaEvent.ContactLost(command.MediaId, ContactLoss.RelayUnavailable, "")]
            : connector.AnswerMedia(command);
        edge.Invite("caller=1;node=edge-e1, contact=2;node=connector-w1", token);

        Assert.Equal(503, edge.Last().StatusCode);
        Assert.True(edge.Last().TryGetHeader(ClusterHeaders.Contact, out var contact));
        Assert.Equal(ClusterHeaders.ContactAlive, contact);
        Assert.Empty(connector.Log.OfType<ConnectorEffect.StopContact>());
        Assert.DoesNotContain(connector.Frames(), f => f is LeaveFrame);
        edge.Acknowledge("");
        connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AContactThatIsReplaced_IsStopped_AndTheNewOneNamesIt()
    {
        var token = FirstToken();
        var (connector, edge) = Survivor();
        edge.Listen();
        edge.Invite(
            "caller=1;node=edge-e1, contact=3;node=connector-w1", token,
            headers: $"{ClusterHeaders.History}: contact-lost;ms=9000");

        var start = Assert.Single(connector.Log.OfType<ConnectorEffect.StartContact>());
        Assert.Equal(EdgeScript.Open(token).ContactId, start.Request.RelatedContactId);
        Assert.Equal(
            EdgeScript.Open(token).ContactId,
            Assert.Single(connector.Log.OfType<ConnectorEffect.StopContact>()).ContactId);
        Assert.Equal(200, edge.Last().StatusCode);
    }

    [Fact]
    public void DigitsWait_UntilTheEdgeHoldsThem_AndASurvivorSendsThemWithTheSameToken()
    {
        _edge.Establish();
        Press('4');
        _edge.InfoStatus = null;
        Press('2');
        _connector.Pass(TimeSpan.FromSeconds(1));
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.SendDigits>());
        var last = EdgeScript.Open(_edge.Tokens[^1]);
        Assert.Equal((1u, "42"), (last.DigitIndex, last.DigitsOnTheirWay!.Value.Reveal()));

        var (survivor, edge) = Survivor();
        edge.Invite("caller=1;node=edge-e1, contact=2;node=connector-w1", _edge.Tokens[^1]);
        edge.Listen();
        edge.Acknowledge();

        var sent = Assert.Single(survivor.Log.OfType<ConnectorEffect.SendDigits>());
        Assert.Equal(("42", $"{EdgeScript.CallId}-1"), (sent.Digits, sent.ClientToken));
        survivor.Take(new ConnectorInput.MediaReported(
            new MediaEvent.DigitDetected(survivor.LastMedia, '7', DigitSource.TelephoneEvent)));
        survivor.Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(
            $"{EdgeScript.CallId}-2", survivor.Log.OfType<ConnectorEffect.SendDigits>().Last().ClientToken);
    }

    [Fact]
    public void DigitsThatTheEdgeHolds_AreSentOnce()
    {
        _edge.Establish();
        Press('5');
        _connector.Pass(TimeSpan.FromSeconds(2));

        Assert.Equal("5", Assert.Single(_connector.Log.OfType<ConnectorEffect.SendDigits>()).Digits);
    }

    [Fact]
    public void WhenConnectEndsTheContact_TheEdgeIsToldThatItIsOver()
    {
        _edge.Establish();
        _connector.SendFrame(new AudioStatusFrame(410));

        var bye = Assert.Single(_edge.Asked(SipMethod.Bye));
        Assert.True(bye.TryGetHeader(ClusterHeaders.Contact, out var contact));
        Assert.Equal(ClusterHeaders.ContactEnded, contact);
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AnEdgeThatAsks_IsToldWhatTheNodeCanTake()
    {
        _edge.Establish();
        var answer = _edge.Ask(SipMethod.Options)!;
        Assert.Equal(200, answer.StatusCode);

        var other = new EdgeScript(_connector, "edge-w1", 12);
        var load = other.Ask(SipMethod.Options)!;
        Assert.True(load.TryGetHeader(LoadReport.Header, out var text));
        Assert.Equal("calls=1;capacity=2000;quota=999", text);
    }

    [Fact]
    public void ANodeThatStops_LeavesItsContactsToOthers()
    {
        _edge.Establish();
        _connector.Stop();

        var bye = Assert.Single(_edge.Asked(SipMethod.Bye));
        Assert.True(bye.TryGetHeader(ClusterHeaders.Contact, out var contact));
        Assert.Equal(ClusterHeaders.ContactAlive, contact);
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.StopContact>());
        Assert.DoesNotContain(_connector.Frames(), f => f is LeaveFrame);
        _connector.Pass(TimeSpan.FromMinutes(5));
        Assert.Equal(0, _connector.Engine.Calls.Count);
        Assert.Equal(0, _connector.Engine.Desk.OpenContacts);
    }

    private static string Header(SipMessage message)
    {
        Assert.True(message.TryGetHeader(ClusterHeaders.Epoch, out var epochs));
        return epochs;
    }

    private SealedToken FirstToken()
    {
        _edge.Establish();
        return _edge.Tokens[^1];
    }

    private static (ConnectorHarness Connector, EdgeScript Edge) Survivor(string node = "connector-w1")
    {
        var connector = EdgeScript.Connector(node);
        return (connector, new EdgeScript(connector));
    }

    private void Press(char digit) => _connector.Take(new ConnectorInput.MediaReported(
        new MediaEvent.DigitDetected(_connector.LastMedia, digit, DigitSource.TelephoneEvent)));
}
