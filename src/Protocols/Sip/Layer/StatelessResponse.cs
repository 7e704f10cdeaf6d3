using Farspan.Kernel;
using static Farspan.Sip.SipLayerEffect;

namespace Farspan.Sip;

/// <summary>Answers that keep nothing of what they answer (RFC 3261 §8.2.7): refusals, and answers to
/// CANCEL.</summary>
internal static class StatelessResponse
{
    /// <summary>Answers a message that could not be parsed, if enough of it was understood.</summary>
    public static void TryRefuse(in SipFlow flow, in SipParseError error, Outbox<SipLayerEffect> outbox)
    {
        if (error.Rejection is { } rejection)
        {
            var via = rejection.TopVia.WithSource(flow.Remote);
            outbox.Add(new Transmit(ResponseRoute.For(flow, via), rejection.WriteResponse(TagFor(via), via)));
        }
    }

    /// <summary>Refuses a request of a stranger, unless the answer might get too large.</summary>
    public static void TryRefuse(
        in IncomingRequest incoming,
        int statusCode,
        string reason,
        SipLayerLimits limits,
        Outbox<SipLayerEffect> outbox)
    {
        if (incoming.IsAnswerable(limits))
        {
            var response = incoming.CreateResponse(statusCode, TagFor(incoming.Via));
            Send(incoming, response.AddHeader(SipHeader.Reason, reason), outbox);
        }
    }

    public static void Send(in IncomingRequest incoming, int statusCode, Outbox<SipLayerEffect> outbox) =>
        Send(incoming, incoming.CreateResponse(statusCode, TagFor(incoming.Via)), outbox);

    public static void Send(
        in IncomingRequest incoming, SipResponseBuilder response, Outbox<SipLayerEffect> outbox) =>
        outbox.Add(new Transmit(incoming.ResponseFlow, response.Build().Bytes));

    /// <summary>503 with the time after which the client may come back (RFC 3261 §21.5.4).</summary>
    public static void SendOverload(
        in IncomingRequest incoming, TimeSpan retryAfter, Outbox<SipLayerEffect> outbox)
    {
        var response = incoming.CreateResponse(503, TagFor(incoming.Via))
            .AddHeader(SipHeader.RetryAfter, $"{retryAfter.TotalSeconds:F0}");
        Send(incoming, response, outbox);
    }

    /// <summary>The same tag for the same request: without state it must come from the message
    /// (RFC 3261 §8.2.7).</summary>
    private static string TagFor(Via via) => StableHash.Of(via.Branch).ToString("x16");
}
