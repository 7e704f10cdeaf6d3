using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>The log lines of a node's part in its cluster.</summary>
internal static partial class ClusterNodeLog
{
    [LoggerMessage(
        101,
        LogLevel.Information,
        "member {Identity}, replication on {Address}",
        EventName = "cluster.ready")]
    public static partial void ClusterReady(this ILogger log, string identity, string address);

    [LoggerMessage(102, LogLevel.Information, "{Node} in {Region} is here", EventName = "cluster.joined")]
    public static partial void MemberJoined(this ILogger log, string node, string region);

    [LoggerMessage(103, LogLevel.Warning, "{Node} in {Region} is silent", EventName = "cluster.absent")]
    public static partial void MemberAbsent(this ILogger log, string node, string region);

    [LoggerMessage(104, LogLevel.Information, "the store of {Peer} answers", EventName = "cluster.peer-up")]
    public static partial void PeerAnswers(this ILogger log, string peer);

    [LoggerMessage(
        105,
        LogLevel.Warning,
        "the store of {Peer} does not answer",
        EventName = "cluster.peer-down")]
    public static partial void PeerSilent(this ILogger log, string peer);

    [LoggerMessage(
        106,
        LogLevel.Warning,
        "a change from {Peer} was refused ({Kind}): {Reason}",
        EventName = "cluster.refused")]
    public static partial void PeerRefused(this ILogger log, string peer, string kind, string reason);

    [LoggerMessage(
        107,
        LogLevel.Information,
        "a configuration with {Keys} keys is in force",
        EventName = "cluster.configuration")]
    public static partial void ConfigurationInForce(this ILogger log, int keys);

    [LoggerMessage(
        108,
        LogLevel.Error,
        "the merged configuration is not valid ({Reason}): the last valid one stays in force",
        EventName = "cluster.configuration-invalid")]
    public static partial void ConfigurationInvalid(this ILogger log, string reason);

    [LoggerMessage(
        109,
        LogLevel.Information,
        "the merged configuration is valid again",
        EventName = "cluster.configuration-valid")]
    public static partial void ConfigurationValid(this ILogger log);

    [LoggerMessage(
        110,
        LogLevel.Error,
        "the store cannot be written ({Kind}: {Reason}): calls go on, what is to be stored waits",
        EventName = "store.failed")]
    public static partial void StoreFailing(this ILogger log, string kind, string reason);

    [LoggerMessage(111, LogLevel.Information, "the store is written again", EventName = "store.recovered")]
    public static partial void StoreRecovered(this ILogger log);

    [LoggerMessage(
        112,
        LogLevel.Error,
        "a defect was survived in the cluster's loop",
        EventName = "cluster.defect")]
    public static partial void ClusterDefect(this ILogger log, Exception failure);
}
