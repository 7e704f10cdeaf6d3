namespace Farspan.Sip;

/// <summary>
/// What changes in a request that is forwarded (RFC 3261 §16.6); the rest stays byte for byte.
/// </summary>
/// <remarks>The values are ours and are written as they are: no line ends in them.</remarks>
public ref struct SipForwardEdits
{
    /// <summary>Our Via, without the header name; required.</summary>
    public ReadOnlySpan<byte> Via { get; set; }

    /// <summary>The new Request-URI; empty to keep the old.</summary>
    public ReadOnlySpan<byte> RequestUri { get; set; }

    /// <summary>Our Record-Route, without the header name; empty to stay out of the dialog.</summary>
    public ReadOnlySpan<byte> RecordRoute { get; set; }

    /// <summary>Whether the topmost Route value, which was ours, goes (RFC 3261 §16.4).</summary>
    public bool RemovesTopRoute { get; set; }

    /// <summary>
    /// Address the request came from, noted in the received top Via (RFC 3261 §18.2.1); empty to note
    /// nothing.
    /// </summary>
    public ReadOnlySpan<byte> ReceivedAddress { get; set; }

    /// <summary>Port it came from, noted if the top Via asks for it (RFC 3581 §4).</summary>
    public int ReceivedPort { get; set; }
}
