namespace Farspan.Sip;

/// <summary>A response (RFC 3261 §7.2).</summary>
public sealed class SipResponse : SipMessage
{
    internal SipResponse(byte[] bytes, SipHeaderField[] fields, in SipLayout layout)
        : base(bytes, fields, layout) =>
        StatusCode = layout.StatusCode;

    public int StatusCode { get; }

    /// <summary>For people; may be empty.</summary>
    public string ReasonPhrase => SipText.Decode(View.ReasonPhrase);

    public bool IsProvisional => StatusCode < 200;

    public bool IsSuccess => StatusCode is >= 200 and < 300;

    public bool IsFinal => StatusCode >= 200;

    /// <summary>A redirection or an error: every final response but a 2xx.</summary>
    public bool IsFailure => StatusCode >= 300;
}
