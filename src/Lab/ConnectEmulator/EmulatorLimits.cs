namespace Farspan.ConnectEmulator;

/// <summary>The sizes beyond which the emulator refuses or forgets.</summary>
public static class EmulatorLimits
{
    /// <summary>Of all attributes of a contact together, keys and values.</summary>
    public const int AttributesBytes = 32_768;

    public const int ClientTokenChars = 500;

    public const int DisplayNameChars = 256;

    public const int RequestBodyBytes = 256 * 1024;

    public const int SignalingMessageBytes = 256 * 1024;

    /// <summary>Frames that wait for a slow client before its socket is aborted.</summary>
    public const int SignalingBacklogFrames = 1024;

    /// <summary>Contacts remembered; beyond that the oldest completed ones are forgotten.</summary>
    public const int RetainedContacts = 10_000;

    /// <summary>Events remembered for those who ask later.</summary>
    public const int RetainedEvents = 10_000;

    /// <summary>Client tokens remembered.</summary>
    public const int RetainedClientTokens = 100_000;

    public const int PageAgents = 1_000;

    public const int Faults = 1_000;

    /// <summary>Messages of one contact whose ClientToken is remembered.</summary>
    public const int RetainedMessages = 1_000;

    /// <summary>Bytes of a WAV file that is played.</summary>
    public const int CueFileBytes = 32 * 1024 * 1024;

    /// <summary>Sounds kept encoded.</summary>
    public const int RetainedCues = 64;

    /// <summary>Tone sequences kept encoded, 3 kB each.</summary>
    public const int RetainedSequences = 2_048;

    /// <summary>Connections with media in one meeting; with more, offers are refused.</summary>
    public const int MeetingConnections = 32;

    /// <summary>Built-in agents in one meeting.</summary>
    public const int MeetingVoices = 8;

    /// <summary>Requests and reports that may wait for the media plane.</summary>
    public const int MediaBacklog = 65_536;
}
