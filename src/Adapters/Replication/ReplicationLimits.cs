using Farspan.Cluster;

namespace Farspan.Replication;

/// <summary>Limits of what stores send each other.</summary>
public static class ReplicationLimits
{
    /// <summary>A question: a vector of all writers there may be.</summary>
    public const int RequestBytesMax = 2 * 1024 * 1024;

    /// <summary>An answer: full pages of changes and of rows, in base 64 and escaped.</summary>
    public const int AnswerBytesMax = 64 * 1024 * 1024;

    /// <summary>How long a question may ask to be held.</summary>
    public static readonly TimeSpan HoldMax = TimeSpan.FromSeconds(10);

    /// <summary>Connections at a time: all nodes of a large cluster, a few each.</summary>
    public const int ConnectionsMax = 512;

    /// <summary>Attempts to join a minute, from everywhere.</summary>
    public const int JoinsPerMinuteMax = 30;

    /// <summary>Roles and addresses of a node.</summary>
    public const int RegistrationItemsMax = 64;

    /// <summary>Rows in an answer.</summary>
    public const int RowsPerAnswerMax = ClusterLimits.RowsPerAnswerMax;
}
