using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of <c>node</c>.</summary>
internal static class NodeSchema
{
    private static readonly Setting<string> Name = Setting.Optional(
        "name", ValueKinds.Name("node"), "the name of the machine",
        "What the node is called in logs, metrics and the cluster.");

    private static readonly Setting<ImmutableArray<NodeRole>> Roles = Setting.Defaulting(
        "roles", ValueKinds.NonEmptyListOf(ValueKinds.Word(
            ("connector", NodeRole.Connector), ("edge", NodeRole.Edge))),
        [NodeRole.Connector],
        "What the node does: a connector turns SIP calls into contacts of Amazon Connect, an edge faces "
            + "carriers and gives their calls to connectors.");

    private static readonly Setting<string> Region = Setting.Optional(
        "region", ValueKinds.Identifier("the name of a region", "us-west-2", "-_.", 64), "not said",
        "Where the node is; appears in logs and metrics. With `regions`, one of them, whose instance of Amazon "
        + "Connect it prefers; `farspan connector --region` says it for one node.");

    private static readonly Setting<string> DataDirectory = Setting.Defaulting(
        "dataDirectory", ValueKinds.FilePath("/var/lib/farspan"), "data",
        "The folder for what the node must remember: open contacts, a generated certificate and password.");

    public static Section<NodeModel> Section { get; } = new(
        "The node that reads this file.",
        [Name, Roles, Region, DataDirectory],
        values => new NodeModel
        {
            Name = values.Find(Name),
            Roles = [.. values.Get(Roles).Distinct()],
            Region = values.Section.Context.NodeRegion ?? values.Find(Region),
            DataDirectory = values.Has(DataDirectory)
                ? values.Get(DataDirectory)
                : FilePathKind.Resolve(values.Get(DataDirectory), values.Section.Context),
        });
}
