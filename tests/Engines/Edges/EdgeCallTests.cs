using Farspan.Audio;
using Farspan.Calls;
using Farspan.Media;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges.Tests;

public sealed class EdgeCallTests
{
    [Fact]
    public void ACall_RingsIsAnsweredAndEndedByTheCaller()
    {
        var edge = new EdgeHarness().Establish();

        Assert.Equal([100, 180, 200], edge.Statuses);
        Assert.Equal(EdgeCallState.Talking, edge.Call.State);
        Assert.Contains(edge.Media, m => m is MediaCommand.Bridge { IsOpen: true });
        var holder = edge.Holder;
        edge.Send(edge.Request("BYE", 2));

        Assert.Contains(holder.Requests, r => r.Method == SipMethod.Bye);
        Assert.Equal("CallerHungUp", edge.Ended["outcome"]);
        edge.AssertNothingIsLeft();
    }

    [Fact]
    public void TheConnectorsCodec_IsAnsweredToTheCarrier_AndNoOther()
    {
        // The connector prefers A-law; the carrier, and our trunk, have mu-law first.
        var edge = new EdgeHarness().Establish();

        var configured = edge.Media.OfType<MediaCommand.ConfigureCarrier>().Last();
        Assert.Equal(AudioCodec.Pcma, configured.Audio.Codec);
        var answer = edge.Responses.Single(r => r.StatusCode == 200 && r.CSeq.Method == SipMethod.Invite);
        Assert.Contains("RTP/AVP 8 101", answer.ToString(), StringComparison.Ordinal);
        Assert.Equal(AudioCodec.Pcma, edge.Media.OfType<MediaCommand.ConfigureInner>().Last().Audio.Codec);
    }

