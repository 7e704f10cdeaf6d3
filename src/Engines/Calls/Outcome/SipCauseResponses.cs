using Farspan.Sip;

namespace Farspan.Calls;

/// <summary>Makes the final response that tells the carrier a <see cref="SipCause"/>.</summary>
internal static class SipCauseResponses
{
    /// <summary>With Reason, and Retry-After where a repeat can help (RFC 3261 §20.33, RFC 3326).</summary>
    public static SipResponseBuilder CreateRefusal(this SipServerTransaction transaction, SipCause cause)
    {
        var response = transaction.CreateResponse(cause.StatusCode, cause.ReasonPhrase)
            .AddHeader(SipHeader.Reason, cause.ReasonHeader);
        return cause.RetryAfter is { } retryAfter
            ? response.AddHeader(SipHeader.RetryAfter, $"{(long)Math.Ceiling(retryAfter.TotalSeconds)}")
            : response;
    }
}
