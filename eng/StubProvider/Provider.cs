namespace Farspan.StubProvider;

/// <summary>
/// A Terraform provider without a cloud behind it: it knows the schemas, checks configurations, and remembers what
/// it is told to create. Each method answers one call of the plugin protocol, version 5.
/// </summary>
public sealed class Provider(SchemaFile schemas)
{
    /// <summary>Answers a call; null if the protocol has it and this provider does not.</summary>
    public ProtoWriter? Answer(string method, ProtoReader request) => method switch
    {
        "GetSchema" => GetSchema(),
        "PrepareProviderConfig" => WithValue(1, request.Value(1)),
        "Configure" or "Stop" or "ValidateDataSourceConfig" => new ProtoWriter(),
        "ValidateResourceTypeConfig" => Validate(request),
        "UpgradeResourceState" => WithValue(1, JsonState.Read(Resource(request).Block, request.Message(3).Bytes(1))),
        "ReadResource" => WithValue(1, request.Value(2)),
        "PlanResourceChange" => Plan(request),
        "ApplyResourceChange" => Apply(request),
        "ReadDataSource" => ReadDataSource(request),
        _ => null,
    };

    private ProtoWriter GetSchema()
    {
        var message = new ProtoWriter().Message(1, Versioned(schemas.Provider));
        foreach (var (type, resource) in schemas.Resources)
        {
            message.Entry(2, type, Versioned(resource.Block));
        }

        foreach (var (type, source) in schemas.DataSources)
        {
            message.Entry(3, type, Versioned(source.Block));
        }

        return message;
    }

    private ProtoWriter Validate(ProtoReader request)
    {
        var message = new ProtoWriter();
        if (request.Value(2) is Value.Map configuration)
        {
            foreach (var fault in new ConfigurationChecks(Resource(request).Rules, configuration).Run())
            {
                message.Message(1, fault.ToProto());
            }
        }

        return message;
    }

    // Like the real providers of both clouds, plans and states are marked as of the older SDK's looser kind.
    private ProtoWriter Plan(ProtoReader request) =>
        WithValue(1, PlannedState.Plan(Resource(request), request.Value(2), request.Value(3))).Flag(5, true);

    private ProtoWriter Apply(ProtoReader request) =>
        WithValue(1, PlannedState.Apply(Resource(request), request.Value(3))).Flag(4, true);

    private ProtoWriter ReadDataSource(ProtoReader request)
    {
        var source = schemas.DataSources[request.Text(1)];
        var planned = PlannedState.Plan(source, Value.Null.Instance, request.Value(2));
        return WithValue(1, PlannedState.Apply(source, planned));
    }

    private ResourceSchema Resource(ProtoReader request) => schemas.Resources[request.Text(1)];

    private static ProtoWriter Versioned(SchemaBlock block) => new ProtoWriter().Message(2, block.ToProto());

    private static ProtoWriter WithValue(int field, Value value) =>
        new ProtoWriter().Message(field, new ProtoWriter().Bytes(1, DynamicValue.Encode(value)));
}
