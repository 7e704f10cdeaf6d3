namespace Farspan.Sip;

/// <summary>
/// What is left of a request that could not be parsed: enough to answer it statelessly. It echoes the
/// headers as they came, readable or not (RFC 3261 §8.2.6.2, §16.3).
/// </summary>
public sealed class SipRejection
{
    /// <summary>Header lines after the top Via; the To comes last and lacks its line end.</summary>
    private readonly byte[] _echo;
    private readonly bool _needsToTag;
    private readonly bool _hasTo;

    private SipRejection(SipParseError error, Via topVia, SipMessageView view)
    {
        StatusCode = error.StatusCode;
        ReasonPhrase = error.ReasonPhrase;
        TopVia = topVia;
        CallId = SipText.Decode(view.CallId);
        _echo = CopyEcho(view);
        _hasTo = view.TryGetHeader(SipHeader.To, out _);
        _needsToTag = _hasTo && view.ToTag.IsEmpty;
    }

    public int StatusCode { get; }

    public string ReasonPhrase { get; }

    /// <summary>Where the answer goes.</summary>
    public Via TopVia { get; }

    /// <summary>For the log; empty if there was none.</summary>
    public string CallId { get; }

    /// <summary>Writes the answer.</summary>
    /// <param name="toTag">Our tag, used if the request has none.</param>
    /// <param name="topVia">The top Via with its source noted; null for the one received.</param>
    public byte[] WriteResponse(string toTag, Via? topVia = null)
    {
        using var writer = new SipTextWriter(_echo.Length + 256);
        writer.StatusLine(StatusCode, ReasonPhrase);
        writer.Header(SipHeader.Via, (topVia ?? TopVia).ToString());
        writer.Raw(_echo);
        if (_needsToTag)
        {
            writer.Text($";tag={toTag}");
        }

        if (_hasTo)
        {
            writer.Raw("\r\n"u8);
        }

        writer.Finish([]);
        return writer.Written.ToArray();
    }

    /// <summary>
    /// Null if the message is no request, is an ACK, or has no Via that tells where to answer.
    /// </summary>
    internal static SipRejection? For(SipMessageView view, SipParseError error)
    {
        if (view.MethodName.IsEmpty || view.Method == SipMethod.Ack)
        {
            return null;
        }

        var scanner = new SipScanner(view.First(SipHeader.Via));
        return Via.TryRead(ref scanner, out var topVia) ? new SipRejection(error, topVia, view) : null;
    }

    private static byte[] CopyEcho(SipMessageView view)
    {
        using var writer = new SipTextWriter(512);
        writer.ViasBelowTop(view);
        CopyHeader(view, SipHeader.From, writer);
        CopyHeader(view, SipHeader.CallId, writer);
        CopyHeader(view, SipHeader.CSeq, writer);
        if (view.TryGetHeader(SipHeader.To, out var to))
        {
            writer.HeaderName(SipHeader.To);
            writer.Text(to);
        }

        return writer.Written.ToArray();
    }

    private static void CopyHeader(SipMessageView view, SipHeader header, SipTextWriter writer)
    {
        if (view.TryGetHeader(header, out var value))
        {
            writer.Header(header, value);
        }
    }
}
