using Farspan.Cluster;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>The messages of a carrier leg: what every response and request of ours has in common.</summary>
/// <param name="settings">The trunk's.</param>
/// <param name="flow">Where the carrier's first request came in.</param>
/// <param name="requestUri">Whom it asked for: SIPS is answered with SIPS (RFC 3261 §12.1.1).</param>
internal sealed class CarrierMessages(CarrierLegSettings settings, in SipFlow flow, SipUri requestUri)
{
    /// <summary>The methods we take, for Allow (RFC 3261 §20.5).</summary>
    public const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE";

    private const string Supported = "timer";

    /// <summary>Our Contact: where the carrier reached us, or the address we are known by outside.</summary>
    public NameAddress Contact { get; } = CreateContact(settings, flow, requestUri);

    /// <summary>What every message to an edge says of the call's epochs; empty toward carriers.</summary>
    public string Epochs { get; set; } = "";

    /// <summary>What an edge is told of the contact when we give the call up; empty toward carriers.</summary>
    public string ContactState { get; set; } = "";

    /// <summary>What edges share their calls out by: see <see cref="LoadReport"/>; empty toward carriers.</summary>
    public string Load { get; set; } = "";

    /// <summary>Parts that go beside the description.</summary>
    public IReadOnlyList<SipBodyPart> Attachments { get; set; } = [];

    /// <summary>
    /// A response with our product name, and with Contact, Allow and Supported where RFC 3261 §20, table 2
    /// wants them.
    /// </summary>
    public SipResponseBuilder Respond(SipServerTransaction transaction, int statusCode)
    {
        var response = Name(transaction.CreateResponse(statusCode));
        var method = transaction.Request.Method;
        if (statusCode is > 100 and < 300 && method is SipMethod.Invite or SipMethod.Update)
        {
            response.WithContact(Contact);
        }

        if (statusCode is 405 or (>= 200 and < 300) && method is not SipMethod.Bye)
        {
            response.AddHeader("Allow", Allow).AddHeader("Supported", Supported);
        }

        return response;
    }

    /// <summary>What we can do, for OPTIONS inside and outside of a dialog (RFC 3261 §11.2).</summary>
    public SipResponse Describe(SipServerTransaction transaction) =>
        Respond(transaction, 200).AddHeader("Accept", "application/sdp").Build();

    /// <summary>
    /// What a method gets that we do not take: 405 for one we know, 501 for one we do not (RFC 3261 §8.2.1,
    /// §21.5.2).
    /// </summary>
    public SipResponse RefuseMethod(SipServerTransaction transaction) =>
        Respond(transaction, transaction.Request.Method == SipMethod.Other ? 501 : 405).Build();

    /// <summary>A final failure with its Reason and Retry-After.</summary>
    public SipResponse Refuse(SipServerTransaction transaction, SipCause cause) =>
        Name(transaction.CreateRefusal(cause)).Build();

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
            .AddHeader("Allow", Allow);
        if (offer is not null)
        {
            request.WithBody("application/sdp", SdpWriter.WriteBytes(offer));
        }

        return Complete(request).Build();
    }

    private SipResponseBuilder Name(SipResponseBuilder response)
    {
        foreach (var (name, value) in Additions("Server"))
        {
            response.AddHeader(name, value);
        }

        return response;
    }

    private SipResponseBuilder WithSdp(SipResponseBuilder response, SessionDescription description)
    {
        var sdp = new SipBodyPart("application/sdp", SdpWriter.WriteBytes(description));
        var whole = SipMultipart.Write([sdp, .. Attachments]);
        return response.WithBody(whole.ContentType, whole.Content);
    }

    private SipRequestBuilder Complete(SipRequestBuilder request)
    {
        foreach (var (name, value) in Additions("User-Agent"))
        {
            request.AddHeader(name, value);
        }

        return request;
    }

    private IEnumerable<(string Name, string Value)> Additions(string productHeader) =>
        new[]
        {
            (productHeader, settings.Product),
            (ClusterHeaders.Epoch, Epochs),
            (ClusterHeaders.Contact, ContactState),
            (LoadReport.Header, Load),
        }.Where(header => header.Item2.Length > 0);

    private static NameAddress CreateContact(CarrierLegSettings settings, in SipFlow flow, SipUri requestUri)
    {
        var address = settings.ContactAddress ?? flow.Local.Address;
        var scheme = requestUri.Scheme == SipUriScheme.Sips ? SipUriScheme.Sips : SipUriScheme.Sip;
        var uri = new SipUri(null, address, flow.Local.Port, scheme);
        return new NameAddress((flow.Transport, scheme) switch
        {
            // RFC 5630 §3.1.4: with SIPS, TLS goes without saying and its transport parameter is tcp.
            (SipTransport.Tls, SipUriScheme.Sips) or (SipTransport.Tcp, _) =>
                uri.WithParameter("transport", "tcp"),
            (SipTransport.Tls, _) => uri.WithParameter("transport", "tls"),
            _ => uri,
        });
    }
}
