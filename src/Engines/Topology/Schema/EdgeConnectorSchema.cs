using Farspan.Sip;

namespace Farspan.Topology;

/// <summary>The keys of a connector in <c>edge</c>.</summary>
internal static class EdgeConnectorSchema
{
    private static readonly Setting<string> Name = Setting.Required(
        "name", ValueKinds.Name("connector"), "The name of the connector's node.");

    private static readonly Setting<string> Region = Setting.Optional(
        "region", ValueKinds.Identifier("the name of a region", "us-west-2", "-_.", 64), "not said",
        "Where the connector is.");

    private static readonly Setting<SipListenPoint> Address = Setting.Required(
        "address", NetworkKinds.ListenPoint, "Where it is reached, `tcp:` or `tls:`.");

    private static readonly Setting<double> Weight = Setting.Defaulting(
        "weight", ValueKinds.Number(0.01, 1_000, "2"), 1, "Its share of the calls, beside those of its region.");

    public static Section<EdgeConnectorModel> Section { get; } = new(
        "A connector that calls are given to.", [Name, Region, Address, Weight], Build);

    private static EdgeConnectorModel Build(SectionValues values)
    {
        var address = values.Get(Address);
        values.RequireFit(
            address.Transport != SipTransport.Udp, Address, "connectors are not reached over UDP",
            "Write tcp: or tls:.");
        return new EdgeConnectorModel
        {
            Name = values.Get(Name),
            Region = values.Find(Region),
            Address = address,
            Weight = values.Get(Weight),
        };
    }
}
