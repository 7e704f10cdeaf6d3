namespace Farspan.Sip;

/// <summary>How a transaction ended (RFC 3261 §17).</summary>
public enum SipTransactionOutcome
{
    /// <summary>It had its final response, and the time for absorbing retransmissions is over.</summary>
    Completed,

    /// <summary>The peer stayed silent: Timer B, F or H, or no final response after a CANCEL.</summary>
    TimedOut,

    /// <summary>The transport could not carry its messages.</summary>
    TransportFailed,
}
