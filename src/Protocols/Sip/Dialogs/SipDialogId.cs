namespace Farspan.Sip;

/// <summary>Names a dialog as one of its sides sees it (RFC 3261 §12).</summary>
/// <param name="CallId">The Call-ID.</param>
/// <param name="LocalTag">Our tag.</param>
/// <param name="RemoteTag">The peer's tag; empty for peers of RFC 2543, which have none.</param>
public readonly record struct SipDialogId(string CallId, string LocalTag, string RemoteTag)
{
    /// <summary>The dialog that a request from the peer names; its local tag is empty outside of
    /// one.</summary>
    public static SipDialogId OfReceived(SipRequest request) =>
        new(request.CallId, request.To.Tag ?? "", request.From.Tag ?? "");

    /// <summary>The dialog that a response from the peer names.</summary>
    public static SipDialogId OfReceived(SipResponse response) =>
        new(response.CallId, response.From.Tag ?? "", response.To.Tag ?? "");

    /// <summary>Our tags are random: they alone are hashed.</summary>
    public override int GetHashCode() => LocalTag.GetHashCode(StringComparison.Ordinal);

    public bool Equals(SipDialogId other) =>
        CallId == other.CallId && LocalTag == other.LocalTag && RemoteTag == other.RemoteTag;
}
