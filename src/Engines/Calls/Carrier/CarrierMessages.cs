using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>The messages of a carrier leg: what every response and request of ours has in common.</summary>
internal sealed class CarrierMessages(CarrierLegSettings settings, in SipFlow flow)
{
    private const string Supported = "timer";

    /// <summary>Our Contact: where the carrier reached us, or the address we are known by outside.</summary>
    public NameAddress Contact { get; } = CreateContact(settings, flow);

    /// <summary>A response with our product name, and with Contact and Allow where RFC 3261 wants them (§20, table 2).</summary>
    public SipResponseBuilder Respond(SipServerTransaction transaction, int statusCode)
    {
        var response = transaction.CreateResponse(statusCode);
        if (settings.Product.Length > 0)
        {
            response.AddHeader("Server", settings.Product);
        }

        var method = transaction.Request.Method;
        if (statusCode is > 100 and < 300 && method is SipMethod.Invite or SipMethod.Update)
        {
            response.WithContact(Contact);
        }

        if (statusCode is 405 or (>= 200 and < 300) && method is not SipMethod.Bye)
        {
            response.AddHeader("Allow", CarrierRequests.Allow).AddHeader("Supported", Supported);
        }

        return response;
    }

    /// <summary>A final failure with its Reason and Retry-After.</summary>
    public SipResponse Refuse(SipServerTransaction transaction, SipCause cause)
    {
        var response = transaction.CreateResponse(cause.StatusCode, cause.ReasonPhrase)
            .AddHeader("Reason", cause.ReasonHeader);
        if (cause.RetryAfter is { } retryAfter)
        {
            response.AddHeader("Retry-After", $"{(int)Math.Ceiling(retryAfter.TotalSeconds)}");
        }

        return response.Build();
    }

    /// <summary>A success with the agreed session interval and, if given, a description.</summary>
    public SipResponse Succeed(
        SipServerTransaction transaction, SessionTimerVerdict timer, SessionDescription? description)
    {
        var response = Respond(transaction, 200).AddHeader("Session-Expires", timer.Expires.ToString());
        if (timer.IsTimerRequired)
        {
            response.AddHeader("Require", "timer");
        }

        return (description is null ? response : WithSdp(response, description)).Build();
    }

    public SipRequest Finish(SipRequestBuilder request, SipCause? cause)
    {
        if (cause is not null)
        {
            request.AddHeader("Reason", cause.ReasonHeader);
        }

        return Complete(request).Build();
    }

    /// <summary>A request of ours that refreshes the session (RFC 4028 §7.4).</summary>
    public SipRequest Refresh(SipRequestBuilder request, SessionExpires expires, SessionDescription? offer)
    {
        request.AddHeader("Session-Expires", expires.ToString())
            .AddHeader("Min-SE", $"{(int)settings.SessionTimer.IntervalMin.TotalSeconds}")
            .AddHeader("Supported", Supported)
            .AddHeader("Allow", CarrierRequests.Allow);
        if (offer is not null)
        {
            request.WithBody("application/sdp", SdpWriter.WriteBytes(offer));
        }

        return Complete(request).Build();
    }

    private static SipResponseBuilder WithSdp(SipResponseBuilder response, SessionDescription description) =>
        response.WithBody("application/sdp", SdpWriter.WriteBytes(description));

    private SipRequestBuilder Complete(SipRequestBuilder request) =>
        settings.Product.Length > 0 ? request.AddHeader("User-Agent", settings.Product) : request;

    private static NameAddress CreateContact(CarrierLegSettings settings, in SipFlow flow)
    {
        var address = settings.ContactAddress ?? flow.Local.Address;
        var uri = new SipUri(null, address.ToString(), flow.Local.Port);
        return new NameAddress(flow.Transport switch
        {
            SipTransport.Tcp => uri.WithParameter("transport", "tcp"),
            SipTransport.Tls => uri.WithParameter("transport", "tls"),
            _ => uri,
        });
    }
}
