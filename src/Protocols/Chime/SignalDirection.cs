namespace Farspan.Chime;

/// <summary>Who sends a frame: the type byte in front of it. Both are accepted from either side.</summary>
public enum SignalDirection : byte
{
    ServerToClient = 0x02,
    ClientToServer = 0x05,
}
