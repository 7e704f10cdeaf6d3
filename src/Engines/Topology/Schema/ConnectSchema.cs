using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of <c>connect</c>.</summary>
internal static class ConnectSchema
{
    private static readonly Setting<ImmutableArray<InstanceModel>> Instances = Setting.Optional(
        "instances", ValueKinds.NonEmptyListOf(InstanceSchema.Section),
        "those of `regions`; without regions there must be one", "The instances that routes lead to.");

    private static readonly Setting<ContactTimingsModel> Timings =
        Setting.Nested("timings", ContactTimingsSchema.Section);

    public static Section<WrittenConnect> Section { get; } = new(
        "The side that faces Amazon Connect.", [Instances, Timings], Build);

    private static WrittenConnect Build(SectionValues values)
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

        var model = new ConnectModel { Instances = instances, Timings = values.Get(Timings) };
        return new WrittenConnect(model, values.Section);
    }
}

/// <summary>What is written of <c>connect</c>, before the instances of regions are known.</summary>
/// <param name="Model">Maybe without instances.</param>
/// <param name="Reading">Where it is written.</param>
internal sealed record WrittenConnect(ConnectModel Model, Reading Reading)
{
    /// <summary>Whether the key of the instances is there, with whatever behind it.</summary>
    public bool NamesInstances => Reading.Node is ConfigurationNode.Mapping mapping
        && mapping.Entries.Any(entry => entry.Key == "instances");
}
