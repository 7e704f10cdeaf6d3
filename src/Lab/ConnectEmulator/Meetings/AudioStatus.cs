namespace Farspan.ConnectEmulator;

/// <summary>The values of AUDIO_STATUS that the emulator sends by itself (Chime SDK signalling).</summary>
internal static class AudioStatus
{
    public const uint JoinedFromAnotherDevice = 301;

    public const uint MeetingEnded = 410;

    public const uint AttendeeRemoved = 411;
}
