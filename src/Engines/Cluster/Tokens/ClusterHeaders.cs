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

    /// <summary><see cref="CallEpochs"/>.</summary>
    public const string Epoch = "Farspan-Epoch";

    /// <summary>What an INVITE with a resume token wants of the contact: <see cref="ContactResume"/> if absent, or
    /// <see cref="ContactReplace"/>.</summary>
    public const string Contact = "Farspan-Contact";

    /// <summary>The same seat in the same meeting.</summary>
    public const string ContactResume = "resume";

    /// <summary>A new contact that continues the one of the token, which is to be stopped.</summary>
    public const string ContactReplace = "replace";

    /// <summary>The body part of a sealed <see cref="CallerToken"/>.</summary>
    public const string CallerType = "application/vnd.farspan.caller";

    /// <summary>The body part of a sealed <see cref="ResumeToken"/>.</summary>
    public const string ResumeType = "application/vnd.farspan.resume";
}
