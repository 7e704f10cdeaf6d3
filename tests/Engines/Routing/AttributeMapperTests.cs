using System.Text;
using CsCheck;
using Farspan.Routing;

namespace Farspan.Routing.Tests;

public sealed class AttributeMapperTests
{
    private static readonly RouteTarget Target = new() { Instance = "main", ContactFlowId = "flow" };

    [Fact]
    public void ACall_CarriesItsNumbersItsTrunkAndItsCallId()
    {
        var mapped = AttributeMapper.Map(Attempt(), Target, new AttributeRules());

        Assert.Equal(
            [
                new("dnis", "+18005550100"),
                new("ani", "+12125550123"),
                new("trunk", "acme"),
                new("sipCallId", "abc@host"),
            ],
            mapped.Items.AsEnumerable());
    }

    [Theory]
    [InlineData("X-Customer Id", "X-Customer_Id")]
    [InlineData("naïve", "na_ve")]
    [InlineData("", "_")]
    public void Names_AreCleanedToWhatConnectAllows(string name, string expected) =>
        Assert.Equal(expected, AttributeMapper.CleanKey(name));

    [Fact]
    public void Templates_TakeFactsAndHeaders_AndLeaveUnknownNamesAlone()
    {
        var attempt = Attempt() with { Header = name => name == "X-Tier" ? "gold" : null };

        Assert.Equal(
            "gold +12125550123 {nothing} ",
            AttributeMapper.Expand("{header:X-Tier} {calling} {nothing} {header:X-None}", attempt));
    }

    [Fact]
    public void WhatDoesNotFit_IsLeftOut_TheLastHeaderRuleFirst()
    {
        var rules = new AttributeRules
        {
            Headers = [.. Enumerable.Range(0, 4).Select(i => new HeaderAttribute($"X-{i}", $"x{i}", 20_000))],
        };
        var attempt = Attempt() with { Header = _ => new string('a', 10_000) };

        var mapped = AttributeMapper.Map(attempt, Target, rules);

        Assert.Equal(["dnis", "ani", "trunk", "sipCallId", "x0", "x1", "x2"], mapped.Items.Select(i => i.Key));
        Assert.Equal(["x3"], mapped.Dropped.AsEnumerable());
    }

    [Fact]
    public void WhateverHeadersSay_AttributesAreValidAndFit() =>
        Gen.Select(Gen.String[0, 40], Gen.String[0, 3_000]).Array[0, 40].Sample(headers =>
        {
            var rules = new AttributeRules
            {
                Headers = [.. headers.Index().Select(h => new HeaderAttribute($"H{h.Index}", h.Item.Item1, 2_000))],
            };
            var attempt = Attempt() with { Header = name => headers[int.Parse(name[1..])].Item2 };

            var mapped = AttributeMapper.Map(attempt, Target, rules);

            Assert.All(mapped.Items, item =>
            {
                Assert.Matches("^[A-Za-z0-9_-]+$", item.Key);
                Assert.DoesNotContain(item.Value, char.IsControl);
                Assert.Equal(item.Value, Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(item.Value)));
            });
            var bytes = mapped.Items.Sum(i => Encoding.UTF8.GetByteCount(i.Key) + Encoding.UTF8.GetByteCount(i.Value));
            Assert.InRange(bytes, 0, AttributeMapper.TotalBytesMax);
            Assert.Equal(mapped.Items.Length, mapped.Items.Select(i => i.Key).Distinct().Count());
        });

    private static CallAttempt Attempt() => new()
    {
        Called = "+18005550100",
        Calling = "+12125550123",
        Trunk = "acme",
        SipCallId = "abc@host",
    };
}
