namespace Farspan.Sip;

/// <summary>
/// All that a dialog is (RFC 3261 §12, table of its state), as a value: to be sealed into a token and taken
/// up by another node.
/// </summary>
/// <param name="CallId">The Call-ID.</param>
/// <param name="Local">Our From or To, with our tag.</param>
/// <param name="Remote">The peer's From or To, with its tag if it has one.</param>
/// <param name="Contact">Where the peer sends its requests to.</param>
/// <param name="RemoteTarget">Where we send our requests to.</param>
/// <param name="RouteSet">The proxies between, ours first.</param>
public sealed record SipDialogState(
    string CallId,
    NameAddress Local,
    NameAddress Remote,
    NameAddress Contact,
    SipUri RemoteTarget,
    IReadOnlyList<NameAddress> RouteSet)
{
    public SipDialogPhase Phase { get; init; }

    /// <summary>Whether we sent the request that made the dialog: then the Call-ID is ours.</summary>
    public bool IsCaller { get; init; }

    /// <summary>CSeq number of our last request; 0 before the first.</summary>
    public uint LocalSequence { get; init; }

    /// <summary>Highest CSeq number of the peer's requests; null before the first.</summary>
    public uint? RemoteSequence { get; init; }
}
