using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of <c>connect</c>.</summary>
internal static class ConnectSchema
{
    private static readonly Setting<ImmutableArray<InstanceModel>> Instances = Setting.Required(
        "instances", ValueKinds.NonEmptyListOf(InstanceSchema.Section), "The instances that routes lead to.");

    private static readonly Setting<ContactTimingsModel> Timings =
        Setting.Nested("timings", ContactTimingsSchema.Section);

    public static Section<ConnectModel> Section { get; } = new(
        "The side that faces Amazon Connect.", [Instances, Timings], Build);

    private static ConnectModel Build(SectionValues values)
    {
        var instances = values.Get(Instances);
        foreach (var sharing in instances.GroupBy(instance => (instance.Account, instance.Region)))
        {
            values.RequireFit(
                sharing.DistinctBy(item => (item.Quota.StartsPerSecond, item.Quota.StartBurst)).Count() == 1,
                Instances,
                $"the instances of account '{sharing.Key.Account}' in {sharing.Key.Region} name different rates",
                "Write the same `startsPerSecond` and `burst` for all: AWS grants one rate to them together.");
        }

        return new ConnectModel { Instances = instances, Timings = values.Get(Timings) };
    }
}
