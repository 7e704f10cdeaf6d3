using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>OPTIONS and the node's health tell the truth, on both sides of each edge.</summary>
public sealed class AvailabilityTests
{
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private ConnectorHarness _connector = new();
    private int _asked;

    [Fact]
    public void AfterThreeFailedStartsInARow_NoCallCanBeTaken_UntilTheInstanceAnswersAProbe()
    {
        Refuse(ConnectErrorKind.AccessDenied);
        Call();
        Call();
        Assert.Equal(200, Options().StatusCode);

        Call();

        var refusal = Options();
        Assert.Equal((503, TimeSpan.FromSeconds(5)), (refusal.StatusCode, refusal.RetryAfter));
        Assert.Equal(41, refusal.Reason!.Cause);
        Assert.Contains("AccessDenied", Shown().Detail, StringComparison.Ordinal);
        _connector.Pass(TimeSpan.FromSeconds(5) - Tick);
        Assert.Equal((503, TimeSpan.FromSeconds(1)), (Options().StatusCode, Options().RetryAfter));
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.ProbeInstance>());

        _connector.Pass(Tick);

        Assert.Single(_connector.Log.OfType<ConnectorEffect.ProbeInstance>());
        Assert.Equal(200, Options().StatusCode);
        Assert.True(Shown().IsAvailable);
    }

    [Fact]
    public void AContactInBetween_BeginsTheCountAnew()
    {
        Refuse(ConnectErrorKind.AccessDenied);
        Call();
        Call();
        Serve();
        Call();
        Refuse(ConnectErrorKind.AccessDenied);
        Call();
        Call();

        Assert.Equal(200, Options().StatusCode);
    }

    [Theory]
    [InlineData(ConnectErrorKind.ResourceNotFound)]
    [InlineData(ConnectErrorKind.InvalidParameter)]
    [InlineData(ConnectErrorKind.Conflict)]
    public void ARefusalThatOnlyConcernsTheRequest_SaysNothingAboutTheInstance(ConnectErrorKind kind)
    {
        Refuse(kind);
        for (var i = 0; i < 10; i++)
        {
            Call();
        }

        Assert.Equal(200, Options().StatusCode);
    }

    [Fact]
    public void ProbesThatFail_ComeEverMoreSeldom_DownToOneAMinute()
    {
        var asked = new List<double>();
        _connector.OnProbe = probe =>
        {
            asked.Add((_connector.Now - Kernel.Instant.Zero).TotalSeconds);
            return Probed(ConnectErrorKind.Unreachable);
        };
        _connector.Take(Probed(ConnectErrorKind.Unreachable));
        _connector.Pass(TimeSpan.FromSeconds(200));

        Assert.Equal([5, 15, 35, 75, 135, 195], asked);
        Assert.Equal(503, Options().StatusCode);
    }

    [Fact]
    public void WithoutCredentials_TheFirstFailureIsEnough()
    {
        _connector.Take(Probed(ConnectErrorKind.NoCredentials));

        Assert.Equal(503, Options().StatusCode);
        _connector.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(200, Options().StatusCode);
    }

    [Fact]
    public void OnTrial_OneFailureIsEnough_AndTheWaitIsLonger()
    {
        Refuse(ConnectErrorKind.AccessDenied);
        Call(times: 3);
        _connector.Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(200, Options().StatusCode);

        Call();

        Assert.Equal((503, TimeSpan.FromSeconds(10)), (Options().StatusCode, Options().RetryAfter));
    }

    [Fact]
    public void ACallThatComesAllTheSame_IsTried_AndItsContactEndsTheObstacle()
    {
        Refuse(ConnectErrorKind.AccessDenied);
        Call(times: 3);
        Serve();

        Assert.Equal(200, Call().StatusCode);

        Assert.Equal(200, Options().StatusCode);
        _connector.Pass(TimeSpan.FromSeconds(60));
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.ProbeInstance>());
    }

    [Fact]
    public void WithItsQuotaUsedUp_TheNodeSaysSo_UntilACallEnds()
    {
        _connector = new ConnectorHarness(new QuotaSettings
        {
            StartsPerSecond = 100, StartBurst = 100, ConcurrentContactsMax = 2,
        });
        _connector.Establish();
        Assert.Equal(200, Options().StatusCode);
        Call();

        var refusal = Options();
        Assert.Equal((503, TimeSpan.FromSeconds(5)), (refusal.StatusCode, refusal.RetryAfter));
        Assert.Equal(42, refusal.Reason!.Cause);

        _connector.Ask("BYE", 2);
        Assert.Equal(200, Options().StatusCode);
    }

    [Fact]
    public void WithAllItsCallsTaken_TheNodeSaysSo_UntilOneEnds()
    {
        _connector = new ConnectorHarness(callsMax: 2);
        _connector.Establish();
        Assert.Equal(200, Options().StatusCode);
        Call();

        Assert.Equal(503, Options().StatusCode);
        Assert.Equal(503, Call().StatusCode);
        _connector.Ask("BYE", 2);
        Assert.Equal(200, Options().StatusCode);
    }

    [Fact]
    public void WithoutMediaPorts_TheNodeSaysSo_UntilSomeMayBeThere()
    {
        _connector.Establish();
        _connector.OnMedia = command => command is Media.MediaCommand.Open
            ? [new Media.MediaEvent.OpenFailed(command.MediaId, "exhausted")]
            : _connector.AnswerMedia(command);
        Assert.Equal(503, Call().StatusCode);

        Assert.Equal((503, TimeSpan.FromSeconds(5)), (Options().StatusCode, Options().RetryAfter));
        Assert.Equal(47, Options().Reason!.Cause);
        _connector.Pass(Availability.MediaPause - Tick);
        Assert.Equal(503, Options().StatusCode);
        _connector.Pass(Tick);
        Assert.Equal(200, Options().StatusCode);

        Call();
        Assert.Equal(503, Options().StatusCode);
        _connector.Ask("BYE", 2);
        Assert.Equal(200, Options().StatusCode);
    }

    [Fact]
    public void ANodeThatStops_EndsItsCallsWithAReasonOfItsOwn_AndTakesNoMore()
    {
        _connector.Establish();
        _connector.MediaConnects = false;
        Assert.Equal(180, Call().StatusCode);
        _connector.Stop();

        Assert.Equal("Q.850;cause=41;text=\"node is stopping\"", Reason(_connector.Bye()!));
        var final = _connector.Responses.Last();
        Assert.Equal((503, TimeSpan.FromSeconds(30)), (final.StatusCode, final.RetryAfter));
        Assert.Equal("Q.850;cause=41;text=\"node is stopping\"", Reason(final));
        Assert.Equal("node is stopping", Options().Reason!.Text);
        Assert.Equal("node is stopping", Call().Reason!.Text);
        Assert.All(
            _connector.Events.Where(e => e.Kind == CallEventKind.Ended),
            e => Assert.Equal(CallOutcome.NodeStopping, e["outcome"]));
    }

    [Fact]
    public void AChange_IsShownOnce()
    {
        _connector.Take(new ConnectorInput.DrainRequested(true));
        Options();
        _connector.Take(new ConnectorInput.DrainRequested(true));
        _connector.Take(new ConnectorInput.DrainRequested(false));
        Options();

        Assert.Equal(
            [CallOutcome.NotAccepting, null],
            _connector.Log.OfType<ConnectorEffect.ShowAvailability>().Select(s => s.Availability.Obstacle));
    }

    private static ConnectorInput.InstanceProbed Probed(ConnectErrorKind kind) =>
        new("instance", new ConnectError(kind));

    private static string Reason(SipMessage message) =>
        message.TryGetHeader("Reason", out var reason) ? reason : "";

    private NodeAvailability Shown() =>
        _connector.Log.OfType<ConnectorEffect.ShowAvailability>().Last().Availability;

    private void Refuse(ConnectErrorKind kind) => _connector.OnStart = start =>
        new ConnectorInput.ContactStartFailed(start.IntentId, new ConnectError(kind));

    private void Serve() => _connector.OnStart = start =>
        new ConnectorInput.ContactStarted(start.IntentId, ConnectorHarness.Contact("c-" + start.IntentId));

    private SipResponse Call(int times = 1)
    {
        for (var i = 0; i < times; i++)
        {
            Ask("INVITE", ConnectorHarness.Offer);
        }

        return _connector.Responses.Last();
    }

    private SipResponse Options()
    {
        Ask("OPTIONS", "");
        return _connector.Responses.Last();
    }

    private void Ask(string method, string body)
    {
        _asked++;
        var request = _connector.Request(method, 1, body, branch: $"z9hG4bK-ask-{_asked}");
        _connector.SendSip(request
            .Replace("call-1@", $"ask-{_asked}@", StringComparison.Ordinal)
            .Replace($";tag={_connector.ToTag ?? "none"}", "", StringComparison.Ordinal));
    }
}
