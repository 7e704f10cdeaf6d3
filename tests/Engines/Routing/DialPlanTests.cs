using Farspan.Routing;

namespace Farspan.Routing.Tests;

public sealed class DialPlanTests
{
    [Fact]
    public void TheFirstRouteWhoseConditionsAllHold_IsTaken()
    {
        var plan = new DialPlan(
            [
                Create("vip", calling: "+1212*", header: ("X-Tier", "/gold|platinum/")),
                Create("exact", called: "+18005550100"),
                Create("prefix", called: "+1800*"),
            ],
            null);

        Assert.Equal("exact", plan.Find(Attempt("+18005550100"))?.Name);
        Assert.Equal("prefix", plan.Find(Attempt("+18005550999"))?.Name);
        Assert.Equal("vip", plan.Find(Attempt("+18005550100") with { Header = _ => "platinum" })?.Name);
    }

    [Fact]
    public void AnUnknownNumber_HasNoRoute_UnlessThereIsADefault()
    {
        Assert.Null(new DialPlan([Create("exact", called: "+1")], null).Find(Attempt("+2")));
        Assert.Equal("any", new DialPlan([Create("exact", called: "+1")], Create("any")).Find(Attempt("+2"))?.Name);
    }

    [Fact]
    public void TheExplanation_NamesTheConditionThatDecided_AndAgreesWithTheDecision()
    {
        var plan = new DialPlan([Create("a", trunk: "other"), Create("b", called: "+1800*")], null);

        var explanation = plan.Explain(Attempt("+18005550100"));

        Assert.Equal("b", explanation.Chosen?.Name);
        Assert.Equal("trunk is acme, not other", explanation.Steps[0].Reason);
        Assert.True(explanation.Steps[1].IsMatch);
    }

    [Theory]
    [InlineData("+1 (800) 555-0100", "+18005550100")]
    [InlineData("+18005550100;npdi", "+18005550100")]
    [InlineData("alice.smith", "alice.smith")]
    [InlineData("*21#", "*21#")]
    public void Numbers_LoseTheirSeparators_AndNamesDoNot(string user, string expected) =>
        Assert.Equal(expected, DialedNumber.Normalize(user));

    [Fact]
    public void AnExpressionThatIsNone_IsAFault_NotAnException()
    {
        Assert.False(TextPattern.TryParse("/(/", out _, out var fault));
        Assert.NotEmpty(fault!);
    }

    private static CallAttempt Attempt(string called) => new()
    {
        Called = called,
        Calling = "+12125550123",
        Trunk = "acme",
        SipCallId = "id",
    };

    private static Route Create(
        string name,
        string? called = null,
        string? calling = null,
        string? trunk = null,
        (string Name, string Pattern)? header = null) => new()
        {
            Name = name,
            Called = Pattern(called),
            Calling = Pattern(calling),
            Trunk = trunk,
            Headers = header is { } h ? [new HeaderCondition(h.Name, Pattern(h.Pattern)!)] : [],
            Target = new RouteTarget { Instance = "main", ContactFlowId = "flow" },
        };

    private static TextPattern? Pattern(string? source)
    {
        if (source is null)
        {
            return null;
        }

        Assert.True(TextPattern.TryParse(source, out var pattern, out _));
        return pattern;
    }
}
