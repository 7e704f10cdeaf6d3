using Farspan.Routing;

namespace Farspan.Calls.Tests;

/// <summary>What the carrier's side says after the start reaches the contact's attributes.</summary>
public sealed class AttributeUpdateTests
{
    private static readonly string Held = ConnectorHarness.Offer + "a=sendonly\r\n";

    private readonly ConnectorHarness _connector = new(attributes: new AttributeRules
    {
        Hold = "onHold",
        Headers =
        [
            new HeaderAttribute("X-Reason", "reason", Updates: true),
            new HeaderAttribute("X-Account", "account"),
        ],
    });

    [Theory]
    [InlineData("UPDATE")]
    [InlineData("INVITE")]
    public void AHeaderWhoseRuleSaysSo_ChangesItsAttribute_TheOthersDoNot(string method)
    {
        _connector.Establish("X-Reason: sales\r\nX-Account: 1\r\n");
        _connector.Ask(method, 2, Body(method), "X-Reason: support\r\nX-Account: 2\r\n");

        Assert.Equal([("reason", "support")], Assert.Single(Updates()));
        Assert.Equal(CallEventKind.AttributesUpdated, _connector.Events.Last().Kind);
    }

    [Fact]
    public void WhatTheContactKnowsAlready_AndWhatIsNotThere_IsNoChange()
    {
        _connector.Establish("X-Reason: sales\r\n");
        _connector.Ask("UPDATE", 2, headers: "X-Reason:  sales \r\n");
        _connector.Ask("UPDATE", 3);

        Assert.Empty(Updates());
    }

    [Fact]
    public void ARequestThatIsRefused_ChangesNothing()
    {
        _connector.Establish();
        _connector.Ask("UPDATE", 2, headers: "X-Reason: support\r\nRequire: 100rel\r\n");

        Assert.Empty(Updates());
    }

    [Fact]
    public void HoldAndResume_AreTold()
    {
        _connector.Establish();
        Reinvite(2, Held);
        _connector.Pass(TimeSpan.FromSeconds(1));
        Reinvite(3, ConnectorHarness.Offer);

        Assert.Equal([[("onHold", "true")], [("onHold", "false")]], Updates());
    }

    [Fact]
    public void WhatChangesWhileItRings_IsToldWhenTheContactIsThere()
    {
        ConnectorEffect.StartContact? pending = null;
        _connector.OnStart = start =>
        {
            pending = start;
            return null;
        };
        _connector.SendInvite();
        _connector.SendSip(_connector.Request("UPDATE", 2, headers: "X-Reason: urgent\r\n"));
        Assert.Empty(Updates());

        _connector.Take(new ConnectorInput.ContactStarted(
            pending!.IntentId, ConnectorHarness.Contact("contact")));

        Assert.Equal([("reason", "urgent")], Assert.Single(Updates()));
    }

    [Fact]
    public void ChangesThatComeClose_TravelTogether_TheNewestOfEach()
    {
        _connector.Establish();
        Reason(2, "a");
        Reason(3, "b");
        Reason(4, "c");
        _connector.Pass(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Equal([("reason", "a")], Assert.Single(Updates()));

        _connector.Pass(TimeSpan.FromTicks(1));

        Assert.Equal([("reason", "c")], Updates().Last());
        Assert.Equal(2, Updates().Count);
    }

    [Fact]
    public void AFailedUpdate_IsRepeated_WithWhatHasChangedMeanwhile()
    {
        var answers = new Queue<ConnectError?>([new ConnectError(ConnectErrorKind.Throttled), null]);
        _connector.OnUpdate = _ => answers.Dequeue();
        _connector.Establish();
        Reason(2, "a");
        Reinvite(3, Held);
        _connector.Pass(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.Single(Updates());

        _connector.Pass(TimeSpan.FromTicks(1));

        Assert.Equal([("reason", "a"), ("onHold", "true")], Updates().Last());
        Assert.Single(_connector.Events, e => e.Kind == CallEventKind.AttributesUpdated);
    }

    [Theory]
    [InlineData(ConnectErrorKind.TimedOut, 5)]
    [InlineData(ConnectErrorKind.InvalidParameter, 1)]
    public void AnUpdateThatCannotSucceed_IsGivenUp_AndTheCallGoesOn(ConnectErrorKind kind, int attempts)
    {
        _connector.OnUpdate = _ => new ConnectError(kind);
        _connector.Establish();
        Reason(2, "a");
        _connector.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(attempts, Updates().Count);
        Assert.Single(_connector.Events, e => e.Kind == CallEventKind.AttributesDropped);
        Assert.Equal(1, _connector.Engine.Calls.Count);
        Assert.Equal(200, _connector.Ask("BYE", 3)!.StatusCode);
        _connector.AssertNothingIsLeft();
    }

    [Fact]
    public void AfterTheCall_NothingIsSentAnyMore()
    {
        _connector.OnUpdate = _ => new ConnectError(ConnectErrorKind.TimedOut);
        _connector.Establish();
        Reason(2, "a");
        _connector.Ask("BYE", 3);
        _connector.AssertNothingIsLeft();

        Assert.Single(Updates());
    }

    [Fact]
    public void WhatWouldBeMoreThanConnectTakes_IsLeftOut()
    {
        var timings = new AttributeTimings();
        var atStart = new ContactAttributes();
        Assert.True(atStart.TryAdd("big", new string('x', ConnectLimits.MaxAttributesBytes - 10)));
        var courier = new AttributeCourier("call", atStart, timings);
        var outbox = new Kernel.Outbox<ConnectorEffect>();
        courier.Attach("instance", "contact", default, outbox);
        courier.Set("b", "12345678", default, outbox);

        var dropped = Assert.IsType<ConnectorEffect.Report>(Assert.Single(outbox.Drain())).Event;
        Assert.Equal(CallEventKind.AttributesDropped, dropped.Kind);
        courier.Set("big", "small now", default, outbox);
        courier.Complete(null, default, outbox);
        courier.Set("b", "12345678", default, outbox);
        courier.Expire(Kernel.Instant.Zero + timings.Gap, outbox);

        Assert.Equal(2, outbox.Drain().OfType<ConnectorEffect.UpdateAttributes>().Count());
    }

    private static string Body(string method) => method == "INVITE" ? ConnectorHarness.Offer : "";

    private void Reason(int cseq, string value) =>
        _connector.Ask("UPDATE", cseq, headers: $"X-Reason: {value}\r\n");

    private void Reinvite(int cseq, string body)
    {
        Assert.Equal(200, _connector.Ask("INVITE", cseq, body)!.StatusCode);
        _connector.Acknowledge(cseq);
    }

    private List<(string, string)[]> Updates() =>
        [
            .. _connector.Log.OfType<ConnectorEffect.UpdateAttributes>()
                .Select(u => u.Attributes.Items.Select(i => (i.Key, i.Value)).ToArray()),
        ];
}
