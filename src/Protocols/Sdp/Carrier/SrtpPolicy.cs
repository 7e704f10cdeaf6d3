namespace Farspan.Sdp;

/// <summary>Whether a trunk's media may, must or must not be encrypted.</summary>
public enum SrtpPolicy
{
    Forbid,

    /// <summary>
    /// Takes RTP/SAVP where it is offered, also as RFC 8643 (keys in an RTP/AVP offer); offers RTP/AVP.
    /// </summary>
    Allow,

    Require,
}
