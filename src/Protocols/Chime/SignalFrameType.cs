namespace Farspan.Chime;

/// <summary>
/// The type of a signalling frame, with its number on the wire (Chime SDK signalling protocol 2).
/// </summary>
/// <remarks>
/// Types that only video or telemetry needs have no name here; they decode to <see cref="UnknownFrame"/>.
/// </remarks>
public enum SignalFrameType
{
    Join = 1,
    JoinAck = 2,
    Subscribe = 3,
    SubscribeAck = 4,
    Index = 5,
    Leave = 9,
    LeaveAck = 10,
    AudioControl = 16,
    AudioMetadata = 17,
    AudioStreamIdInfo = 18,
    PingPong = 19,
    AudioStatus = 20,
    DataMessage = 22,
    Notification = 34,
}
