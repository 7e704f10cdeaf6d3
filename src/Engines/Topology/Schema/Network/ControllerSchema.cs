using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of <c>management.controller</c>.</summary>
internal static class ControllerSchema
{
    public static readonly Setting<ImmutableArray<string>> AwsRegions = Setting.Optional(
        "awsRegions", ValueKinds.NonEmptyListOf(CloudKinds.AwsRegion), "all", "Where it runs.");

    public static readonly Setting<Written> Probing = WrittenSection.Optional(
        "probing", ProbingSchema.Section, "see below");

    public static readonly Setting<TimeSpan> Dwell = Setting.Defaulting(
        "dwell", DurationKind.Between(TimeSpan.Zero, TimeSpan.FromHours(1)), TimeSpan.FromSeconds(2),
        "How long it waits before it acts.");

    public static readonly Setting<TimeSpan> CallTime = Setting.Defaulting(
        "callTime", DurationKind.Between(TimeSpan.Zero, TimeSpan.FromMinutes(10)), TimeSpan.FromSeconds(3),
        "What one call to the cloud takes.");

    public static readonly Setting<bool> Idempotent = Setting.Defaulting(
        "idempotent", ValueKinds.Flag, true, "Whether it may repeat itself without harm.");

    public static readonly Setting<bool> Hysteresis = Setting.Defaulting(
        "hysteresis", ValueKinds.Flag, true, "Whether it goes back slowly.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "The process that swaps static routes.",
        AwsRegions, Probing, Dwell, CallTime, Idempotent, Hysteresis);
}
