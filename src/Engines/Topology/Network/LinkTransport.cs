namespace Farspan.Topology;

/// <summary>How Google Cloud and AWS are joined.</summary>
public enum LinkTransport
{
    /// <summary>
    /// AWS Interconnect with Google's Partner Cross-Cloud Interconnect: both providers run the links and the
    /// BGP sessions.
    /// </summary>
    PartnerCrossCloud,

    /// <summary>Google's Cross-Cloud Interconnect to AWS Direct Connect; BGP and BFD are ours.</summary>
    CrossCloud,

    /// <summary>
    /// A Dedicated Interconnect and a Direct Connect that meet in our own router in a colo.
    /// </summary>
    Colo,

    /// <summary>HA VPN to VPN attachments of the transit gateway, over the Internet.</summary>
    HaVpn,
}
