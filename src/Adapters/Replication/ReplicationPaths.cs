namespace Farspan.Replication;

/// <summary>Where stores talk to each other; only members of the cluster are let in.</summary>
public static class ReplicationPaths
{
    /// <summary>POST what one has; the answer is what one lacks. It may be held back for a while.</summary>
    public const string Pull = "/replication/v1/pull";

    /// <summary>GET the cluster's keys.</summary>
    public const string Keys = "/replication/v1/keys";

    /// <summary>
    /// POST a signing request to the node with the authority; the answer is a new certificate.
    /// </summary>
    public const string Certificate = "/replication/v1/certificate";
}
