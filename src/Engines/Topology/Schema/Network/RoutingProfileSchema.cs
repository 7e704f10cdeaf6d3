using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of a routing profile.</summary>
internal static class RoutingProfileSchema
{
    public static readonly Setting<string> Name = Setting.Required(
        "name", CloudKinds.DisplayName, "The profile's name.");

    public static readonly Setting<ImmutableArray<string>> Queues = Setting.Optional(
        "queues", ValueKinds.NonEmptyListOf(CloudKinds.DisplayName), "all", "Queues, the first one first.");

    public static Section<Written> Section { get; } = WrittenSection.WithShorthand(
        Name, "Which queues some agents serve.", Name, Queues);
}
