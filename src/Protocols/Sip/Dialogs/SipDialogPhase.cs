namespace Farspan.Sip;

/// <summary>How far a dialog has come (RFC 3261 §12).</summary>
public enum SipDialogPhase
{
    /// <summary>Made by a provisional response.</summary>
    Early,

    /// <summary>Made or confirmed by a 2xx.</summary>
    Confirmed,

    /// <summary>Ended by a BYE, or by an answer that says that the peer knows nothing of it.</summary>
    Terminated,
}
