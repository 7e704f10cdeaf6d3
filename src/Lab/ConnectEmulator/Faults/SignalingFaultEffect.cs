namespace Farspan.ConnectEmulator;

/// <summary>What a <see cref="SignalingFault"/> does.</summary>
public enum SignalingFaultEffect
{
    /// <summary>What was due is not sent; the frame that came is not acted upon, a LEAVE excepted.</summary>
    Silence,

    /// <summary>The socket is closed with the code.</summary>
    Close,

    /// <summary>The connection is cut without a close (1006 at the client).</summary>
    Abort,

    /// <summary>
    /// At the upgrade: an HTTP status instead of it. Elsewhere the same as <see cref="Close"/>.
    /// </summary>
    Refuse,
}
