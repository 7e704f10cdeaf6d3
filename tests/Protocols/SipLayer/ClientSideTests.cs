using System.Net;
using static Farspan.Sip.SipLayerEffect;
using static Farspan.Sip.Tests.LayerBench;

namespace Farspan.Sip.Tests;

public sealed class ClientSideTests
{
    private readonly LayerBench _bench = new();

    [Fact]
    public void ARequest_GoesOutWithItsOwnBranch_AskingForRport()
    {
        var first = _bench.Send("OPTIONS", _bench.UdpFlow, out var effects);
        var second = _bench.Send("OPTIONS", _bench.UdpFlow, out _);

        var via = Transmitted<SipRequest>(effects).TopVia;
        Assert.True(via.HasMagicCookie);
        Assert.True(via.HasRport);
        Assert.Equal("192.0.2.1", via.Host);
        Assert.Equal(5060, via.Port);
        Assert.NotEqual(first.Request.TopVia.Branch, second.Request.TopVia.Branch);
    }

    [Fact] // RFC 3261 §17.1.3.
    public void AResponse_IsDeliveredToItsTransaction()
    {
        _bench.Send("OPTIONS", _bench.UdpFlow, out _);
        var options = _bench.Send("OPTIONS", _bench.UdpFlow, out _);

        var received = Assert.IsType<ResponseReceived>(
            Assert.Single(_bench.Receive(SampleMessages.ResponseText(options.Request, 200))));

        Assert.Same(options, received.Transaction);
        Assert.Equal(200, received.Response.StatusCode);
    }

    [Fact]
    public void AResponseToNothing_OrThatCameAnotherWay_IsDropped()
    {
        var options = _bench.Send("OPTIONS", _bench.UdpFlow, out _);
        var text = SampleMessages.ResponseText(options.Request, 200);

        Assert.Empty(_bench.Receive(text.Replace("z9hG4bK", "z9hG4bKx", StringComparison.Ordinal)));
        Assert.Empty(_bench.Receive(text.Replace("192.0.2.1", "192.0.2.99", StringComparison.Ordinal)));
        Assert.Empty(_bench.Receive(text.Replace("OPTIONS", "BYE", StringComparison.Ordinal)));
        Assert.Single(_bench.Receive(text));
    }

    [Fact]
    public void Silence_EndsWithATimeout()
    {
        var options = _bench.Send("OPTIONS", _bench.UdpFlow, out _);

        var effects = _bench.RunTo(32_000);

        Assert.Equal(10, effects.OfType<Transmit>().Count());
        Assert.Equal(new ClientFailed(options, SipTransactionOutcome.TimedOut), effects[^1]);
        Assert.Equal(0, _bench.Layer.ClientTransactionCount);
        Assert.Null(_bench.Layer.Deadline);
    }

    [Fact] // RFC 3261 §9.1: not before a provisional response.
    public void ACancel_WaitsForTheFirstProvisionalResponse()
    {
        var invite = _bench.Send("INVITE", _bench.UdpFlow, out _);
        Assert.Empty(_bench.Cancel(invite));

        var effects = _bench.Receive(SampleMessages.ResponseText(invite.Request, 180));

        var cancel = Transmitted<SipRequest>(effects);
        Assert.Equal(SipMethod.Cancel, cancel.Method);
        Assert.Equal(invite.Request.TopVia.Branch, cancel.TopVia.Branch);
        Assert.Equal(invite.Request.CSeq.Number, cancel.CSeq.Number);
    }

    [Fact]
    public void ACancelDuringRinging_IsSentAtOnce_AndOnlyOnce_AndItsOwnResponseIsNotDelivered()
    {
        var invite = _bench.Send("INVITE", _bench.UdpFlow, out _);
        _bench.Receive(SampleMessages.ResponseText(invite.Request, 180));

        var cancel = Transmitted<SipRequest>(_bench.Cancel(invite));
        Assert.Empty(_bench.Cancel(invite));
        Assert.Empty(_bench.Receive(SampleMessages.ResponseText(cancel, 200)));

        var terminated = _bench.Receive(SampleMessages.ResponseText(invite.Request, 487));
        Assert.Equal(SipMethod.Ack, Transmitted<SipRequest>(terminated).Method);
        Assert.Equal(487, Assert.Single(terminated.OfType<ResponseReceived>()).Response.StatusCode);
    }

    [Fact]
    public void ACancelAfterTheAnswer_SendsNothing()
    {
        var invite = _bench.Send("INVITE", _bench.UdpFlow, out _);
        Assert.Empty(_bench.Cancel(invite));
        Assert.Single(_bench.Receive(SampleMessages.ResponseText(invite.Request, 200)));
        Assert.Empty(_bench.Cancel(invite));
    }

    [Fact]
    public void ACancelledInviteThatIsNeverAnswered_TimesOut()
    {
        var invite = _bench.Send("INVITE", _bench.TcpFlow, out _);
        _bench.Receive(SampleMessages.ResponseText(invite.Request, 180), _bench.TcpFlow);
        _bench.Cancel(invite);

        var effects = _bench.RunTo(32_000);

        Assert.Equal([new ClientFailed(invite, SipTransactionOutcome.TimedOut)], effects);
        Assert.Equal(0, _bench.Layer.ClientTransactionCount);
    }

    [Fact]
    public void AFailedFlow_FailsItsRequests_AndNoOthers()
    {
        var onIt = _bench.Send("INVITE", _bench.TcpFlow, out _);
        var other = _bench.TcpFlow with { ConnectionId = 8, Remote = new IPEndPoint(Peer.Address, 40001) };
        _bench.Send("INVITE", other, out _);
        _bench.Send("INVITE", _bench.UdpFlow, out _);

        Assert.Equal(
            [new ClientFailed(onIt, SipTransactionOutcome.TransportFailed)], _bench.FailFlow(_bench.TcpFlow));
        Assert.Equal(2, _bench.Layer.ClientTransactionCount);
    }

    [Fact]
    public void AConnectionThatFails_FailsRequestsThatAskedForAnyConnectionToThatPeer()
    {
        var anyConnection = _bench.TcpFlow with { ConnectionId = 0 };
        var first = _bench.Send("INVITE", anyConnection, out _);
        var second = _bench.Send("OPTIONS", anyConnection, out _);

        Assert.Equal(
            [first, second],
            _bench.FailFlow(_bench.TcpFlow).Cast<ClientFailed>().Select(failed => failed.Transaction));
    }

    [Fact]
    public void OverAConnection_AnAnsweredRequestIsForgottenAtOnce()
    {
        var options = _bench.Send("OPTIONS", _bench.TcpFlow, out _);
        _bench.Receive(SampleMessages.ResponseText(options.Request, 200), _bench.TcpFlow);

        Assert.True(options.IsTerminated);
        Assert.Equal(0, _bench.Layer.ClientTransactionCount);
        Assert.Null(_bench.Layer.Deadline);
    }

    [Fact]
    public void BeyondTheLimit_ARequestIsNotSent()
    {
        var bench = new LayerBench(SipLayerLimits.Default with { ClientTransactionsMax = 1 });
        bench.Send("OPTIONS", bench.UdpFlow, out _);

        var outbox = new Kernel.Outbox<SipLayerEffect>();
        var request = SampleMessages.Request("OPTIONS").WithTopVia(bench.Layer.CreateVia(bench.UdpFlow));

        Assert.Null(bench.Layer.SendRequest(request, bench.UdpFlow, bench.Now, outbox));
        Assert.Equal(0, outbox.Count);
    }
}
