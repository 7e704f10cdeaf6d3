using System.Net;
using static Farspan.Sip.SipLayerEffect;
using static Farspan.Sip.Tests.LayerBench;

namespace Farspan.Sip.Tests;

public sealed class ServerSideTests
{
    private readonly LayerBench _bench = new();

    [Theory]
    [InlineData("INVITE")]
    [InlineData("OPTIONS")]
    public void ADismissedRequest_IsForgotten_AndItsRepetitionIsNew(string method)
    {
        var bench = new LayerBench();
        var request = SampleMessages.RequestText(method);
        var first = LayerBench.Requested(bench.Receive(request));
        bench.Respond(first, 403);
        bench.Layer.Dismiss(first);
        bench.Layer.Dismiss(first);

        Assert.Equal(0, bench.Layer.ServerTransactionCount);
        Assert.Null(bench.Layer.Deadline);
        Assert.Empty(bench.Respond(first, 500));
        var second = LayerBench.Requested(bench.Receive(request));
        bench.Layer.Dismiss(first);
        Assert.Equal(1, bench.Layer.ServerTransactionCount);
        Assert.False(second.IsTerminated);
        Assert.Empty(bench.FailFlow(bench.UdpFlow with { Remote = LayerBench.Us }));
    }

    [Fact]
    public void AnInvite_Gets100BeforeAnythingElse_AndIsDelivered()
    {
        var effects = _bench.Receive(SampleMessages.RequestText("INVITE"));

        Assert.IsType<Transmit>(effects[0]);
        Assert.Equal(100, Transmitted<SipResponse>(effects).StatusCode);
        Assert.Equal(SipMethod.Invite, Requested(effects).Request.Method);
    }

    [Fact] // RFC 3261 §17.2.3: branch, sent-by and method match.
    public void ARetransmittedInvite_GetsTheSameResponse_AndIsNotDeliveredAgain()
    {
        var invite = Requested(_bench.Receive(SampleMessages.RequestText("INVITE")));
        _bench.Respond(invite, 180);

        var again = _bench.Receive(SampleMessages.RequestText("INVITE"));

        Assert.Equal(180, Transmitted<SipResponse>(again).StatusCode);
        Assert.Empty(again.OfType<RequestReceived>());
    }

    [Fact]
    public void AnotherSentBy_IsAnotherTransaction()
    {
        _bench.Receive(SampleMessages.RequestText("OPTIONS"));

        var other = SampleMessages.RequestText("OPTIONS").Replace(":5070", ":5071", StringComparison.Ordinal)
            .Replace("a84b4c76e66710", "another", StringComparison.Ordinal);

        Requested(_bench.Receive(other));
    }

    [Fact] // RFC 3581 §4.
    public void WithRport_TheResponseGoesToTheSource_AndSaysWhereThatIs()
    {
        var effects = _bench.Receive(SampleMessages.RequestText("INVITE", viaParameters: ";rport"));

        var via = Transmitted<SipResponse>(effects).TopVia;
        Assert.Equal(Peer.Address, via.Received);
        Assert.Equal(Peer.Port, via.Rport);
        Assert.Equal(_bench.UdpFlow, effects.OfType<Transmit>().Single().Flow);
    }

    [Fact] // RFC 3261 §18.2.2: the received address, the port of sent-by.
    public void WithoutRport_TheResponseGoesToThePortInTheVia()
    {
        var effects = _bench.Receive(SampleMessages.RequestText("INVITE"));

        Assert.Equal(Peer.Address, Transmitted<SipResponse>(effects).TopVia.Received);
        Assert.Equal(new IPEndPoint(Peer.Address, 5070), effects.OfType<Transmit>().Single().Flow.Remote);
    }

    [Fact]
    public void OverAConnection_TheResponseGoesBackOnIt()
    {
        var effects = _bench.Receive(SampleMessages.RequestText("INVITE", transport: "TCP"), _bench.TcpFlow);

        Assert.Equal(_bench.TcpFlow, effects.OfType<Transmit>().Single().Flow);
    }

    [Fact] // RFC 3261 §18.2.2: the connection is gone, so a new one to the sent-by port.
    public void AfterItsConnectionFailed_TheResponseGoesToTheAddressInTheVia()
    {
        var invite =
            Requested(_bench.Receive(SampleMessages.RequestText("INVITE", transport: "TCP"), _bench.TcpFlow));

        var failed = Assert.IsType<ServerFailed>(Assert.Single(_bench.FailFlow(_bench.TcpFlow)));
        Assert.Equal(SipTransactionOutcome.TransportFailed, failed.Outcome);
        Assert.False(invite.IsTerminated);

        var transmit = Assert.IsType<Transmit>(Assert.Single(_bench.Respond(invite, 200)));
        Assert.Equal(
            SipFlow.Connect(SipTransport.Tcp, Us, new IPEndPoint(Peer.Address, 5070)), transmit.Flow);
    }

