namespace Farspan.Stun;

/// <summary>
/// How a client reaches its TURN server (RFC 8656 §3.1). The server talks UDP to peers in every case.
/// </summary>
public enum TurnTransport
{
    Udp,
    Tcp,
}
