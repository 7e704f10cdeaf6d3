namespace Farspan.Calls;

/// <summary>
/// What the carrier is told about an outcome: the final response where the call was not answered, and the
/// Reason header (RFC 3326) of the response or the BYE.
/// </summary>
/// <param name="StatusCode">SIP status (RFC 3261 §21).</param>
/// <param name="ReasonPhrase">Its phrase.</param>
/// <param name="Q850Cause">ITU-T Q.850 cause for the Reason header.</param>
/// <param name="Text">Short text of the Reason header: what to look for.</param>
/// <param name="RetryAfter">Sent as Retry-After; null where a repeat cannot help.</param>
public sealed record SipCause(
    int StatusCode,
    string ReasonPhrase,
    int Q850Cause,
    string Text,
    TimeSpan? RetryAfter = null)
{
    /// <summary>The value of the Reason header, Q.850 form (RFC 3326 §2).</summary>
    public string ReasonHeader => $"Q.850;cause={Q850Cause};text=\"{Text}\"";
}
