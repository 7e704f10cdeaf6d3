using System.Net;
using System.Text;
using Farspan.Kernel;
using Farspan.Sip;

namespace Farspan.Calls.Tests;

/// <summary>OPTIONS, INFO and what is not ours to answer, inside and outside of dialogs.</summary>
public sealed class CarrierRequestTests
{
    private readonly ConnectorHarness _connector = new();

    [Fact]
    public void Options_OutsideOfADialog_SaysWhatWeCan()
    {
        var ok = Outside("OPTIONS");

        Assert.Equal(200, ok.StatusCode);
        Assert.Equal(
            ["INVITE", "ACK", "CANCEL", "BYE", "OPTIONS", "INFO", "UPDATE"], ok.GetHeaders(SipHeader.Allow));
        Assert.True(ok.TryGetHeader("Accept", out var accept));
        Assert.Equal("application/sdp", accept);
        Assert.Equal(["timer"], ok.Supported);
        Assert.NotNull(ok.To.Tag);
    }

    [Fact]
    public void Options_OfADrainingNode_Is503_WithRetryAfter_AndInviteToo()
    {
        _connector.Take(new ConnectorInput.DrainRequested(true));

        Assert.Equal(503, Outside("OPTIONS").StatusCode);
        var refusal = Outside("INVITE", 2);
        Assert.Equal(503, refusal.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(30), refusal.RetryAfter);
        Assert.Equal(42, refusal.Reason!.Cause);
        _connector.Take(new ConnectorInput.DrainRequested(false));
        Assert.Equal(200, Outside("OPTIONS", 3).StatusCode);
    }

    [Theory]
    [InlineData("OPTIONS")]
    [InlineData("INVITE")]
    [InlineData("REGISTER")]
    [InlineData("BYE")]
    public void AStranger_Gets403_Once_AndNothingIsKept(string method)
    {
        _connector.CarrierFlow = SipFlow.Udp(
            ConnectorHarness.Flow.Local, new IPEndPoint(IPAddress.Parse("203.0.113.5"), 5060));
        var refusal = Outside(method);

        Assert.Equal(403, refusal.StatusCode);
        Assert.Equal(21, refusal.Reason!.Cause);
        Assert.Single(_connector.Sent);
        Assert.Equal(0, _connector.Engine.Sip.ServerTransactionCount);
        Assert.False(refusal.TryGetHeader("Server", out _));
    }

    [Theory]
    [InlineData("REGISTER", 405)]
    [InlineData("SUBSCRIBE", 405)]
    [InlineData("MESSAGE", 405)]
    [InlineData("REFER", 405)]
    [InlineData("FROBNICATE", 501)]
    [InlineData("BYE", 481)]
    [InlineData("UPDATE", 481)]
    [InlineData("INFO", 481)]
    [InlineData("PRACK", 481)]
    public void WhatBelongsToNoCall_IsRefused(string method, int status)
    {
        var refusal = Outside(method);

        Assert.Equal(status, refusal.StatusCode);
        Assert.Equal(status == 405, refusal.GetHeaders(SipHeader.Allow).Count > 0);
        _connector.AssertNothingIsLeft();
    }

    [Theory]
    [InlineData("INVITE")]
    [InlineData("BYE")]
    [InlineData("OPTIONS")]
    [InlineData("INFO")]
    public void ARequestInADialogThatWeDoNotKnow_Is481(string method)
    {
        const string To = "To: <sip:+18005550100@127.0.0.1>";
        var request = _connector.Request(method, 5);
        _connector.SendSip(request.Replace(To, $"{To};tag=gone", StringComparison.Ordinal));

        Assert.Equal(481, _connector.Responses.Last().StatusCode);
    }

    [Fact]
    public void ARequestWithTheCallersTagForged_Is481_AndTheCallGoesOn()
    {
        _connector.Establish();
        _connector.SendSip(
            _connector.Request("BYE", 2).Replace("tag=carrier", "tag=forged", StringComparison.Ordinal));

        Assert.Equal(481, _connector.Responses.Last().StatusCode);
        Assert.Equal(1, _connector.Engine.Calls.Count);
    }

    [Theory]
    [InlineData("OPTIONS", 200)]
    [InlineData("MESSAGE", 405)]
    [InlineData("REFER", 405)]
    [InlineData("PRACK", 405)]
    [InlineData("FROBNICATE", 501)]
    public void InADialog_EachMethod_HasItsAnswer(string method, int status)
    {
        _connector.Establish();

        Assert.Equal(status, _connector.Ask(method, 2)!.StatusCode);
        Assert.Equal(1, _connector.Engine.Calls.Count);
    }

    [Fact]
    public void AnInviteThatHasNoHopsLeft_Is483()
    {
        _connector.SendSip(_connector.Request("INVITE", 1, ConnectorHarness.Offer).Replace(
            "Max-Forwards: 70", "Max-Forwards: 0", StringComparison.Ordinal));

        Assert.Equal([100, 483], _connector.Statuses());
    }

