namespace Farspan.Sip;

/// <summary>What an <see cref="AcceptedInvite"/> asks for (RFC 3261 §13.3.1.4).</summary>
public enum AcceptedInviteEffect
{
    /// <summary>Nothing is due.</summary>
    None,

    /// <summary>Send the 2xx again.</summary>
    Retransmit,

    /// <summary>No ACK came: end the dialog with a BYE.</summary>
    GiveUp,
}
