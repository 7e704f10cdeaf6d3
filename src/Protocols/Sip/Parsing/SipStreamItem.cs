namespace Farspan.Sip;

/// <summary>What <see cref="SipStreamFramer.Read"/> found next in a byte stream.</summary>
public enum SipStreamItem
{
    /// <summary>Nothing whole yet; append what arrives next.</summary>
    None,

    /// <summary>A message, to be parsed with <see cref="SipFraming.Stream"/>.</summary>
    Message,

    /// <summary>A double CRLF, to be answered with a single one (RFC 5626 §3.5.1).</summary>
    Ping,

    /// <summary>The answer to our ping.</summary>
    Pong,

    /// <summary>
    /// The end of a message cannot be told. The bytes are its head, which <see cref="SipParser"/> refuses
    /// with the reason; the connection must be closed (RFC 3261 §18.3).
    /// </summary>
    Broken,
}
