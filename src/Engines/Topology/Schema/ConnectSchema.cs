using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of <c>connect</c>.</summary>
internal static class ConnectSchema
{
    private static readonly Setting<ImmutableArray<InstanceModel>> Instances = Setting.Optional(
        "instances", ValueKinds.NonEmptyListOf(InstanceSchema.Section), "required; an edge needs none",
        "The instances that routes lead to.");

    private static readonly Setting<ContactTimingsModel> Timings =
        Setting.Nested("timings", ContactTimingsSchema.Section);

    public static Section<ConnectModel> Section { get; } = new(
        "The side that faces Amazon Connect.", [Instances, Timings], Build);

    private static ConnectModel Build(SectionValues values)
    {
        var instances = values.FindNumber(Instances) ?? [];
        foreach (var sharing in instances.GroupBy(instance => (instance.Account, instance.Region)))
        {
            values.RequireFit(
                sharing.DistinctBy(item => (item.Quota.StartsPerSecond, item.Quota.StartBurst)).Count() == 1,
                Instances,
                $"the account '{sharing.Key.Account}' has different rates in {sharing.Key.Region}",
                "Write the same `startsPerSecond` and `burst`: AWS grants one rate for all.");
        }

        return new ConnectModel { Instances = instances, Timings = values.Get(Timings) };
    }
}
