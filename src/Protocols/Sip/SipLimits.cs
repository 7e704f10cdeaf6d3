namespace Farspan.Sip;

/// <summary>What a SIP message may cost us; beyond these a message is refused, never truncated.</summary>
public static class SipLimits
{
    /// <summary>Largest message, start line to end of body; offsets in an index are 16 bits wide.</summary>
    public const int MaxMessageBytes = 65_535;

    /// <summary>Header lines in a message.</summary>
    public const int MaxHeaderLines = 256;

    /// <summary>Values in one kind of list header (Via, Route, Record-Route, Contact).</summary>
    public const int MaxValuesPerHeader = 128;

    /// <summary>Parameters on one header value or one URI.</summary>
    public const int MaxParameters = 64;

    /// <summary>Longest Request-URI; a longer one is answered with 414.</summary>
    public const int MaxRequestUriBytes = 4_096;

    /// <summary>Longest method name.</summary>
    public const int MaxMethodBytes = 64;

    /// <summary>
    /// What a request starts with, and what replaces an unreadable value (RFC 3261 §8.1.1.6).
    /// </summary>
    public const int DefaultMaxForwards = 70;

    /// <summary>Highest legal Max-Forwards (RFC 3261 §20.22).</summary>
    public const int MaxMaxForwards = 255;
}