    [Fact]
    public void TheAckOfAFailure_IsAbsorbed()
    {
        var invite = Requested(_bench.Receive(SampleMessages.RequestText("INVITE")));
        _bench.Respond(invite, 486);

        Assert.Empty(_bench.Receive(SampleMessages.RequestText("ACK", toTag: invite.LocalTag)));
        Assert.Empty(_bench.RunTo(60_000));
        Assert.Equal(0, _bench.Layer.ServerTransactionCount);
    }

    [Fact]
    public void AFailureThatIsNeverAcknowledged_IsReported()
    {
        var invite = Requested(_bench.Receive(SampleMessages.RequestText("INVITE")));
        _bench.Respond(invite, 486);

        var effects = _bench.RunTo(60_000);

        Assert.Equal(10, effects.OfType<Transmit>().Count());
        Assert.Equal(new ServerFailed(invite, SipTransactionOutcome.TimedOut), effects[^1]);
        Assert.True(invite.IsTerminated);
    }

    [Fact] // RFC 3261 §13.3.1.4: its branch is its own.
    public void TheAckOfASuccess_IsDelivered()
    {
        var invite = Requested(_bench.Receive(SampleMessages.RequestText("INVITE")));
        _bench.Respond(invite, 200);

        var ack = _bench.Receive(SampleMessages.RequestText("ACK", "z9hG4bKack", invite.LocalTag));

        Assert.Equal(invite.LocalTag, Assert.IsType<AckReceived>(Assert.Single(ack)).Ack.To.Tag);
    }

    [Fact] // Old clients give it the branch of the INVITE.
    public void TheAckOfASuccess_IsDelivered_EvenWithTheBranchOfTheInvite()
    {
        var invite = Requested(_bench.Receive(SampleMessages.RequestText("INVITE")));
        _bench.Respond(invite, 200);

        var ack = _bench.Receive(SampleMessages.RequestText("ACK", toTag: invite.LocalTag));

        Assert.IsType<AckReceived>(Assert.Single(ack));
    }

    [Fact] // RFC 6026: a retransmitted INVITE must not make a second call after the 2xx.
    public void ARetransmittedInviteAfterThe2xx_IsAbsorbed()
    {
        var invite = Requested(_bench.Receive(SampleMessages.RequestText("INVITE")));
        _bench.Respond(invite, 200);
        _bench.RunTo(31_999);

        Assert.Empty(_bench.Receive(SampleMessages.RequestText("INVITE")));
    }

    [Fact] // RFC 3261 §9.2: 200 to the CANCEL with the tag of the INVITE's responses.
    public void ACancel_IsAnswered_AndReportedOnce()
    {
        var invite = Requested(_bench.Receive(SampleMessages.RequestText("INVITE")));

        var first = _bench.Receive(SampleMessages.RequestText("CANCEL"));
        var second = _bench.Receive(SampleMessages.RequestText("CANCEL"));

        var ok = Transmitted<SipResponse>(first);
        Assert.Equal(200, ok.StatusCode);
        Assert.Equal(SipMethod.Cancel, ok.CSeq.Method);
        Assert.Equal(invite.LocalTag, ok.To.Tag);
        Assert.Same(invite, Assert.Single(first.OfType<CancelReceived>()).Invite);
        Assert.Equal(200, Transmitted<SipResponse>(second).StatusCode);
        Assert.Empty(second.OfType<CancelReceived>());
    }

    [Fact] // RFC 3261 §9.2: no effect once there is a final response.
    public void ACancelAfterTheAnswer_IsAnswered_AndNotReported()
    {
        var invite = Requested(_bench.Receive(SampleMessages.RequestText("INVITE")));
        _bench.Respond(invite, 200);

        var effects = _bench.Receive(SampleMessages.RequestText("CANCEL"));

        Assert.Equal(200, Transmitted<SipResponse>(effects).StatusCode);
        Assert.Empty(effects.OfType<CancelReceived>());
    }

    [Fact]
    public void ACancelOfNothing_Gets481()
    {
        var effects = _bench.Receive(SampleMessages.RequestText("CANCEL"));

        Assert.Equal(481, Transmitted<SipResponse>(effects).StatusCode);
        Assert.Equal(0, _bench.Layer.ServerTransactionCount);
    }

    [Fact] // RFC 3261 §8.2.2.2.
    public void TheSameRequestByAnotherPath_Gets482()
    {
        _bench.Receive(SampleMessages.RequestText("INVITE"));

        var merged = _bench.Receive(SampleMessages.RequestText("INVITE", "z9hG4bKother"));

        Assert.Equal(482, Transmitted<SipResponse>(merged).StatusCode);
        Assert.Empty(merged.OfType<RequestReceived>());
    }

    [Fact] // A proxy that got our 503 may try our next address.
    public void TheSameRequestByAnotherPath_IsNewOnceTheFirstWasRefused()
    {
        var invite = Requested(_bench.Receive(SampleMessages.RequestText("INVITE")));
        _bench.Respond(invite, 503);

        Requested(_bench.Receive(SampleMessages.RequestText("INVITE", "z9hG4bKother")));
    }

