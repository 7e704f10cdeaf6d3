using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of <c>management</c>.</summary>
internal static class ManagementSchema
{
    public static readonly Setting<string> StateBucket = Setting.Optional(
        "stateBucket", ValueKinds.Identifier("a bucket", "contact-centre-state", "-.", 63),
        "the cluster's name and `-terraform`", "Where Terraform keeps its state.");

    public static readonly Setting<ImmutableArray<string>> StateRegions = Setting.Optional(
        "stateRegions", ValueKinds.NonEmptyListOf(CloudKinds.AwsRegion), "the first two AWS regions",
        "AWS regions that hold it.");

    public static readonly Setting<bool> StateLock = Setting.Defaulting(
        "stateLock", ValueKinds.Flag, true, "Whether only one can change it at a time.");

    public static readonly Setting<Written> Controller = WrittenSection.Optional(
        "controller", ControllerSchema.Section, "none, unless `crossRegion.fallback` is `controller`");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "How changes are made, and who acts when something breaks.",
        StateBucket, StateRegions, StateLock, Controller);
}