    [Fact]
    public void TheSameInviteByTwoPaths_Is482OnTheSecond()
    {
        _connector.SendInvite();
        _connector.SendSip(
            _connector.Request("INVITE", 1, ConnectorHarness.Offer, branch: "z9hG4bK-other-path"));

        Assert.Equal(482, _connector.Responses.Last().StatusCode);
        Assert.Equal(1, _connector.Engine.Calls.Count);
    }

    [Theory]
    [InlineData("application/dtmf-relay", "Signal=5\r\nDuration=160\r\n", "5")]
    [InlineData("application/dtmf-relay", "Signal = * \r\nDuration = 160\r\n", "*")]
    [InlineData("application/dtmf-relay", "Duration=160\r\nSIGNAL=11\r\n", "#")]
    [InlineData("application/dtmf-relay; charset=utf-8", "Signal=d\n", "D")]
    [InlineData("APPLICATION/DTMF", "10", "*")]
    [InlineData("application/dtmf", "7\r\n", "7")]
    public void AnInfoDigit_Is200_AndReachesTheContact(string type, string body, string digit)
    {
        _connector.Establish();
        Assert.Equal(200, _connector.Ask("INFO", 2, body, contentType: type)!.StatusCode);
        _connector.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal(digit, Assert.Single(_connector.Log.OfType<ConnectorEffect.SendDigits>()).Digits);
    }

    [Theory]
    [InlineData("application/dtmf-relay", "Signal=\r\n")]
    [InlineData("application/dtmf-relay", "Signal=!\r\nDuration=160\r\n")]
    [InlineData("application/dtmf-relay", "Duration=5\r\n")]
    [InlineData("application/dtmf", "xyz")]
    [InlineData("application/dtmf", "\u0663")]
    [InlineData("application/sdp", "")]
    public void AnInfoWithoutADigitOfOurs_Is200_AndNothingMore(string type, string body)
    {
        _connector.Establish();
        Assert.Equal(200, _connector.Ask("INFO", 2, body, contentType: type)!.StatusCode);
        _connector.Pass(TimeSpan.FromSeconds(1));

        Assert.Empty(_connector.Log.OfType<ConnectorEffect.SendDigits>());
    }

    [Fact]
    public void AnInfoOfAnotherType_Is415_AndNamesThoseThatWork()
    {
        _connector.Establish();
        var refusal = _connector.Ask("INFO", 2, "<x/>", contentType: "application/media_control+xml")!;

        Assert.Equal(415, refusal.StatusCode);
        Assert.True(refusal.TryGetHeader("Accept", out var accept));
        Assert.Equal("application/dtmf-relay, application/dtmf", accept);
    }

    [Fact]
    public void AnInfoPackage_Is469_BadInfoPackage_AndWeWantNone()
    {
        _connector.Establish();
        var refusal = _connector.Ask(
            "INFO", 2, "5", "Info-Package: infoDtmf\r\n", contentType: "application/dtmf")!;

        Assert.Equal((469, "Bad Info Package"), (refusal.StatusCode, refusal.ReasonPhrase));
        Assert.True(refusal.TryGetHeader("Recv-Info", out var packages));
        Assert.Equal("nil", packages);
        _connector.Pass(TimeSpan.FromSeconds(1));
        Assert.Empty(_connector.Log.OfType<ConnectorEffect.SendDigits>());
    }

    [Fact]
    public void ARepeatedInfo_IsOneDigit()
    {
        _connector.Establish();
        _connector.Ask("INFO", 2, "5", contentType: "application/dtmf");
        _connector.Ask("INFO", 2, "5", contentType: "application/dtmf");
        _connector.Pass(TimeSpan.FromSeconds(1));

        Assert.Equal("5", Assert.Single(_connector.Log.OfType<ConnectorEffect.SendDigits>()).Digits);
    }

    [Fact]
    public void WhateverIsNoSip_OrHalfOfIt_IsNoCall_AndNoException()
    {
        var whole = Encoding.UTF8.GetBytes(_connector.Request("INVITE", 1, ConnectorHarness.Offer));
        for (var length = 0; length < whole.Length; length += 3)
        {
            _connector.Take(new ConnectorInput.SipReceived(ConnectorHarness.Flow, whole.AsMemory(0, length)));
        }

        var random = new RandomSource(1);
        for (var i = 0; i < 500; i++)
        {
            var bytes = (byte[])whole.Clone();
            bytes[random.NextInt32(bytes.Length)] = (byte)random.NextInt32(256);
            _connector.Take(new ConnectorInput.SipReceived(ConnectorHarness.Flow, bytes));
        }

        Assert.DoesNotContain(_connector.Events, e => e.Kind == CallEventKind.Defect);
    }

    private SipResponse Outside(string method, int cseq = 1)
    {
        var body = method == "INVITE" ? ConnectorHarness.Offer : "";
        Assert.Null(_connector.ToTag);
        _connector.SendSip(_connector.Request(method, cseq, body, branch: $"z9hG4bK-o{cseq}")
            .Replace("call-1@", $"outside-{cseq}@", StringComparison.Ordinal));
        return _connector.Responses.Last();
    }
}
