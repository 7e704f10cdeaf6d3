using System.Net;
using System.Text;
using CsCheck;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>Sources that belong to no trunk, or to another one, cost little and harm nobody.</summary>
public sealed class StrangerTests
{
    private static readonly SipFlow Stranger = Udp("203.0.113.5");
    private static readonly SipFlow SameTrunk = Udp("192.0.2.77");
    private static readonly SipFlow OtherTrunk = Udp("198.51.100.7");

    private readonly ConnectorHarness _connector = new(otherTrunks:
        ConnectorHarness.DefaultTrunk with
        {
            Name = "other",
            Sources = [IPNetwork.Parse("198.51.100.0/24")],
        });

    private IEnumerable<CallEvent> Lines =>
        _connector.Events.Where(e => e.Kind == CallEventKind.StrangerRefused);

    [Fact]
    public void AStrangersInvite_Gets403AndNo100_AndTheSameAgainWhenItIsRepeated()
    {
        _connector.CarrierFlow = Stranger;
        _connector.SendInvite();
        _connector.SendInvite();

        Assert.Equal([403, 403], _connector.Statuses());
        Assert.Single(_connector.Responses.Select(r => r.To.Tag).Distinct());
        Assert.Equal(0, _connector.Engine.Sip.ServerTransactionCount);
    }

    [Fact]
    public void AStrangersAck_HasNoAnswer()
    {
        _connector.CarrierFlow = Stranger;
        _connector.SendInvite();
        _connector.AcknowledgeFailure();

        Assert.Single(_connector.Sent);
    }

    [Fact]
    public void AStrangerWhoGoesOn_HasALineAtOnce_AndOneAtTheEndOfTheMinuteWithHowMany()
    {
        _connector.CarrierFlow = Stranger;
        for (var i = 0; i < 1_000; i++)
        {
            _connector.SendInvite();
        }

        Assert.Equal(1, Assert.Single(Lines)["requests"]);
        _connector.Pass(Strangers.Period - TimeSpan.FromTicks(1));
        Assert.Single(Lines);

        _connector.Pass(TimeSpan.FromTicks(1));

        Assert.Equal([1, 999], Lines.Select(l => (int)l["requests"]!));
        Assert.All(Lines, l => Assert.Equal("203.0.113.5", l["source"]));
        Assert.Null(_connector.Engine.Deadline);
        _connector.SendInvite();
        Assert.Equal(3, Lines.Count());
    }

    [Fact]
    public void AStrangerWhoComesOnce_HasOneLine()
    {
        _connector.CarrierFlow = Stranger;
        _connector.SendInvite();
        _connector.AssertNothingIsLeft();

        Assert.Single(Lines);
    }

    [Fact]
    public void MoreSourcesThanLinesAreWorth_ShareOne()
    {
        for (var i = 0; i < 10 * Strangers.SourcesMax; i++)
        {
            _connector.CarrierFlow = Udp($"203.0.{i / 250}.{1 + (i % 250)}");
            _connector.SendInvite();
        }

        _connector.Pass(Strangers.Period);

        Assert.InRange(Lines.Count(), Strangers.SourcesMax, Strangers.SourcesMax + 2);
        Assert.Equal(10 * Strangers.SourcesMax, Lines.Sum(l => (int)l["requests"]!));
        Assert.Equal("others", Lines.Last()["source"]);
    }

    [Fact]
    public void WhateverAStrangerSends_HasAtMostOneAnswer_AndNothingIsKept() =>
        Gen.Select(Gen.Int[0, 10_000], Gen.Byte, Gen.Int[0, 10_000], Gen.Byte).Sample((i, x, j, y) =>
        {
            var connector = new ConnectorHarness { CarrierFlow = Stranger };
            var bytes = Encoding.UTF8.GetBytes(connector.Request("INVITE", 1, ConnectorHarness.Offer));
            bytes[i % bytes.Length] = x;
            bytes[j % bytes.Length] = y;
            connector.Take(new ConnectorInput.SipReceived(Stranger, bytes));

            var sent = connector.Log.OfType<ConnectorEffect.TransmitSip>().ToArray();
            Assert.InRange(sent.Length, 0, 1);
            Assert.All(sent, s => Assert.InRange(s.Message.Span["SIP/2.0 ".Length], (byte)'4', (byte)'5'));
            Assert.Equal(0, connector.Engine.Sip.ServerTransactionCount);
            Assert.Equal(0, connector.Engine.Calls.Count);
        }, iter: 2_000);

    [Theory]
    [InlineData("BYE")]
    [InlineData("INVITE")]
    [InlineData("INFO")]
    [InlineData("UPDATE")]
    public void ARequestInADialog_FromElsewhere_Is403_AndTheDialogDoesNotHearOfIt(string method)
    {
        _connector.Establish();
        foreach (var flow in new[] { Stranger, OtherTrunk })
        {
            _connector.CarrierFlow = flow;
            var branch = $"z9hG4bK-{flow.Remote.Address}";
            _connector.SendSip(_connector.Request(method, 1_000, branch: branch));
            Assert.Equal(403, _connector.Responses.Last().StatusCode);
            Assert.Equal(21, _connector.Responses.Last().Reason!.Cause);
        }

        // The number of the forged request has not been taken note of.
        _connector.CarrierFlow = ConnectorHarness.Flow;
        Assert.Equal(200, _connector.Ask("INFO", 2)!.StatusCode);
        Assert.Equal(1, _connector.Engine.Calls.Count);
        Assert.Empty(_connector.Requests);
    }

    [Fact]
    public void AnyAddressOfTheTrunk_MayGoOnWithTheDialog()
    {
        _connector.Establish();
        _connector.CarrierFlow = SameTrunk;

        Assert.Equal(200, _connector.Ask("BYE", 2)!.StatusCode);
    }

    [Fact]
    public void AnAckFromElsewhere_ConfirmsNothing()
    {
        _connector.SendInvite();
        foreach (var flow in new[] { Stranger, OtherTrunk })
        {
            _connector.CarrierFlow = flow;
            _connector.Acknowledge();
        }

        _connector.Pass(TimeSpan.FromSeconds(32));

        Assert.Equal(CallOutcome.NoAck, _connector.Outcome());
    }

    [Fact]
    public void ACancelFromElsewhere_TakesNothingBack_AndTheCarriersOwnStillDoes()
    {
        _connector.MediaConnects = false;
        _connector.SendInvite();
        foreach (var flow in new[] { Stranger, OtherTrunk })
        {
            _connector.CarrierFlow = flow;
            _connector.SendSip(_connector.Request("CANCEL", 1));
            Assert.DoesNotContain(487, _connector.Statuses());
        }

        _connector.CarrierFlow = ConnectorHarness.Flow;
        _connector.SendSip(_connector.Request("CANCEL", 1));

        Assert.Contains(487, _connector.Statuses());
    }

    private static SipFlow Udp(string address) =>
        SipFlow.Udp(ConnectorHarness.Flow.Local, new IPEndPoint(IPAddress.Parse(address), 5060));
}
