namespace Farspan.ConnectEmulator;

/// <summary>The moments of a signalling connection at which a fault can be injected.</summary>
public enum SignalingStage
{
    /// <summary>The WebSocket upgrade.</summary>
    Upgrade,

    /// <summary>A JOIN has come: silence is "no JOIN_ACK".</summary>
    Join,

    /// <summary>INDEX is due: silence is "no INDEX".</summary>
    Index,

    /// <summary>A SUBSCRIBE has come: silence is "no SUBSCRIBE_ACK".</summary>
    Subscribe,

    /// <summary>A PING has come: silence is "no PONG".</summary>
    Ping,

    /// <summary>A LEAVE has come: silence is "no LEAVE_ACK".</summary>
    Leave,
}
