using Farspan.Sip;

namespace Farspan.Edges;

/// <summary>
/// What of a carrier's message goes inside, and what is said there beside <see cref="Cluster.ClusterHeaders"/>.
/// </summary>
public static class EdgeHeaders
{
    /// <summary>The carrier's own Call-ID.</summary>
    public const string SipCallId = "Farspan-Sip-Call-Id";

    /// <summary>
    /// In an INVITE with a resume token: that contact cannot be joined any more; a new one is wanted, and the old
    /// one is to be stopped.
    /// </summary>
    public const string History = "Farspan-History";

    /// <summary>Header lines that are taken inside from one message; more are left out.</summary>
    public const int ForwardedMax = 64;

    private const string OwnPrefix = "Farspan-";

    /// <summary>
    /// What rules for attributes may name: everything but what belongs to the carrier's hop, dialog and body,
    /// and what only we may say.
    /// </summary>
    public static IReadOnlyList<KeyValuePair<string, string>> ToForward(SipMessage message) =>
    [
        .. message.HeaderLines
            .Where(line => !IsOfHop(line.Header)
                && !line.Name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase))
            .Take(ForwardedMax)
            .Select(line => KeyValuePair.Create(line.Name, line.Value)),
    ];

    private static bool IsOfHop(SipHeader header) => IsOfDialog(header) || header is
        SipHeader.Accept or SipHeader.AcceptEncoding or SipHeader.AcceptLanguage or SipHeader.Allow
        or SipHeader.AllowEvents or SipHeader.Authorization or SipHeader.ContentDisposition
        or SipHeader.ContentEncoding or SipHeader.ContentLanguage or SipHeader.ContentLength
        or SipHeader.ContentType or SipHeader.Date or SipHeader.Expires or SipHeader.MimeVersion
        or SipHeader.MinSe or SipHeader.Path or SipHeader.ProxyAuthorization or SipHeader.ProxyRequire
        or SipHeader.RAck or SipHeader.Require or SipHeader.RSeq or SipHeader.Server or SipHeader.ServiceRoute
        or SipHeader.SessionExpires or SipHeader.Supported or SipHeader.Timestamp or SipHeader.Unsupported
        or SipHeader.UserAgent;

    private static bool IsOfDialog(SipHeader header) => header is
        SipHeader.Via or SipHeader.From or SipHeader.To or SipHeader.CallId or SipHeader.CSeq
        or SipHeader.Contact or SipHeader.MaxForwards or SipHeader.Route or SipHeader.RecordRoute
        or SipHeader.Replaces or SipHeader.Join;
}
