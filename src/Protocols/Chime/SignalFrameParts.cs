using Farspan.Kernel;

namespace Farspan.Chime;

/// <summary>Bits of JOIN's flags.</summary>
[Flags]
public enum JoinFlags : uint
{
    None = 0,
    SendBitrates = 1,
    HasStreamUpdate = 2,
    UseSendSideBwe = 8,
    CompleteVideoSourcesList = 16,
    ExcludeSelfContentInIndex = 32,
}

/// <summary>
/// Which way media flows. A client without video must say <see cref="Receive"/>, even though it sends
/// audio.
/// </summary>
public enum StreamDuplex
{
    Receive = 1,
    Send = 2,
    Both = 3,
}

/// <summary>What a stream carries.</summary>
public enum StreamMedia
{
    Audio = 1,
    Video = 2,
}

/// <summary>How much a notification matters to the service; <see cref="Error"/> is proto's default.</summary>
public enum NotificationLevel
{
    Info = 1,
    Warning = 2,
    Error = 3,
}

/// <summary>How a client names itself in JOIN.</summary>
public sealed record ClientDetails
{
    public string? AppName { get; init; }

    public string? AppVersion { get; init; }

    public string? PlatformName { get; init; }

    public string? PlatformVersion { get; init; }

    public string? ClientSource { get; init; }

    public string? SdkVersion { get; init; }
}

/// <summary>Long-term TURN credentials (RFC 8656 §5) for one join.</summary>
public sealed record ChimeTurnCredentials(
    string Username, Redacted<string> Password, TimeSpan Lifetime, IReadOnlyList<string> Uris);

/// <summary>One media stream, offered in SUBSCRIBE or listed in INDEX.</summary>
public sealed record StreamDescriptor
{
    public uint? StreamId { get; init; }

    public uint? Framerate { get; init; }

    public uint? MaxBitrateKbps { get; init; }

    public string? TrackLabel { get; init; }

    public uint? GroupId { get; init; }

    public uint? AverageBitrateBps { get; init; }

    public string? AttendeeId { get; init; }

    public StreamMedia? Media { get; init; }

    public string? ExternalUserId { get; init; }
}

/// <summary>The stream id that the server gave to an offered track.</summary>
public sealed record StreamAllocation(string? TrackLabel, uint? StreamId, uint? GroupId);

/// <summary>The SSRC on which the server sends a stream.</summary>
public sealed record TrackMapping(uint? StreamId, uint? Ssrc, string? TrackLabel);

/// <summary>
/// Audio level of one attendee: volume is in −dB, signal strength from 0 (bad) to 2 (good).
/// </summary>
public sealed record AudioAttendeeState(uint StreamId, uint? Volume, bool? IsMuted, uint? SignalStrength);

/// <summary>
/// One change of the roster: with an attendee id it is a join or an update, with only
/// <see cref="IsMuted"/> a mute change, with neither a departure.
/// </summary>
public sealed record AudioStreamIdInfo
{
    public uint StreamId { get; init; }

    public string? AttendeeId { get; init; }

    public bool? IsMuted { get; init; }

    public string? ExternalUserId { get; init; }

    /// <summary>With a departure: the attendee was lost rather than left.</summary>
    public bool? IsDropped { get; init; }
}

/// <summary>One message between attendees.</summary>
public sealed record DataMessage
{
    public string Topic { get; init; } = "";

    public ReadOnlyMemory<byte> Data { get; init; }

    public uint? LifetimeMs { get; init; }

    public string? SenderAttendeeId { get; init; }

    /// <summary>When the service took it; 0 says that it was throttled.</summary>
    public ulong? IngestTimeNs { get; init; }

    public string? SenderExternalUserId { get; init; }
}
