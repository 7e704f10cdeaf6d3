namespace Farspan.Sip;

/// <summary>A request that starts something, with where it came from noted (RFC 3261 §18.2.1).</summary>
internal readonly struct IncomingRequest
{
    public IncomingRequest(in ServerTransactionKey key, SipRequest request, in SipFlow flow)
    {
        Key = key;
        Request = request;
        Via = request.TopVia.WithSource(flow.Remote);
        ResponseFlow = ResponseRoute.For(flow, Via);
    }

    public ServerTransactionKey Key { get; }

    public SipRequest Request { get; }

    /// <summary>The top Via of every response.</summary>
    public Via Via { get; }

    public SipFlow ResponseFlow { get; }

    /// <summary>Whether every response we may build stays within what a message may be.</summary>
    public bool IsAnswerable(SipLayerLimits limits) =>
        Request.View.Fields.Length <= limits.RequestHeaderLinesMax
        && Via.Parameters.Count <= limits.RequestParametersMax
        && Request.To.Parameters.Count <= limits.RequestParametersMax;

    public SipResponseBuilder CreateResponse(int statusCode, string toTag) =>
        SipResponseBuilder.For(Request, statusCode).WithToTag(toTag).WithTopVia(Via);
}
