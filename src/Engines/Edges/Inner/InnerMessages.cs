using Farspan.Calls;
using Farspan.Cluster;
using Farspan.Sdp;
using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>The messages of an inner leg: what every request and response of ours has in common.</summary>
internal sealed class InnerMessages(InnerLegSettings settings, SipFlow flow)
{
    public const string SdpType = "application/sdp";

    private const string Allow = "INVITE, ACK, CANCEL, BYE, OPTIONS, INFO, UPDATE";

    /// <summary>Where connectors send their requests in the dialog to.</summary>
    public NameAddress Contact { get; } = new(
        new SipUri(null, settings.Local.Address.ToString(), settings.Local.Port)
            .WithParameter("transport", flow.Transport == SipTransport.Tls ? "tls" : "tcp"));

    public SipRequest Invite(InnerInvite invite, SipDialogId id, Via via, SessionDescription offer)
    {
        var host = settings.Local.Address.ToString();
        var to = new SipUri(invite.Called, flow.Remote.Address.ToString(), flow.Remote.Port);
        var from = new NameAddress(new SipUri(invite.Caller ?? "anonymous", host), invite.CallerName);
        var request = new SipRequestBuilder(SipMethod.Invite, to.WithParameter("transport", "tcp"))
        {
            From = from.WithTag(id.LocalTag),
            To = new NameAddress(to),
            CallId = id.CallId,
            CSeqNumber = 1,
            Contact = Contact,
        };
        request.AddVia(via)
            .AddHeader(ClusterHeaders.Call, invite.CallId)
            .AddHeader(ClusterHeaders.Trunk, invite.Trunk)
            .AddHeader(EdgeHeaders.SipCallId, invite.SipCallId)
            .AddHeader("Allow", Allow);
        if (invite.Epochs.ToString() is { Length: > 0 } epochs)
        {
            request.AddHeader(ClusterHeaders.Epoch, epochs);
        }

        var parts = invite.Tokens.Prepend(new SipBodyPart(SdpType, SdpWriter.WriteBytes(offer)));
        return Finish(request, invite.Headers, [.. parts]);
    }

    /// <summary>A request within the dialog.</summary>
    public SipRequest Finish(
        SipRequestBuilder request,
        IEnumerable<KeyValuePair<string, string>> headers,
        params IReadOnlyList<SipBodyPart> parts)
    {
        foreach (var (name, value) in headers)
        {
            request.AddHeader(name, value);
        }

        if (settings.Product.Length > 0)
        {
            request.AddHeader("User-Agent", settings.Product);
        }

        if (parts.Count > 0)
        {
            var body = SipMultipart.Write(parts);
            request.WithBody(body.ContentType, body.Content);
        }

        return request.Build();
    }

    public SipResponseBuilder Respond(SipServerTransaction transaction, int statusCode)
    {
        var response = transaction.CreateResponse(statusCode);
        if (transaction.Request.Method == SipMethod.Update && statusCode is >= 200 and < 300)
        {
            response.WithContact(Contact);
        }

        return statusCode is 405 or (>= 200 and < 300) ? response.AddHeader("Allow", Allow) : response;
    }

    /// <summary>What a final response or a BYE says, to be told to the carrier.</summary>
    public static SipCause ToCause(SipMessage message, int statusCode, string phrase)
    {
        var reason = message.Reasons.FirstOrDefault(r =>
            r.Protocol.Equals("Q.850", StringComparison.OrdinalIgnoreCase));
        return new SipCause(
            statusCode,
            phrase,
            reason?.Cause is { } cause and > 0 and < 128 ? cause : Q850Of(statusCode),
            CleanText(reason?.Text ?? phrase),
            message.RetryAfter);
    }

    /// <summary>What the connector says of the contact that it gives up.</summary>
    public static ContactState ContactOf(SipMessage message) =>
        !message.TryGetHeader("Farspan-Contact", out var text) ? ContactState.Unsaid
        : text == "alive" ? ContactState.Alive
        : text == "gone" ? ContactState.Gone
        : ContactState.Ended;

    // RFC 3398 §8.2.6.1, the causes that our connectors' status codes stand for.
    private static int Q850Of(int statusCode) => statusCode switch
    {
        >= 200 and < 300 => 16,
        404 => 1,
        408 or 504 => 102,
        480 => 31,
        486 or 600 => 17,
        487 => 16,
        488 or 606 => 88,
        >= 500 and < 600 => 41,
        _ => 21,
    };

    private static string CleanText(string text) =>
        new([.. text.Where(c => c is not ('"' or '\\') && !char.IsControl(c)).Take(80)]);
}
