namespace Farspan.Sip;

/// <summary>
/// A reusable index of one message at a time, for elements that forward without keeping anything: one for
/// each receiving thread, no allocation per message.
/// </summary>
public sealed class SipHeaderIndex
{
    private readonly SipHeaderField[] _fields = new SipHeaderField[SipLimits.MaxHeaderLines];

    /// <summary>
    /// Parses and checks a message as <see cref="SipParser"/> does. The view is good until the next call
    /// and for as
    /// long as the bytes stay in place.
    /// </summary>
    /// <remarks>
    /// The error carries no <see cref="SipParseError.Rejection"/>: whoever wants to answer asks the
    /// parser.
    /// </remarks>
    public bool TryParse(
        ReadOnlySpan<byte> message,
        SipFraming framing,
        out SipMessageView view,
        out SipParseError error)
    {
        message = SipIndexer.SkipLeadingLines(message);
        var indexer = new SipIndexer(message, _fields);
        var isIndexed = indexer.TryIndex(framing);
        view = new SipMessageView(message, _fields, indexer.Layout);
        error = indexer.Error;
        return isIndexed && SipMessageCheck.TryCheck(view, out error);
    }
}