    [Fact]
    public void BeyondTheLimit_ARequestGets503WithRetryAfter_AndNothingIsKept()
    {
        var bench = new LayerBench(SipLayerLimits.Default with { ServerTransactionsMax = 1 });
        bench.Receive(SampleMessages.RequestText("OPTIONS", "z9hG4bKone", cseq: 1));

        var effects = bench.Receive(SampleMessages.RequestText("OPTIONS", "z9hG4bKtwo", cseq: 2));

        var refusal = Transmitted<SipResponse>(effects);
        Assert.Equal(503, refusal.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(10), refusal.RetryAfter);
        Assert.NotNull(refusal.To.Tag);
        Assert.Equal(1, bench.Layer.ServerTransactionCount);
    }

    [Fact]
    public void ARequestThatDoesNotParse_Gets400WithTheReason()
    {
        var effects = _bench.Receive(
            SampleMessages.RequestText("OPTIONS", viaParameters: ";rport")
                .Replace("CSeq: 314159", "CSeq: x", StringComparison.Ordinal));

        Assert.Single(effects.OfType<MessageRefused>());
        var text =
            System.Text.Encoding.UTF8.GetString(Assert.Single(effects.OfType<Transmit>()).Message.Span);
        Assert.StartsWith("SIP/2.0 400 Bad CSeq\r\n", text, StringComparison.Ordinal);
        Assert.Contains("received=198.51.100.7;rport=40000", text.Replace("rport=40000;received=198.51.100.7",
            "received=198.51.100.7;rport=40000", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(_bench.UdpFlow, effects.OfType<Transmit>().Single().Flow);
    }

    [Fact] // RFC 3261 §21.5.6.
    public void AnUnknownVersion_Gets505()
    {
        var effects = _bench.Receive(
            SampleMessages.RequestText("OPTIONS")
                .Replace(" SIP/2.0\r\nVia", " SIP/7.0\r\nVia", StringComparison.Ordinal));

        var text =
            System.Text.Encoding.UTF8.GetString(Assert.Single(effects.OfType<Transmit>()).Message.Span);
        Assert.StartsWith("SIP/2.0 505 ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\r\n\r\n")]
    public void AKeepAlive_GetsSilence(string text) => Assert.Empty(_bench.Receive(text));

    [Theory]
    [InlineData("hello")]
    [InlineData("SIP/2.0 200 OK\r\n\r\n")]
    [InlineData("ACK sip:a@b SIP/2.0\r\nVia: SIP/2.0/UDP a;branch=z9hG4bK1\r\n\r\n")]
    public void NonsenseThatIsNoRequest_GetsSilence(string text) =>
        Assert.IsType<MessageRefused>(Assert.Single(_bench.Receive(text)));

    [Fact]
    public void AHugeHead_GetsSilence()
    {
        var text = SampleMessages.RequestText("INVITE", extra: $"X-Filler: {new string('x', 20_000)}\r\n");

        var refused = Assert.IsType<MessageRefused>(Assert.Single(_bench.Receive(text)));
        Assert.Equal(SipParseErrorCode.TooLarge, refused.Error.Code);
    }

    [Fact]
    public void ARequestWithMoreHeaderLinesThanAResponseCouldRepeat_GetsSilence()
    {
        var lines = string.Concat(Enumerable.Repeat("Via: SIP/2.0/UDP a\r\n", 110).Concat(
            Enumerable.Repeat("Record-Route: <sip:a;lr>\r\n", 110)));

        var effects = _bench.Receive(SampleMessages.RequestText("INVITE", extra: lines));

        Assert.IsType<MessageRefused>(Assert.Single(effects));
    }

    [Fact] // RFC 3261 §17.2.3: without the magic cookie the rules of RFC 2543 hold.
    public void ARequestOfAnRfc2543Client_IsMatchedByItsFields()
    {
        var invite = Requested(_bench.Receive(SampleMessages.RequestText("INVITE", "1")));
        Assert.Empty(_bench.Receive(SampleMessages.RequestText("INVITE", "1")).OfType<RequestReceived>());
        Requested(_bench.Receive(SampleMessages.RequestText("INVITE", "1", cseq: 314160)));

        _bench.Respond(invite, 486);
        Assert.Empty(_bench.Receive(SampleMessages.RequestText("ACK", "1", toTag: invite.LocalTag)));
    }

    [Fact]
    public void TwoRfc2543Calls_WithTheSameBranch_AreTwoTransactions()
    {
        Requested(_bench.Receive(SampleMessages.RequestText("INVITE", "z9hG4bK")));

        var other = SampleMessages.RequestText("INVITE", "z9hG4bK")
            .Replace("a84b4c76e66710", "other", StringComparison.Ordinal);
        Requested(_bench.Receive(other));
    }
}
