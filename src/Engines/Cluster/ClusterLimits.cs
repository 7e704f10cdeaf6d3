namespace Farspan.Cluster;

/// <summary>
/// Limits of what a cluster shares. Beyond each of them something is refused, and the refusal is a value.
/// </summary>
public static class ClusterLimits
{
    /// <summary>Of the names of clusters, regions and nodes: they become labels of a host name
    /// (RFC 1035 §2.3.1).</summary>
    public const int NameCharactersMax = 63;

    /// <summary>Of the id of a writer: a node's name and what tells its starts apart.</summary>
    public const int WriterCharactersMax = 96;

    /// <summary>Of a key of the configuration, such as <c>trunks/carrier-a</c>.</summary>
    public const int KeyCharactersMax = 256;

    /// <summary>Of a value of the configuration.</summary>
    public const int ValueCharactersMax = 64 * 1024;

    /// <summary>Keys that were ever written, those that are removed again included.</summary>
    public const int KeysMax = 20_000;

    /// <summary>Writers that were ever heard of: starts of nodes that changed something.</summary>
    public const int WritersMax = 8_192;

    /// <summary>Nodes of a cluster, those that ended within a day included.</summary>
    public const int NodesMax = 1_024;

    /// <summary>Changes of one log that are kept, the outdated ones of the retention time included.</summary>
    public const int ChangesMax = 200_000;

    /// <summary>Edits that are taken together.</summary>
    public const int EditsMax = 256;

    /// <summary>Changes in one answer to a pull.</summary>
    public const int ChangesPerAnswerMax = 512;

    /// <summary>Characters of keys and values in one answer, unless a single change is larger.</summary>
    public const int CharactersPerAnswerMax = 1024 * 1024;

    /// <summary>Rows in one answer to a pull.</summary>
    public const int RowsPerAnswerMax = 256;

    /// <summary>Of the key of a row.</summary>
    public const int RowKeyCharactersMax = 256;

    /// <summary>Of the content of a row: a token, a registration, a call record.</summary>
    public const int RowBytesMax = 64 * 1024;

    /// <summary>
    /// How far ahead of our wall clock a timestamp may be, and how far behind ours may fall.
    /// </summary>
    public static readonly TimeSpan ClockDriftMax = TimeSpan.FromSeconds(10);

    /// <summary>How long a change that another one has replaced is kept to be looked at.</summary>
    public static readonly TimeSpan Retention = TimeSpan.FromDays(30);
}
