using Farspan.Chime;
using Farspan.Cluster;
using Farspan.Media;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>A connector that was taken over, or may have been, is silent.</summary>
public sealed class EdgeFenceTests
{
    private readonly ConnectorHarness _connector = EdgeScript.Connector();
    private readonly EdgeScript _edge;

    public EdgeFenceTests() => _edge = new EdgeScript(_connector);

    [Theory]
    [InlineData(301)]
    [InlineData(412)]
    public void AFencedConnector_IsSilent_ForGood(int how)
    {
        _edge.Establish();
        if (how == 301)
        {
            _connector.SendFrame(new AudioStatusFrame(301));
        }
        else
        {
            _edge.InfoStatus = 412;
            _edge.Epochs = new CallEpochs(null, new Epoch(2, "connector-w1"));
            Press('5');
            _connector.Pass(TimeSpan.FromSeconds(1));
        }

        var sent = _connector.Sent.Count();
        var frames = _connector.Frames().Count();
        _edge.Ask(SipMethod.Bye);
        _connector.Pass(TimeSpan.FromMinutes(40));

        Assert.Equal(sent, _connector.Sent.Count());
        Assert.Equal(frames, _connector.Frames().Count());
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.StopContact>());
        Assert.Contains(_connector.Events, e => e.Kind == CallEventKind.Fenced);
        Assert.Contains(Commands(), c => c is MediaCommand.Hush { IsHushed: true });
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void ARequestThatNamesAHigherContactEpoch_FencesTheConnector()
    {
        _edge.Establish();
        _edge.Ask(SipMethod.Info, $"{ClusterHeaders.Epoch}: contact=2;node=connector-w1");

        Assert.Contains(_connector.Events, e => e.Kind == CallEventKind.Fenced);
        Assert.Empty(_edge.Statuses(SipMethod.Info));
    }

    [Fact]
    public void ARequestOfALowerCallerEpoch_Is412_WithTheHigherOne()
    {
        _edge.Listen();
        _edge.Invite("caller=5;node=edge-e1", caller: _edge.CallerToken(5));
        _edge.Acknowledge();
        var answer = _edge.Ask(SipMethod.Info, $"{ClusterHeaders.Epoch}: caller=4;node=edge-w1")!;

        Assert.Equal(412, answer.StatusCode);
        Assert.Contains("caller=5;node=edge-e1", Header(answer), StringComparison.Ordinal);
        Assert.Equal(
            200, _edge.Ask(SipMethod.Info, $"{ClusterHeaders.Epoch}: caller=5;node=edge-e1")!.StatusCode);
    }

    [Fact]
    public void AfterAGap_NothingGoesOut_UntilTheEdgeHasConfirmed()
    {
        _edge.Establish();
        _edge.InfoStatus = null;
        Freeze(TimeSpan.FromSeconds(70));
        var sent = _connector.Sent.Count();
        var frames = _connector.Frames().Count();
        _connector.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(frames, _connector.Frames().Count());
        Assert.Equal(sent, _connector.Sent.Count());
        Assert.Contains(Commands(), c => c is MediaCommand.Hush { IsHushed: true });

        Confirm(_edge.Asked(SipMethod.Info).Last(), 200);
        Assert.Contains(Commands(), c => c is MediaCommand.Hush { IsHushed: false });
        _connector.Pass(TimeSpan.FromSeconds(11));
        Assert.True(_connector.Frames().Count() > frames, "pings go on");
    }

    [Fact]
    public void AfterAGap_ANodeThatWasTakenOver_StaysSilent()
    {
        _edge.Establish();
        _edge.InfoStatus = 412;
        _edge.Epochs = new CallEpochs(null, new Epoch(2, "connector-w1"));
        var frames = _connector.Frames().Count();
        Freeze(TimeSpan.FromSeconds(3));
        _connector.SendFrame(new AudioStatusFrame(410));
        _connector.Pass(TimeSpan.FromMinutes(5));

        Assert.Equal(frames, _connector.Frames().Count());
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.StopContact>());
        Assert.Empty(_edge.Asked(SipMethod.Bye));
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AnAnswerFromBeforeTheGap_ConfirmsNothing()
    {
        _edge.Establish();
        _edge.InfoStatus = null;
        Press('1');
        _connector.Pass(TimeSpan.FromMilliseconds(900));
        var before = _edge.Asked(SipMethod.Info).Last();
        Freeze(TimeSpan.FromSeconds(3));
        Confirm(before, 200);

        Assert.DoesNotContain(Commands(), c => c is MediaCommand.Hush { IsHushed: false });
        Confirm(_edge.Asked(SipMethod.Info).Last(), 200);
        Assert.Contains(Commands(), c => c is MediaCommand.Hush { IsHushed: false });
    }

    [Fact]
    public void AStalledMediaSession_IsDoubtedToo()
    {
        _edge.Establish();
        _edge.InfoStatus = null;
        _connector.Take(new ConnectorInput.MediaReported(
            new MediaEvent.Stalled(_connector.LastMedia, TimeSpan.FromSeconds(1))));

        Assert.Contains(_connector.Events, e => e.Kind == CallEventKind.Doubtful);
        Confirm(_edge.Asked(SipMethod.Info).Last(), 200);
        Assert.IsType<MediaCommand.Hush>(Commands().Last());
    }

    [Fact]
    public void AGapOf400Milliseconds_IsNone()
    {
        _edge.Establish();
        Freeze(TimeSpan.FromMilliseconds(400));
        Assert.DoesNotContain(_connector.Events, e => e.Kind == CallEventKind.Doubtful);
    }

    private static string Header(SipMessage message)
    {
        Assert.True(message.TryGetHeader(ClusterHeaders.Epoch, out var epochs));
        return epochs;
    }

    private IEnumerable<MediaCommand> Commands() =>
        _connector.Log.OfType<ConnectorEffect.CommandMedia>().Select(c => c.Command);

    private void Press(char digit) => _connector.Take(new ConnectorInput.MediaReported(
        new MediaEvent.DigitDetected(_connector.LastMedia, digit, DigitSource.TelephoneEvent)));

    private void Confirm(SipRequest info, int status) => _connector.Take(new ConnectorInput.SipReceived(
        _edge.Target.Flow, SipResponseBuilder.For(info, status).Build().Bytes));

    /// <summary>The loop does not run; then it finds everything due at once.</summary>
    private void Freeze(TimeSpan duration)
    {
        _connector.Pass(TimeSpan.FromMilliseconds(50));
        _connector.Skip(duration);
    }
}
