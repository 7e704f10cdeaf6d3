using System.Net;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Routing;
using Farspan.Topology.Tests;

namespace Farspan.Calls.Tests;

public sealed class ConnectorPlanTests
{
    private static readonly IPAddress Host = IPAddress.Parse("10.1.2.3");

    [Fact]
    public void TheDialPlan_TakesCallsAsTheFileSays()
    {
        var plan = Create(
            """
            "routes": [
              { "name": "gold", "match": { "called": "+1800*", "headers": { "X-Tier": "gold" } },
                "to": { "contactFlow": "f-gold", "attributes": { "tier": "gold" } } },
              { "name": "toll-free", "match": { "called": "+1800*" } } ]
            """);

        Assert.Equal("gold", plan.DialPlan.Find(Attempt("+18001") with { Header = _ => "gold" })?.Name);
        Assert.Equal("toll-free", plan.DialPlan.Find(Attempt("+18001"))?.Name);
        Assert.Null(plan.DialPlan.Find(Attempt("+44")));
    }

    [Fact]
    public void AttributesAndTargets_AreMappedAsTheFileSays()
    {
        var plan = Create(
            """
            "defaultRoute": { "displayName": "VIP {calling}", "attributes": { "region": "west" } },
            "attributes": { "trunk": "none", "headers": [{ "header": "X-A", "key": "a", "lengthMax": 2 }] }
            """);
        var attempt = Attempt("+1") with { Header = _ => "12345" };

        var target = plan.DialPlan.Find(attempt)!.Target;
        var mapped = AttributeMapper.Map(attempt, target, plan.Attributes);

        Assert.Equal(
            ("main", "f-1", "VIP {calling}"), (target.Instance, target.ContactFlowId, target.DisplayName));
        Assert.Equal(
            ["dnis=+1", "ani=+44", "sipCallId=c-1", "region=west", "a=12"],
            mapped.Items.Select(item => $"{item.Key}={item.Value}"));
    }

    [Fact]
    public void Trunks_HaveTheFilesSettings_AndTheHostsAddress()
    {
        var plan = Create(
            """
            "sip": { "advertisedAddress": "198.51.100.1", "product": "", "trunks": [{
              "name": "acme", "sources": ["203.0.113.0/24"], "dtmf": ["info"], "channelsMax": 5,
              "sessionTimer": { "interval": "10m", "min": "2m" } }] },
            "media": { "packetTime": "30ms" }
            """);

        var trunk = Assert.Single(plan.Trunks);
        Assert.Equal(("acme", 5, Host), (trunk.Name, trunk.ChannelsMax, trunk.MediaAddress));
        Assert.Equal([DigitSource.SipInfo], trunk.DigitSources);
        Assert.False(trunk.Leg.Media.TelephoneEvents);
        Assert.Equal(TimeSpan.FromMilliseconds(30), trunk.Leg.Media.PacketTime);
        Assert.Equal(TimeSpan.FromMinutes(10), trunk.Leg.SessionTimer.Interval);
        Assert.Equal(TimeSpan.FromMinutes(2), trunk.Leg.SessionTimer.IntervalMin);
        Assert.Equal(IPAddress.Parse("198.51.100.1"), trunk.Leg.ContactAddress);
        Assert.Equal("", trunk.Leg.Product);
    }

    [Fact]
    public void AMediaAddressOfTheFile_ReplacesTheHosts()
    {
        var plan = Create(""" "media": { "address": "127.0.0.1" } """);

        Assert.Equal(IPAddress.Loopback, plan.Trunks[0].MediaAddress);
    }

    [Fact]
    public void Timings_AreTheFiles()
    {
        var plan = Create(""" "calls": { "max": 7, "ringingLimit": "9s", "digitGap": "100ms" } """);

        Assert.Equal(7, plan.CallsMax);
        Assert.Equal(TimeSpan.FromSeconds(9), plan.Calls.Contact.StartLimit);
        Assert.Equal(TimeSpan.FromMilliseconds(100), plan.Calls.Digits.Gap);
    }

    /// <summary>Without anything written, the engine's own defaults hold: the schema repeats them.</summary>
    [Fact]
    public void TheDefaultsOfTheFile_AreThoseOfTheEngine()
    {
        var plan = Create(""" "cluster": "farspan" """);

        Assert.Equal(new CallSettings().Contact, plan.Calls.Contact);
        Assert.Equal(new CallSettings().ContactLeg, plan.Calls.ContactLeg);
        Assert.Equal(new CallSettings().Chime, plan.Calls.Chime);
        Assert.Equal(new CallSettings().Digits, plan.Calls.Digits);
        Assert.Equal(QuotaSettings.AwsDefault, plan.Quotas[0].Settings);
        Assert.Equal(new CarrierLegSettings().SessionTimer, plan.Trunks[0].Leg.SessionTimer);
        Assert.Equal(new CarrierLegSettings().Product, plan.Trunks[0].Leg.Product);
        Assert.Equal(
            new CarrierLegSettings().Media.Codecs.ToArray(), plan.Trunks[0].Leg.Media.Codecs.ToArray());
        Assert.Equal(new AttributeRules().Calling, plan.Attributes.Calling);
        Assert.Equal(new AttributeRules().SipCallId, plan.Attributes.SipCallId);
    }

    [Fact]
    public void TheMediaDefaultsOfTheFile_AreThoseOfTheEngine()
    {
        var media = Written.LoadModel(Written.With(""" "cluster": "farspan" """)).Media;
        var engine = new MediaSettings();

        Assert.Equal(engine.LatchingWindow, media.LatchingWindow);
        Assert.Equal(engine.CarrierSilence, media.CarrierSilence);
        Assert.Equal(engine.MinJitterDelay, media.JitterBuffer.MinDelay);
        Assert.Equal(engine.MaxJitterDelay, media.JitterBuffer.MaxDelay);
        Assert.Equal(new CarrierLegSettings().Media.PacketTime, media.PacketTime);
    }

    [Theory]
    [InlineData("a", "a", 1)]
    [InlineData("a", "b", 2)]
    public void InstancesOfOneAccountAndRegion_ShareTheirRateOfStarts(
        string first, string second, int expectedStarts)
    {
        var json = $$"""
            { "connect": { "instances": [
              { "name": "x", "instanceId": "i-x", "contactFlow": "f", "region": "us-west-2",
                "account": "{{first}}", "quota": { "burst": 1 } },
              { "name": "y", "instanceId": "i-y", "contactFlow": "f", "region": "us-west-2",
                "account": "{{second}}", "quota": { "burst": 1 } } ] } }
            """;
        var desk = ConnectorPlan.Create(Written.LoadModel(json), Host).CreateDesk(new RandomSource(1));
        var granted = new Outbox<QuotaEffect>();

        desk.Governors["i-x"].Request("call-1", Instant.Zero, granted);
        desk.Governors["i-y"].Request("call-2", Instant.Zero, granted);

        Assert.Equal(expectedStarts, granted.Count);
    }

    private static ConnectorPlan Create(string keys) =>
        ConnectorPlan.Create(Written.LoadModel(Written.With(keys)), Host);

    private static CallAttempt Attempt(string called) =>
        new() { Called = called, Calling = "+44", Trunk = "acme", SipCallId = "c-1" };
}
