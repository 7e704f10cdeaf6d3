namespace Farspan.Rtp;

/// <summary>What arrives on one port of a media transport (RFC 7983 §7).</summary>
public enum DatagramKind
{
    Unknown,
    Stun,
    Dtls,
    TurnChannel,
    Rtp,
    Rtcp,
}
