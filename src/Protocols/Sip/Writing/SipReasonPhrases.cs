namespace Farspan.Sip;

/// <summary>The usual reason phrases (RFC 3261 §21 and its extensions).</summary>
public static class SipReasonPhrases
{
    /// <summary>The phrase of a status, or that of its class.</summary>
    public static string Of(int statusCode) => statusCode switch
    {
        < 200 => Provisional(statusCode),
        < 300 => statusCode == 202 ? "Accepted" : "OK",
        < 400 => statusCode == 302 ? "Moved Temporarily" : "Redirect",
        < 500 => RequestFailure(statusCode),
        < 600 => ServerFailure(statusCode),
        _ => GlobalFailure(statusCode),
    };

    private static string Provisional(int statusCode) => statusCode switch
    {
        100 => "Trying",
        180 => "Ringing",
        181 => "Call Is Being Forwarded",
        182 => "Queued",
        _ => "Session Progress",
    };

    private static string RequestFailure(int statusCode) => statusCode switch
    {
        401 => "Unauthorized",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        410 => "Gone",
        413 => "Request Entity Too Large",
        414 => "Request-URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Unsupported URI Scheme",
        420 => "Bad Extension",
        421 => "Extension Required",
        422 => "Session Interval Too Small",
        423 => "Interval Too Brief",
        429 => "Provide Referrer Identity",
        469 => "Bad Info Package",
        480 => "Temporarily Unavailable",
        481 => "Call/Transaction Does Not Exist",
        482 => "Loop Detected",
        483 => "Too Many Hops",
        484 => "Address Incomplete",
        485 => "Ambiguous",
        486 => "Busy Here",
        487 => "Request Terminated",
        488 => "Not Acceptable Here",
        489 => "Bad Event",
        491 => "Request Pending",
        493 => "Undecipherable",
        _ => "Bad Request",
    };

    private static string ServerFailure(int statusCode) => statusCode switch
    {
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Server Time-out",
        505 => "Version Not Supported",
        513 => "Message Too Large",
        580 => "Precondition Failure",
        _ => "Server Internal Error",
    };

    private static string GlobalFailure(int statusCode) => statusCode switch
    {
        600 => "Busy Everywhere",
        603 => "Decline",
        604 => "Does Not Exist Anywhere",
        606 => "Not Acceptable",
        607 => "Unwanted",
        608 => "Rejected",
        _ => "Global Failure",
    };
}
