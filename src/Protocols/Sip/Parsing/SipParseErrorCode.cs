namespace Farspan.Sip;

/// <summary>The faults a peer's message can have; see <see cref="SipParseError"/>.</summary>
public enum SipParseErrorCode
{
    None,

    /// <summary>Nothing but line ends: a keep-alive, not a message (RFC 5626 §3.5.1).</summary>
    Empty,

    /// <summary>More than <see cref="SipLimits.MaxMessageBytes"/>.</summary>
    TooLarge,

    /// <summary>The header section does not end.</summary>
    Truncated,

    /// <summary>The first line is neither a Request-Line nor a Status-Line.</summary>
    BadStartLine,

    /// <summary>The version is not SIP/2.0.</summary>
    UnsupportedVersion,

    BadRequestUri,

    RequestUriTooLong,

    /// <summary>The status is not between 100 and 699.</summary>
    BadStatusCode,

    /// <summary>A CR or LF that is not part of CRLF.</summary>
    BareLineEnd,

    /// <summary>A line without a header name and a colon.</summary>
    BadHeaderLine,

    TooManyHeaders,

    TooManyValues,

    MissingHeader,

    DuplicateHeader,

    BadHeaderValue,

    /// <summary>The method of the CSeq is not the one of the Request-Line.</summary>
    CSeqMethodMismatch,

    /// <summary>The same, with a method we do not know (RFC 4475 §3.1.2.18 prefers a 501).</summary>
    UnknownMethodMismatch,

    /// <summary>Fewer bytes arrived than the Content-Length promises.</summary>
    BodyTruncated,
}
