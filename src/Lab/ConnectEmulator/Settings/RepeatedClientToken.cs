namespace Farspan.ConnectEmulator;

/// <summary>
/// What StartWebRTCContact returns for a ClientToken it has seen: AWS documents only the contact id.
/// </summary>
public enum RepeatedClientToken
{
    /// <summary>The first answer again, tokens and all.</summary>
    SameAnswer,

    /// <summary>The contact id and nothing to join with.</summary>
    ContactIdOnly,

    /// <summary>The contact id with a new attendee and new tokens for the same participant.</summary>
    NewCredentials,
}
