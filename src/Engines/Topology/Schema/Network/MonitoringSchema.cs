using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of <c>monitoring</c>.</summary>
internal static class MonitoringSchema
{
    public static readonly Setting<bool> SessionAlarms = Setting.Defaulting(
        "sessionAlarms", ValueKinds.Flag, true, "Whether each session, interface and tunnel has an alarm.");

    public static readonly Setting<bool> MissingDataIsBad = Setting.Defaulting(
        "missingDataIsBad", ValueKinds.Flag, true, "Whether heartbeats without data raise an alarm.");

    public static readonly Setting<FailoverSignal> Signal = Setting.Defaulting(
        "signal", ValueKinds.Word(("probes", FailoverSignal.Probes), ("metrics", FailoverSignal.Metrics)),
        FailoverSignal.Probes, "What decides that a path is dead.");

    public static readonly Setting<TimeSpan> ProbeInterval = Setting.Optional(
        "probeInterval", DurationKind.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(24)), "no probes",
        "How often a synthetic call checks each path.");

    public static readonly Setting<ImmutableArray<string>> ProbedRegions = Setting.Optional(
        "probedRegions", ValueKinds.ListOf(ValueKinds.ReferenceTo("region")), "all", "Where probes run.");

    public static readonly Setting<ImmutableArray<string>> AlarmRegions = Setting.Optional(
        "alarmRegions", ValueKinds.ListOf(CloudKinds.AwsRegion), "all",
        "AWS regions in which alarms are kept.");

    public static readonly Setting<int> LogRetentionDays = Setting.Optional(
        "logRetentionDays", ValueKinds.Integer(1, 3_653, "90"), "for ever", "How long logs are kept.");

    public static readonly Setting<bool> LogKey = Setting.Defaulting(
        "logKey", ValueKinds.Flag, true, "Whether logs are encrypted with a key of our own.");

    public static readonly Setting<bool> RedactsPersonalData = Setting.Defaulting(
        "redactsPersonalData", ValueKinds.Flag, true, "Whether telephone numbers are hidden.");

    public static readonly Setting<ImmutableArray<string>> Notify = Setting.Defaulting(
        "notify", ValueKinds.ListOf(ValueKinds.Text("noc@example.com", 254)), [],
        "Mail addresses of the watch.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "What is watched, and who is told.",
        SessionAlarms, MissingDataIsBad, Signal, ProbeInterval, ProbedRegions, AlarmRegions, LogRetentionDays,
        LogKey, RedactsPersonalData, Notify);
}
