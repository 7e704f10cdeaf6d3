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

    private static readonly Setting<WrittenConnect> Connect =
        Setting.Nested("connect", ConnectSchema.Section);

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
        "edge", EdgeRoleSchema.Section, "the node is no edge", "The side of an edge that faces the connectors.");

    private static readonly Setting<AdminModel> Admin = Setting.Nested("admin", AdminSchema.Section);

    private static readonly Setting<LoggingModel> Logging = Setting.Nested("logging", LoggingSchema.Section);

    private static readonly Setting<JournalSchema.JournalPath> Journal =
        Setting.Nested("journal", JournalSchema.Section);

    public static Section<FarspanModel> Section { get; } = new(
        "The whole file.",
        [
            Cluster, Node, Sip, Connect, Routes, DefaultRoute, Attributes, Media, Calls, Edge, Admin, Logging,
            Journal, .. NetworkSchema.Settings,
        ],
        Build);

    private static FarspanModel Build(SectionValues values)
    {
        var node = values.Get(Node);
        var network = WrittenNetwork.Of(values, values.Get(Cluster));
        RequireKnownRegion(values, node, network);
        var connect = FillInInstances(values.Get(Connect), network, node);
        RequireWhatRolesNeed(values, node);
        var routes = new RouteResolver(connect.Instances);
        return new FarspanModel
        {
            Cluster = values.Get(Cluster),
            Node = node,
            Sip = values.Get(Sip),
            Connect = connect,
            Network = network is null ? null : NetworkDerivation.Derive(network),
            Acceptances = values.Get(NetworkSchema.Accept),
            Routes = routes.Resolve(values.Get(Routes)),
            DefaultRoute = FindDefault(values, node, connect) is { } target ? routes.Resolve(target) : null,
            Attributes = values.Get(Attributes),
            Media = values.Get(Media),
            Calls = values.Get(Calls),
            Edge = values.Find(Edge),
            Admin = values.Get(Admin),
            Logging = values.Get(Logging),
            JournalPath = values.Get(Journal).Value ?? Path.Combine(node.DataDirectory, JournalFile),
        };
    }

    private static void RequireWhatRolesNeed(SectionValues values, NodeModel node)
    {
        if (node.Roles.Contains(NodeRole.Edge) && !values.Has(Edge))
        {
            values.Report(
                Edge, FindingRules.KeyMissing, "the key 'edge' is missing", "Add edge, with its connectors.");
        }
    }

    private static void RequireKnownRegion(SectionValues values, NodeModel node, WrittenNetwork? network)
    {
        var names = network?.Regions.Select(region => region.Get(RegionSchema.Name)).ToArray() ?? [];
        if (node.Region is { } name && names.Length > 0 && !names.Contains(name))
        {
            var fix = Spelling.Nearest(name, names) is { } near
                ? $"Did you mean '{near}'?"
                : $"Known here: {string.Join(", ", names)}.";
            values.Report(
                Node, FindingRules.UnknownName, $"the node's region {Reading.Quote(name)} does not exist", fix);
        }
    }

    /// <summary>Regions bring their instances, as far as AWS has named them.</summary>
    private static ConnectModel FillInInstances(
        WrittenConnect connect, WrittenNetwork? network, NodeModel node)
    {
        var needsInstances = node.Roles.Contains(NodeRole.Connector);
        if (needsInstances && !connect.NamesInstances && network is null)
        {
            connect.Reading.Report(
                FindingRules.KeyMissing, "the key `instances` is missing",
                $"Add instances: {ConnectSchema.Section.Example}, or describe the network in `regions`.");
        }

        return connect.NamesInstances || network is null
            ? connect.Model
            : connect.Model with { Instances = RegionInstances.Of(network) };
    }

    /// <summary>
    /// A file with nothing but an instance sends every call there; a node of a region, to the region's.
    /// </summary>
    private static WrittenTarget? FindDefault(SectionValues values, NodeModel node, ConnectModel connect)
    {
        if (values.Has(Routes) || values.Has(DefaultRoute))
        {
            return values.Find(DefaultRoute);
        }

        var instances = connect.Instances;
        var home = values.Has(NetworkSchema.Regions)
            ? instances.FirstOrDefault(instance => instance.Name == node.Region) ?? instances.FirstOrDefault()
            : instances.Length == 1 ? instances[0] : null;
        return home is null ? null : ReadEmptyTarget(values.Section, home.Name);
    }

    private static WrittenTarget? ReadEmptyTarget(Reading file, string instance)
    {
        var nothing = new ConfigurationNode.Mapping(file.Node.Place, []);
        return RouteSchema.Target.TryRead(file.At(nothing, DefaultRoute.Name), out var target)
            ? target with { Instance = instance }
            : null;
    }
}
