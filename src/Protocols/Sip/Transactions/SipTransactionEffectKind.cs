namespace Farspan.Sip;

/// <summary>What a transaction asks its owner to do (RFC 3261 §17).</summary>
public enum SipTransactionEffectKind
{
    /// <summary>Hand the message to the transport.</summary>
    Send,

    /// <summary>Hand the message to the transaction user.</summary>
    Deliver,

    /// <summary>Tell the transaction user that the transport failed; the transaction goes on.</summary>
    ReportTransportFailure,

    /// <summary>Forget the transaction; the last effect of each.</summary>
    Finish,
}
