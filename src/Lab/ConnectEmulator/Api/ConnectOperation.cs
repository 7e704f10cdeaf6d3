namespace Farspan.ConnectEmulator;

/// <summary>
/// The operations of Amazon Connect and of its participant service that the emulator knows.
/// </summary>
public enum ConnectOperation
{
    StartWebRtcContact,
    StopContact,
    UpdateContactAttributes,
    GetContactAttributes,
    CreateParticipant,
    CreateParticipantConnection,
    SendMessage,
    DisconnectParticipant,
}
