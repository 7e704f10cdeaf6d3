namespace Farspan.Sip;

/// <summary>
/// Why a message was refused, where, and what may be answered (RFC 3261 §16.3, §18.3, §21.4.1).
/// </summary>
/// <param name="Code">What is wrong.</param>
/// <param name="Header">The header concerned; <see cref="SipHeader.Other"/> when none is.</param>
/// <param name="Offset">The byte of the message at which it was noticed.</param>
public readonly record struct SipParseError(SipParseErrorCode Code, SipHeader Header, int Offset)
{
    /// <summary>
    /// The request to answer; null for a response, an ACK, or when no usable Via was found.
    /// </summary>
    public SipRejection? Rejection { get; init; }

    /// <summary>The status to answer with.</summary>
    public int StatusCode => Code switch
    {
        SipParseErrorCode.RequestUriTooLong => 414,
        SipParseErrorCode.UnknownMethodMismatch => 501,
        SipParseErrorCode.UnsupportedVersion => 505,
        SipParseErrorCode.TooLarge => 513,
        _ => 400,
    };

    /// <summary>The reason phrase to answer with; it names the fault, never quotes the peer.</summary>
    public string ReasonPhrase => Code switch
    {
        SipParseErrorCode.MissingHeader => $"Missing {SipHeaderTable.Name(Header)}",
        SipParseErrorCode.DuplicateHeader => $"More Than One {SipHeaderTable.Name(Header)}",
        SipParseErrorCode.BadHeaderValue => $"Bad {SipHeaderTable.Name(Header)}",
        SipParseErrorCode.TooManyValues => $"Too Many {SipHeaderTable.Name(Header)} Values",
        SipParseErrorCode.RequestUriTooLong => "Request-URI Too Long",
        SipParseErrorCode.UnknownMethodMismatch => "Not Implemented",
        SipParseErrorCode.UnsupportedVersion => "Version Not Supported",
        SipParseErrorCode.TooLarge => "Message Too Large",
        SipParseErrorCode.BadRequestUri => "Bad Request-URI",
        SipParseErrorCode.CSeqMethodMismatch => "CSeq Method Mismatch",
        SipParseErrorCode.BodyTruncated => "Body Shorter Than Content-Length",
        _ => "Bad Request",
    };

    public override string ToString() =>
        Header == SipHeader.Other
            ? $"{Code} at {Offset}"
            : $"{Code} ({SipHeaderTable.Name(Header)}) at {Offset}";
}
