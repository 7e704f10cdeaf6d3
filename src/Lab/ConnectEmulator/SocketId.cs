namespace Farspan.ConnectEmulator;

/// <summary>
/// One signalling connection and the media that it negotiated: an attendee who joins again has a new one.
/// </summary>
public readonly record struct SocketId(long Value)
{
    public override string ToString() => $"socket-{Value}";
}
