namespace Farspan.Topology;

/// <summary>What hides a link's traffic from those who carry it.</summary>
public enum LinkEncryption
{
    None,

    /// <summary>IEEE 802.1AE on the ports.</summary>
    Macsec,

    /// <summary>IKEv2 and ESP (RFC 7296, RFC 4303).</summary>
    Ipsec,
}
