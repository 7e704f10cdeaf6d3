using System.Net;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>Whose call it is, and how many of them there may be.</summary>
public sealed class TrunkTests
{
    [Fact]
    public void TheMostSpecificNetwork_Decides_WhateverTheOrder()
    {
        var table = new TrunkTable(
            [Trunk("wide", "192.0.0.0/8"), Trunk("host", "192.0.2.1/32"), Trunk("site", "192.0.2.0/24")]);

        Assert.Equal("host", table.Find(Udp("192.0.2.1"))!.Name);
        Assert.Equal("site", table.Find(Udp("192.0.2.2"))!.Name);
        Assert.Equal("wide", table.Find(Udp("192.9.9.9"))!.Name);
        Assert.Null(table.Find(Udp("10.0.0.1")));
    }

    [Fact]
    public void ATransportThatTheMostSpecificTrunkDoesNotTake_IsNotForAWiderOne()
    {
        var table = new TrunkTable([
            Trunk("wide", "0.0.0.0/0"),
            Trunk("secure", "192.0.2.0/24") with { Transports = [SipTransport.Tls] },
        ]);

        Assert.Null(table.Find(Udp("192.0.2.1")));
        Assert.Equal("wide", table.Find(Udp("198.51.100.1"))!.Name);
    }

    [Fact]
    public void TwoTrunksOfOneNetwork_AreToldApartByTransport()
    {
        var table = new TrunkTable([
            Trunk("tls", "192.0.2.0/24") with { Transports = [SipTransport.Tls] },
            Trunk("udp", "192.0.2.0/24") with { Transports = [SipTransport.Udp] },
        ]);

        Assert.Equal("udp", table.Find(Udp("192.0.2.1"))!.Name);
        Assert.Equal("tls", table.Find(Udp("192.0.2.1") with { Transport = SipTransport.Tls })!.Name);
    }

    [Fact]
    public void AnIPv4AddressInIPv6Clothes_IsTheIPv4Address()
    {
        var table = new TrunkTable([Trunk("acme", "192.0.2.0/24"), Trunk("six", "2001:db8::/32")]);

        Assert.Equal("acme", table.Find(Udp("::ffff:192.0.2.1"))!.Name);
        Assert.Equal("six", table.Find(Udp("2001:db8::7"))!.Name);
        Assert.Null(table.Find(Udp("::ffff:10.0.0.1")));
    }

    [Fact]
    public void ATrunkThatIsFull_Is503_WithRetryAfter_UntilACallEnds()
    {
        var connector = new ConnectorHarness(trunk: t => t with { ChannelsMax = 1 });
        connector.Establish();
        var refusal = Call(connector, 2);
        Assert.Equal((503, 42), (refusal.StatusCode, refusal.Reason!.Cause!.Value));
        Assert.NotNull(refusal.RetryAfter);
        Assert.Equal(1, connector.Trunks.ChannelsOf("acme"));

        connector.Ask("BYE", 2);

        Assert.Equal(0, connector.Trunks.ChannelsOf("acme"));
        Assert.Equal(200, Call(connector, 3).StatusCode);
    }

    [Fact]
    public void ATrunkThatCallsTooFast_Is503_AndGetsItsRateBackWithTime()
    {
        var connector = new ConnectorHarness(trunk: t => t with { CallsPerSecondMax = 2 });
        Assert.Equal([200, 200, 503], Enumerable.Range(1, 3).Select(i => Call(connector, i).StatusCode));

        connector.Pass(TimeSpan.FromMilliseconds(500) - TimeSpan.FromTicks(1));
        Assert.Equal(503, Call(connector, 4).StatusCode);
        connector.Pass(TimeSpan.FromTicks(1));

        Assert.Equal(200, Call(connector, 5).StatusCode);
        Assert.Equal(3, connector.Trunks.ChannelsOf("acme"));
    }

    [Fact]
    public void CallsToNowhere_CostATrunkNothing()
    {
        var connector = new ConnectorHarness(trunk: t => t with { CallsPerSecondMax = 1, ChannelsMax = 1 });
        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal(404, Call(connector, i, "+4930").StatusCode);
        }

        Assert.Equal(200, Call(connector, 21).StatusCode);
    }

    [Fact]
    public void TenThousandCallsToUnknownNumbers_Are404Each_AndNothingIsLeftOfThem()
    {
        var connector = new ConnectorHarness();
        for (var i = 1; i <= 10_000; i++)
        {
            connector.SendSip(Invite(connector, i, "+4930"));
            connector.SendSip(
                Invite(connector, i, "+4930").Replace("INVITE", "ACK", StringComparison.Ordinal));
            connector.Pass(TimeSpan.FromMilliseconds(10));
            Assert.InRange(connector.Engine.Sip.ServerTransactionCount, 0, 501);
        }

        Assert.Equal(
            10_000, connector.Log.OfType<ConnectorEffect.TransmitSip>().Count(t => IsStatus(t, "404"u8)));
        connector.AssertNothingIsLeft();
        Assert.Empty(connector.Log.OfType<ConnectorEffect.CommandMedia>());
    }

    [Fact]
    public void WhoeverNeverAcknowledgesA404_IsRemindedFor64T1_AndThenForgotten()
    {
        var connector = new ConnectorHarness();
        Call(connector, 1, "+4930");
        connector.Pass(TimeSpan.FromSeconds(32) - TimeSpan.FromTicks(1));
        Assert.Equal(1, connector.Engine.Sip.ServerTransactionCount);
        Assert.Equal(11, connector.Statuses().Count(s => s == 404));

        connector.AssertNothingIsLeft();
    }

    private static Trunk Trunk(string name, string network) =>
        ConnectorHarness.DefaultTrunk with { Name = name, Sources = [IPNetwork.Parse(network)] };

    private static SipFlow Udp(string address) =>
        SipFlow.Udp(ConnectorHarness.Flow.Local, new IPEndPoint(IPAddress.Parse(address), 5060));

    private static string Invite(ConnectorHarness connector, int number, string called) => connector
        .Request("INVITE", 1, ConnectorHarness.Offer, branch: $"z9hG4bK-call-{number}", called: called)
        .Replace("call-1@", $"call-{number}@", StringComparison.Ordinal);

    private static SipResponse Call(ConnectorHarness connector, int number, string called = "+18005550100")
    {
        connector.SendSip(Invite(connector, number, called));
        return connector.Responses.Last();
    }

    private static bool IsStatus(ConnectorEffect.TransmitSip transmit, ReadOnlySpan<byte> status) =>
        transmit.Message.Span.Slice("SIP/2.0 ".Length, 3).SequenceEqual(status);
}
