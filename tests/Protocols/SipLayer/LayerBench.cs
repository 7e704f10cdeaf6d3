using System.Net;
using System.Text;
using Farspan.Kernel;
using static Farspan.Sip.SipLayerEffect;

namespace Farspan.Sip.Tests;

/// <summary>A transaction layer on a table: what is given to it, when, and what it does.</summary>
internal sealed class LayerBench(SipLayerLimits? limits = null)
{
    public static readonly IPEndPoint Us = IPEndPoint.Parse("192.0.2.1:5060");
    public static readonly IPEndPoint Peer = IPEndPoint.Parse("198.51.100.7:40000");

    private readonly Outbox<SipLayerEffect> _outbox = new();

    public SipTransactionLayer Layer { get; } =
        new(limits ?? SipLayerLimits.Default, SipTimings.Default, new RandomSource(1));

    public SipFlow UdpFlow { get; } = SipFlow.Udp(Us, Peer);

    public SipFlow TcpFlow { get; } = new(SipTransport.Tcp, Us, Peer, 7);

    public Instant Now { get; set; } = Instant.Zero;

    public SipLayerEffect[] Receive(string text, SipFlow? flow = null)
    {
        Layer.Receive(flow ?? UdpFlow, Encoding.UTF8.GetBytes(text), Now, _outbox);
        return _outbox.Drain();
    }

    public SipLayerEffect[] Respond(SipServerTransaction transaction, int status)
    {
        Layer.Respond(transaction, transaction.CreateResponse(status).Build(), Now, _outbox);
        return _outbox.Drain();
    }

    /// <summary>Sends a sample request on a flow.</summary>
    public SipClientTransaction Send(string method, SipFlow flow, out SipLayerEffect[] effects)
    {
        var via = Layer.CreateVia(flow);
        var request = SampleMessages.Request(method).WithTopVia(via);
        var transaction = Layer.SendRequest(request, flow, Now, _outbox);
        Assert.NotNull(transaction);
        effects = _outbox.Drain();
        return transaction;
    }

    public SipLayerEffect[] Cancel(SipClientTransaction transaction)
    {
        Layer.Cancel(transaction, null, Now, _outbox);
        return _outbox.Drain();
    }

    public SipLayerEffect[] FailFlow(SipFlow flow)
    {
        Layer.FailFlow(flow, Now, _outbox);
        return _outbox.Drain();
    }

    public SipLayerEffect[] RunTo(long ms)
    {
        while (Layer.Deadline is { } due && due <= Instant.FromMilliseconds(ms))
        {
            Now = due;
            Layer.Expire(Now, _outbox);
        }

        Now = Instant.FromMilliseconds(ms);
        return _outbox.Drain();
    }

    /// <summary>The server transaction of a request that was received.</summary>
    public static SipServerTransaction Requested(SipLayerEffect[] effects) =>
        Assert.Single(effects.OfType<RequestReceived>()).Transaction;

    /// <summary>The only message that was sent.</summary>
    public static T Transmitted<T>(SipLayerEffect[] effects)
        where T : SipMessage
    {
        var bytes = Assert.Single(effects.OfType<Transmit>()).Message.Span;
        Assert.True(
            SipParser.TryParse(bytes, SipFraming.Stream, out var message, out var error), error.ToString());
        return Assert.IsType<T>(message);
    }
}
