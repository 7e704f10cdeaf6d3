namespace Farspan.Cluster;

/// <summary>What the addresses in a registration are for.</summary>
public static class NodeAddressUse
{
    /// <summary>SIP from carriers.</summary>
    public const string Carrier = "carrier";

    /// <summary>SIP between edges and connectors.</summary>
    public const string Sip = "sip";

    /// <summary>Heartbeats between edges and connectors.</summary>
    public const string Heartbeat = "heartbeat";

    /// <summary>The administration API.</summary>
    public const string Admin = "admin";

    /// <summary>Replication between stores.</summary>
    public const string Replication = "replication";
}
