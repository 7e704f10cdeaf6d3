using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>The log lines of a node that are not about one call.</summary>
internal static partial class NodeLog
{
    [LoggerMessage(
        1,
        LogLevel.Information,
        "node {Node} {Version} takes calls on {Addresses}",
        EventName = "node.ready")]
    public static partial void Ready(this ILogger log, string node, string version, string addresses);

    [LoggerMessage(2, LogLevel.Information, "administration on {Addresses}", EventName = "node.admin")]
    public static partial void Admin(this ILogger log, string addresses);

    [LoggerMessage(3, LogLevel.Information, "no new calls: {Calls} are left", EventName = "node.draining")]
    public static partial void Draining(this ILogger log, int calls);

    [LoggerMessage(4, LogLevel.Information, "new calls are taken again", EventName = "node.undrained")]
    public static partial void Undrained(this ILogger log);

    [LoggerMessage(5, LogLevel.Information, "stopping: {Calls} calls are ended", EventName = "node.stopping")]
    public static partial void Stopping(this ILogger log, int calls);

    [LoggerMessage(
        6,
        LogLevel.Information,
        "stopped; {OpenContacts} contacts are left to the next start",
        EventName = "node.stopped")]
    public static partial void Stopped(this ILogger log, int openContacts);

    [LoggerMessage(7, LogLevel.Error, "a defect was survived while {Activity}", EventName = "loop.defect")]
    public static partial void LoopDefect(this ILogger log, Exception failure, string activity);

    [LoggerMessage(
        8,
        LogLevel.Warning,
        "the signalling loop stood still for {Milliseconds} ms",
        EventName = "loop.stalled")]
    public static partial void LoopStalled(this ILogger log, long milliseconds);

    [LoggerMessage(
        9,
        LogLevel.Error,
        "the contact journal cannot be written ({Reason}): calls go on, a crash would lose track of contacts",
        EventName = "journal.failed")]
    public static partial void JournalFailed(this ILogger log, string reason);

    [LoggerMessage(
        10, LogLevel.Information, "the contact journal is written again", EventName = "journal.recovered")]
    public static partial void JournalRecovered(this ILogger log);

    [LoggerMessage(
        11,
        LogLevel.Information,
        "journal: {Entries} entries, {Open} open contacts, {Damaged} damaged lines, {Torn} torn bytes, "
        + "{Outlived} outlived",
        EventName = "journal.opened")]
    public static partial void JournalOpened(
        this ILogger log, int entries, int open, int damaged, int torn, int outlived);

    [LoggerMessage(
        12,
        LogLevel.Warning,
        "instance {Instance} cannot be used yet: {Reason}",
        EventName = "connect.credentials")]
    public static partial void NoCredentials(this ILogger log, string instance, string reason);

    [LoggerMessage(
        13, LogLevel.Error, "a defect was survived behind the journal", EventName = "journal.defect")]
    public static partial void JournalDefect(this ILogger log, Exception failure);

    [LoggerMessage(
        14,
        LogLevel.Warning,
        "overload: SIP messages are thrown away, {Shed} so far",
        EventName = "loop.overloaded")]
    public static partial void Overloaded(this ILogger log, long shed);

    [LoggerMessage(
        15,
        LogLevel.Warning,
        "{Command} came too late for media session {MediaId}",
        EventName = "media.refused")]
    public static partial void MediaRefused(this ILogger log, string command, long mediaId);

    [LoggerMessage(
        16,
        LogLevel.Warning,
        "the password of the administration API was drawn; its hash is in {Path}",
        EventName = "admin.passwordDrawn")]
    public static partial void PasswordDrawn(this ILogger log, string path);

    [LoggerMessage(18, LogLevel.Warning, "no call can be taken: {Reason}", EventName = "node.unavailable")]
    public static partial void Unavailable(this ILogger log, string reason);

    [LoggerMessage(19, LogLevel.Information, "calls can be taken again", EventName = "node.available")]
    public static partial void AvailableAgain(this ILogger log);

    [LoggerMessage(
        20,
        LogLevel.Error,
        "the contact of call {Call} on instance {Instance}, ClientToken {ClientToken}, may have been started "
        + "7 days ago: nobody can tell any more; look for it in Amazon Connect and end it by hand",
        EventName = "contact.unknown")]
    public static partial void ContactUnknown(
        this ILogger log, string call, string instance, string clientToken);

    [LoggerMessage(
        21,
        LogLevel.Warning,
        "a media worker stood still for {Milliseconds} ms",
        EventName = "media.stalled")]
    public static partial void MediaStalled(this ILogger log, long milliseconds);

    [LoggerMessage(
        22,
        LogLevel.Warning,
        "a media worker has not come back for {Milliseconds} ms",
        EventName = "media.stuck")]
    public static partial void MediaStuck(this ILogger log, long milliseconds);

    [LoggerMessage(
        23, LogLevel.Information, "{What} was renewed: new connections use it", EventName = "tls.renewed")]
    public static partial void Renewed(this ILogger log, string what);

    [LoggerMessage(
        24,
        LogLevel.Warning,
        "{What} cannot be renewed: {Reason}; the old one stays in use",
        EventName = "tls.notRenewed")]
    public static partial void NotRenewed(this ILogger log, string what, string reason);

    [LoggerMessage(17, LogLevel.Debug, "warmed up in {Milliseconds} ms", EventName = "node.warmedUp")]
    public static partial void WarmedUp(this ILogger log, long milliseconds);
}
