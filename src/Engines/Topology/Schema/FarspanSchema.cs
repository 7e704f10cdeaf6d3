using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>The keys of the whole file.</summary>
internal static class FarspanSchema
{
    private const string JournalFile = "contacts.journal";

    private static readonly Setting<string> Cluster = Setting.Defaulting(
        "cluster", ValueKinds.Name("cluster"), "farspan",
        "The name of the cluster that the node belongs to.");

    private static readonly Setting<NodeModel> Node = Setting.Nested("node", NodeSchema.Section);

    private static readonly Setting<SipModel> Sip = Setting.Nested("sip", SipSchema.Section);

    private static readonly Setting<ConnectModel> Connect = Setting.Nested("connect", ConnectSchema.Section);

    private static readonly Setting<ImmutableArray<WrittenRoute>> Routes = Setting.Defaulting(
        "routes", ValueKinds.ListOf(RouteSchema.Section), [],
        "The dial plan: the first route whose conditions all hold takes the call.");

    private static readonly Setting<WrittenTarget> DefaultRoute = Setting.Optional(
        "defaultRoute", RouteSchema.Target,
        "without `routes` and with one instance: that one; else calls that no route takes are refused (404)",
        "Where calls go that no route takes.");

    private static readonly Setting<AttributesModel> Attributes =
        Setting.Nested("attributes", AttributesSchema.Section);

    private static readonly Setting<MediaModel> Media = Setting.Nested("media", MediaSchema.Section);

    private static readonly Setting<CallsModel> Calls = Setting.Nested("calls", CallsSchema.Section);

    private static readonly Setting<EdgeModel> Edge = Setting.Optional(
        "edge", EdgeSchema.Section, "the node is no edge", "The side of an edge that faces the connectors.");

    private static readonly Setting<AdminModel> Admin = Setting.Nested("admin", AdminSchema.Section);

    private static readonly Setting<LoggingModel> Logging = Setting.Nested("logging", LoggingSchema.Section);

    private static readonly Setting<JournalSchema.JournalPath> Journal =
        Setting.Nested("journal", JournalSchema.Section);

    public static Section<FarspanModel> Section { get; } = new(
        "The whole file.",
        [
            Cluster, Node, Sip, Connect, Routes, DefaultRoute, Attributes, Media, Calls, Edge, Admin, Logging,
            Journal,
        ],
        Build);

    private static FarspanModel Build(SectionValues values)
    {
        var node = values.Get(Node);
        var connect = values.Get(Connect);
        RequireWhatRolesNeed(values, node, connect);
        var routes = new RouteResolver(connect.Instances);
        return new FarspanModel
        {
            Cluster = values.Get(Cluster),
            Node = node,
            Sip = values.Get(Sip),
            Connect = connect,
            Routes = routes.Resolve(values.Get(Routes)),
            DefaultRoute = FindDefault(values) is { } target ? routes.Resolve(target) : null,
            Attributes = values.Get(Attributes),
            Media = values.Get(Media),
            Calls = values.Get(Calls),
            Edge = values.Find(Edge),
            Admin = values.Get(Admin),
            Logging = values.Get(Logging),
            JournalPath = values.Get(Journal).Value ?? Path.Combine(node.DataDirectory, JournalFile),
        };
    }

    private static void RequireWhatRolesNeed(SectionValues values, NodeModel node, ConnectModel connect)
    {
        if (node.Roles.Contains(NodeRole.Connector) && connect.Instances.IsEmpty)
        {
            values.Report(
                Connect, FindingRules.KeyMissing, "the key 'instances' is missing",
                "Add connect.instances, or make the node an edge: roles: [edge].");
        }

        if (node.Roles.Contains(NodeRole.Edge) && !values.Has(Edge))
        {
            values.Report(
                Edge, FindingRules.KeyMissing, "the key 'edge' is missing", "Add edge, with its connectors.");
        }
    }

    /// <summary>A file with nothing but an instance sends every call there.</summary>
    private static WrittenTarget? FindDefault(SectionValues values)
    {
        var isLeftOut = !values.Has(Routes) && values.Get(Connect).Instances.Length == 1;
        return values.Find(DefaultRoute) ?? (isLeftOut ? ReadEmptyTarget(values.Section) : null);
    }

    private static WrittenTarget? ReadEmptyTarget(Reading file)
    {
        var nothing = new ConfigurationNode.Mapping(file.Node.Place, []);
        return RouteSchema.Target.TryRead(file.At(nothing, DefaultRoute.Name), out var target)
            ? target
            : null;
    }
}