    [Fact]
    public void Inside_MediaIsEncryptedAndTheCarriersTopologyIsHidden()
    {
        var edge = new EdgeHarness().Begin();
        edge.SendInvite(headers: "X-Tier: gold\r\nRecord-Route: <sip:proxy.carrier.example;lr>\r\nFarspan-Call: x\r\n"
            + "P-Asserted-Identity: <sip:+12125559999@192.0.2.1>\r\nUser-Agent: carrier-box\r\n");
        var invite = edge.Holder.LastInvite;

        Assert.Equal("gold", invite.TryGetHeader("X-Tier", out var tier) ? tier : null);
        Assert.Equal(edge.Call.Id, invite.TryGetHeader("Farspan-Call", out var id) ? id : null);
        Assert.Equal("acme", invite.TryGetHeader("Farspan-Trunk", out var trunk) ? trunk : null);
        Assert.Equal("+12125559999", invite.From.Uri.User);
        Assert.Equal("+18005550100", invite.RequestUri.User);
        Assert.Contains("RTP/SAVP", invite.ToString(), StringComparison.Ordinal);
        Assert.Contains("caller=1;node=edge-e1, contact=1;node=c", invite.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("proxy.carrier", invite.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("carrier-box", invite.ToString(), StringComparison.Ordinal);
        Assert.Single(invite.Vias);

        // And nothing of the inside goes to the carrier.
        Assert.All(edge.ToCarrier, message =>
            Assert.DoesNotContain("10.0.0.", message.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public void TheConnectorsBye_GoesOnWithItsReason()
    {
        var edge = new EdgeHarness().Establish();
        var bye = edge.Holder.Ask(SipMethod.Bye, 1, null, ("Reason", "Q.850;cause=16;text=\"contact ended\""));

        Assert.Equal(200, edge.AskInner(edge.Holder, bye).StatusCode);

        var toCarrier = edge.Requests.Single(r => r.Method == SipMethod.Bye);
        Assert.Equal((16, "contact ended"), (toCarrier.Reason?.Cause, toCarrier.Reason?.Text));
        edge.Send($"SIP/2.0 200 OK\r\nVia: {toCarrier.TopVia}\r\nFrom: {toCarrier.From}\r\nTo: {toCarrier.To}\r\n"
            + $"Call-ID: {toCarrier.CallId}\r\nCSeq: {toCarrier.CSeq.Number} BYE\r\nContent-Length: 0\r\n\r\n");
        Assert.Equal("ContactEnded", edge.Ended["outcome"]);
        edge.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData(408)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public void AServersFailure_SendsTheCallToTheNextConnector(int status)
    {
        var edge = new EdgeHarness(2).Begin();
        foreach (var connector in edge.Connectors)
        {
            connector.InviteStatus = status;
        }

        edge.SendInvite();

        Assert.All(edge.Connectors, connector => Assert.Single(connector.Invites));
        Assert.Equal([100, status], edge.Statuses);
        edge.Send(edge.Request("ACK", 1, branch: "z9hG4bK-INVITE-1"));
        edge.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData(404)]
    [InlineData(480)]
    [InlineData(486)]
    [InlineData(603)]
    public void WhatTheCalleeSays_EndsTheCall(int status)
    {
        var edge = new EdgeHarness(2).Begin();
        edge.Connectors[0].InviteStatus = edge.Connectors[1].InviteStatus = status;
        edge.SendInvite();

        Assert.Single(edge.Connectors.SelectMany(connector => connector.Invites));
        Assert.Equal([100, status], edge.Statuses);
    }

    [Fact]
    public void AConnectorThatIsDownOrSilent_IsPassedOver()
    {
        var edge = new EdgeHarness(3).Begin();
        edge.Connectors[0].IsDown = true;
        edge.Connectors[1].IsFrozen = true;
        edge.SendInvite();
        edge.Pass(TimeSpan.FromSeconds(1.1));

        Assert.Equal(200, edge.Statuses.Last());
        Assert.Equal("c2", edge.Call.Inner!.Target.Target.Name);
    }

    [Fact]
    public void ACancel_TakesTheInviteBackInside_WhenItHasRung()
    {
        var edge = new EdgeHarness(1).Begin();
        edge.Connectors[0].InviteStatus = null;
        edge.SendInvite();
        edge.Send(edge.Request("CANCEL", 1));

        Assert.Contains(edge.Connectors[0].Requests, r => r.Method == SipMethod.Cancel);
        Assert.Equal(487, edge.Statuses.Last());
        edge.Send(edge.Request("ACK", 1, branch: "z9hG4bK-INVITE-1"));
        edge.AssertNothingIsLeft();
    }

    [Fact] // RFC 3261 §9.1
    public void ACancelBeforeTheConnectorSaysAnything_WaitsForItsFirstWord()
    {
        var edge = new EdgeHarness(1).Begin();
        edge.Connectors[0].IsFrozen = true;
        edge.SendInvite();
        edge.Send(edge.Request("CANCEL", 1));
        Assert.Equal(487, edge.Statuses.Last());
        edge.Send(edge.Request("ACK", 1, branch: "z9hG4bK-INVITE-1"));
        edge.AssertNothingIsLeft();
    }

    [Fact] // RFC 3261 §13.2.2.4
    public void A200ThatCrossesOurCancel_IsAcknowledgedAndEnded()
    {
        var edge = new EdgeHarness(1).Begin();
        var connector = edge.Connectors[0];
        connector.InviteStatus = null;
        edge.SendInvite();
        connector.IsFrozen = true;
        edge.Send(edge.Request("CANCEL", 1));
        connector.IsFrozen = false;
        connector.Requests.RemoveAll(r => r.Method == SipMethod.Cancel);
        Answer200(edge, connector);

        Assert.Contains(connector.Requests, r => r.Method == SipMethod.Ack);
        Assert.Contains(connector.Requests, r => r.Method == SipMethod.Bye);
        edge.Send(edge.Request("ACK", 1, branch: "z9hG4bK-INVITE-1"));
        edge.AssertNothingIsLeft();
    }

    [Fact] // RFC 3264 §8.4
    public void Hold_IsAnsweredAtTheEdgeAndToldInside()
    {
        var edge = new EdgeHarness().Establish();
        var hold = EdgeHarness.Offer.Replace("1 1 IN", "1 2 IN", StringComparison.Ordinal) + "a=sendonly\r\n";
        edge.Send(edge.Request("INVITE", 2, hold));

        Assert.Equal(200, edge.Responses.Last(r => r.CSeq.Number == 2).StatusCode);
        var update = edge.Holder.Requests.Last(r => r.Method == SipMethod.Update);
        Assert.Contains("a=sendonly", update.ToString(), StringComparison.Ordinal);
        Assert.Equal(Direction.ReceiveOnly, edge.Media.OfType<MediaCommand.ConfigureCarrier>().Last().Audio.Direction);

        edge.Send(edge.Request("ACK", 2, branch: "z9hG4bK-ack2"));
        edge.Send(edge.Request("INVITE", 3, EdgeHarness.Offer.Replace("1 1 IN", "1 3 IN", StringComparison.Ordinal)));
        update = edge.Holder.Requests.Last(r => r.Method == SipMethod.Update);
        Assert.DoesNotContain("a=sendonly", update.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void DigitsInInfo_GoOnInside()
    {
        var edge = new EdgeHarness().Establish();
        var info = edge.Request("INFO", 2, "Signal=5\r\nDuration=160\r\n")
            .Replace("application/sdp", "application/dtmf-relay", StringComparison.Ordinal);
        edge.Send(info);

        var told = edge.Holder.Requests.Last(r => r.Method == SipMethod.Info);
        Assert.Contains("Signal=5", told.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AnInviteWithoutAnOffer_GetsTheConnectorsCodecAsOurOffer()
    {
        var edge = new EdgeHarness().Begin();
        edge.SendInvite(body: "");
        var offer = edge.Responses.Last(r => r.StatusCode == 200);
        Assert.Contains("RTP/AVP 8 101", offer.ToString(), StringComparison.Ordinal);

        var answer = EdgeHarness.Offer.Replace("AVP 0 8 101", "AVP 8 101", StringComparison.Ordinal);
        edge.Send(edge.Request("ACK", 1, answer, branch: "z9hG4bK-ack"));
        Assert.Equal(AudioCodec.Pcma, edge.Call.Carrier!.Audio!.Codec);
        Assert.Contains(edge.Media, m => m is MediaCommand.ConfigureCarrier);
    }

    [Fact]
    public void TheConnectorsRefreshes_AreAnsweredAtTheEdge()
    {
        var edge = new EdgeHarness().Establish();
        var update = edge.Holder.Ask(
            SipMethod.Update, 1, null, ("Session-Expires", "1800;refresher=uac"), ("Supported", "timer"));

        var response = edge.AskInner(edge.Holder, update);

        Assert.Equal((200, 1800), (response.StatusCode, (int)response.SessionExpires!.Value.Interval.TotalSeconds));
    }

    [Fact] // RFC 3261 §11
    public void Options_TellTheCarrierTheTruth()
    {
        var edge = new EdgeHarness().Begin();
        edge.Send(edge.Request("OPTIONS", 1));
        Assert.Equal(200, edge.Responses.Last().StatusCode);

        foreach (var connector in edge.Connectors)
        {
            connector.OptionsStatus = 503;
        }

        edge.Pass(TimeSpan.FromSeconds(2));
        edge.Send(edge.Request("OPTIONS", 2));
        Assert.Equal(503, edge.Responses.Last().StatusCode);
        Assert.NotNull(edge.Responses.Last().RetryAfter);

        edge.Connectors[0].OptionsStatus = 200;
        edge.Pass(TimeSpan.FromSeconds(2));
        edge.Send(edge.Request("OPTIONS", 3));
        Assert.Equal(200, edge.Responses.Last().StatusCode);
    }

    [Fact]
    public void AStoppingEdge_EndsItsCallsOnBothSides()
    {
        var edge = new EdgeHarness().Establish();
        var holder = edge.Holder;
        edge.Stop();

        Assert.Contains(edge.Requests, r => r.Method == SipMethod.Bye);
        Assert.Contains(holder.Requests, r => r.Method == SipMethod.Bye);
    }

    [Fact]
    public void NobodyButConnectors_SpeaksOnTheInnerSide()
    {
        var edge = new EdgeHarness().Establish();
        var bye = edge.Holder.Ask(SipMethod.Bye, 1);
        edge.Take(new EdgeInput.SipReceived(
            SipFlow.Connect(SipTransport.Tcp, EdgeHarness.Inner, new(System.Net.IPAddress.Parse("10.66.0.1"), 5)),
            bye.Bytes));

        Assert.Equal(EdgeCallState.Talking, edge.Call.State);
    }

    private static void Answer200(EdgeHarness edge, ScriptedConnector connector) =>
        edge.SendInner(connector, connector.Accept());
}
