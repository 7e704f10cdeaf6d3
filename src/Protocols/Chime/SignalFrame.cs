using System.Diagnostics.CodeAnalysis;

namespace Farspan.Chime;

/// <summary>
/// One message of the Chime signalling protocol: a type byte and a proto2 <c>SdkSignalFrame</c>.
/// The family is closed; the client and the emulator's server side use the same types.
/// </summary>
/// <remarks>Null means "absent on the wire" wherever presence has a meaning of its own.</remarks>
public abstract record SignalFrame
{
    private protected SignalFrame()
    {
    }

    /// <summary>The sender's wall clock, in milliseconds since 1970.</summary>
    public ulong TimestampMs { get; init; }

    /// <summary>The number on the wire; see <see cref="SignalFrameType"/>.</summary>
    public abstract int TypeNumber { get; }

    /// <summary>
    /// Reads one WebSocket message. False, with the reason, for anything that is not a frame.
    /// </summary>
    public static bool TryDecode(
        ReadOnlySpan<byte> message,
        [NotNullWhen(true)] out SignalFrame? frame,
        out SignalFrameError error)
    {
        error = SignalFrameReader.Read(message, out frame);
        return error == SignalFrameError.None;
    }

    /// <summary>The bytes of one WebSocket message.</summary>
    public byte[] Encode(SignalDirection direction) => SignalFrameWriter.Write(this, direction);

    private protected static bool TryGetSdp(
        string? plain, ReadOnlyMemory<byte>? compressed, [NotNullWhen(true)] out string? sdp)
    {
        sdp = plain is { Length: > 0 } ? plain : null;
        return sdp is not null || (compressed is { } bytes && CompressedSdp.TryInflate(bytes.Span, out sdp));
    }
}

/// <summary>JOIN: the first frame of a client.</summary>
public sealed record JoinFrame : SignalFrame
{
    public uint? ProtocolVersion { get; init; }

    /// <summary>Left out by us: zero was seen to be answered as "at capacity".</summary>
    public uint? MaxNumOfVideos { get; init; }

    public JoinFlags? Flags { get; init; }

    public ClientDetails? ClientDetails { get; init; }

    /// <summary>Chosen once for an attendee's audio and kept through every rejoin.</summary>
    public ulong? AudioSessionId { get; init; }

    public bool? WantsCompressedSdp { get; init; }

    /// <summary>1 is "default".</summary>
    public uint? ServerSideNetworkAdaption { get; init; }

    public override int TypeNumber => (int)SignalFrameType.Join;
}

/// <summary>JOIN_ACK: with TURN credentials the client is to use relay candidates only.</summary>
public sealed record JoinAckFrame : SignalFrame
{
    public ChimeTurnCredentials? TurnCredentials { get; init; }

    public uint? VideoSubscriptionLimit { get; init; }

    public bool? WantsCompressedSdp { get; init; }

    public override int TypeNumber => (int)SignalFrameType.JoinAck;
}

/// <summary>SUBSCRIBE: the client's offer. The client always offers, the server never does.</summary>
public sealed record SubscribeFrame : SignalFrame
{
    public StreamDuplex? Duplex { get; init; }

    public IReadOnlyList<StreamDescriptor> SendStreams { get; init; } = [];

    public IReadOnlyList<uint> ReceiveStreamIds { get; init; } = [];

    public string? SdpOffer { get; init; }

    public string? AudioHost { get; init; }

    public bool? AudioCheckin { get; init; }

    public bool? AudioMuted { get; init; }

    /// <summary>Raw deflate of the offer, see <see cref="CompressedSdp"/>.</summary>
    public ReadOnlyMemory<byte>? CompressedSdpOffer { get; init; }

    public override int TypeNumber => (int)SignalFrameType.Subscribe;

    /// <summary>The offer, in whichever form it came.</summary>
    public bool TryGetOffer([NotNullWhen(true)] out string? sdp) =>
        TryGetSdp(SdpOffer, CompressedSdpOffer, out sdp);
}

