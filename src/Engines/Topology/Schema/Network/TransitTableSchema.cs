using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of a transit gateway's route table.</summary>
internal static class TransitTableSchema
{
    public static readonly Setting<string> Name = Setting.Defaulting(
        "name", CloudKinds.ResourceName, "main", "Its name.");

    public static readonly Setting<ImmutableArray<string>> Associations = Setting.Optional(
        "associations", ValueKinds.ListOf(CloudKinds.ResourceName), "all attachments",
        "Attachments whose traffic it routes: `vpc`, `dxgw`, `vpn-0`, or the AWS region of a peering.");

    public static readonly Setting<ImmutableArray<string>> Propagations = Setting.Optional(
        "propagations", ValueKinds.ListOf(CloudKinds.ResourceName), "all attachments but peerings",
        "Attachments whose routes appear in it.");

    public static readonly Setting<ImmutableArray<Written>> Routes = Setting.Optional(
        "routes", ValueKinds.ListOf(TransitRouteSchema.Section), "with `summaries`: one for each region",
        "Static routes.");

    public static Section<Written> Section { get; } = WrittenSection.Of(
        "A route table of a transit gateway.", Name, Associations, Propagations, Routes);
}
