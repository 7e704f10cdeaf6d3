namespace Farspan.ConnectEmulator;

/// <summary>Something done, on request, to the open signalling connections of a contact's customer.</summary>
public enum SignalingDisturbance
{
    /// <summary>Close with a code.</summary>
    Close,

    /// <summary>Cut without a close.</summary>
    Abort,

    /// <summary>Send AUDIO_STATUS with a status, and nothing else.</summary>
    AudioStatus,
}