/// <summary>SUBSCRIBE_ACK: the server's answer.</summary>
public sealed record SubscribeAckFrame : SignalFrame
{
    public StreamDuplex? Duplex { get; init; }

    public IReadOnlyList<StreamAllocation> Allocations { get; init; } = [];

    public string? SdpAnswer { get; init; }

    public IReadOnlyList<TrackMapping> Tracks { get; init; } = [];

    /// <summary>Raw deflate of the answer, see <see cref="CompressedSdp"/>.</summary>
    public ReadOnlyMemory<byte>? CompressedSdpAnswer { get; init; }

    public override int TypeNumber => (int)SignalFrameType.SubscribeAck;

    /// <summary>The answer, in whichever form it came.</summary>
    public bool TryGetAnswer([NotNullWhen(true)] out string? sdp) =>
        TryGetSdp(SdpAnswer, CompressedSdpAnswer, out sdp);
}

/// <summary>INDEX: the streams of the meeting. For audio its arrival is what matters.</summary>
public sealed record IndexFrame : SignalFrame
{
    public bool? IsAtCapacity { get; init; }

    public IReadOnlyList<StreamDescriptor> Sources { get; init; } = [];

    public uint? NumParticipants { get; init; }

    public override int TypeNumber => (int)SignalFrameType.Index;
}

/// <summary>LEAVE: the client goes. Sent by a server it means nothing.</summary>
public sealed record LeaveFrame : SignalFrame
{
    public override int TypeNumber => (int)SignalFrameType.Leave;
}

/// <summary>LEAVE_ACK.</summary>
public sealed record LeaveAckFrame : SignalFrame
{
    public override int TypeNumber => (int)SignalFrameType.LeaveAck;
}

/// <summary>AUDIO_CONTROL: the client muted or unmuted itself.</summary>
public sealed record AudioControlFrame : SignalFrame
{
    public bool? IsMuted { get; init; }

    public override int TypeNumber => (int)SignalFrameType.AudioControl;
}

/// <summary>AUDIO_METADATA: volume and signal strength of the attendees.</summary>
public sealed record AudioMetadataFrame : SignalFrame
{
    public IReadOnlyList<AudioAttendeeState> AttendeeStates { get; init; } = [];

    public override int TypeNumber => (int)SignalFrameType.AudioMetadata;
}

/// <summary>AUDIO_STREAM_ID_INFO: changes of the roster.</summary>
public sealed record AudioStreamIdInfoFrame : SignalFrame
{
    public IReadOnlyList<AudioStreamIdInfo> Streams { get; init; } = [];

    public override int TypeNumber => (int)SignalFrameType.AudioStreamIdInfo;
}

/// <summary>PING_PONG: either side may ping; a pong repeats the id.</summary>
public sealed record PingPongFrame(bool IsPong, uint PingId) : SignalFrame
{
    public override int TypeNumber => (int)SignalFrameType.PingPong;
}

/// <summary>AUDIO_STATUS: what became of the audio, in numbers that look like HTTP's.</summary>
public sealed record AudioStatusFrame(uint Status) : SignalFrame
{
    public override int TypeNumber => (int)SignalFrameType.AudioStatus;
}

/// <summary>DATA_MESSAGE: application messages between attendees.</summary>
public sealed record DataMessageFrame : SignalFrame
{
    public IReadOnlyList<DataMessage> Messages { get; init; } = [];

    public override int TypeNumber => (int)SignalFrameType.DataMessage;
}

/// <summary>NOTIFICATION: a text for the log.</summary>
public sealed record NotificationFrame(NotificationLevel Level, string Message) : SignalFrame
{
    public override int TypeNumber => (int)SignalFrameType.Notification;
}

/// <summary>
/// A frame of any type that carries an error with a status other than 0; its body does not matter.
/// </summary>
public sealed record ErrorFrame(int Type, uint Status, string Description) : SignalFrame
{
    public override int TypeNumber => Type;
}

/// <summary>A well-formed frame of a type that audio does not need; to be ignored.</summary>
public sealed record UnknownFrame(int Type) : SignalFrame
{
    public override int TypeNumber => Type;
}
