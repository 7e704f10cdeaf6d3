namespace Farspan.Cluster;

/// <summary>
/// The names that edges and connectors use beside those of SIP, in header fields and content types (decision 0015).
/// </summary>
public static class ClusterHeaders
{
    /// <summary>Our id of the call, one for both of its halves.</summary>
    public const string Call = "Farspan-Call";

    /// <summary>The carrier's trunk, by its name at the edge.</summary>
    public const string Trunk = "Farspan-Trunk";

    /// <summary>The Call-ID of the carrier's own dialog.</summary>
    public const string SipCallId = "Farspan-Sip-Call-Id";

    /// <summary><see cref="CallEpochs"/>.</summary>
    public const string Epoch = "Farspan-Epoch";

    /// <summary>
    /// In an INVITE with a resume token: that contact cannot be joined any more; a new one is wanted, and the old one
    /// is to be stopped.
    /// </summary>
    public const string History = "Farspan-History";

    /// <summary>
    /// What a connector that gives a call up, in a final response or a BYE, says about its contact: one of the three
    /// below.
    /// </summary>
    public const string Contact = "Farspan-Contact";

    /// <summary>It lives: another connector can take it over with the token.</summary>
    public const string ContactAlive = "alive";

    /// <summary>It cannot be had any more: a new one is needed if the call is to go on.</summary>
    public const string ContactGone = "gone";

    /// <summary>It came to its own end, as did the call.</summary>
    public const string ContactEnded = "ended";

    /// <summary>The body part of a sealed <see cref="CallerToken"/>.</summary>
    public const string CallerType = "application/vnd.farspan.caller";

    /// <summary>The body part of a sealed <see cref="ResumeToken"/>.</summary>
    public const string ResumeType = "application/vnd.farspan.resume";
}
