namespace Farspan.Topology;

/// <summary>A region: what is written of it, and what follows.</summary>
/// <param name="Index">Its place among the regions, from 0.</param>
/// <param name="Element">The region itself.</param>
/// <param name="Written">Its section.</param>
internal sealed record RegionPlan(int Index, Region Element, Written Written)
{
    public string Name => Element.Name;

    public string Google => Element.GoogleRegion;

    public string Aws => Element.AwsRegion;

    public string Router => $"router/{Google}";

    public string TransitGateway => $"tgw/{Aws}";

    public string Vpc => $"vpc/{Aws}";

    public string Edge => $"edge/{Google}";

    public string Connector => $"connector/{Aws}";

    public string ConnectInstance => $"connect/{Aws}";

    public string DirectConnectGateway => $"dxgw/{DirectConnectGatewayName}";

    /// <summary>Regions that say the same name share the gateway.</summary>
    public string DirectConnectGatewayName =>
        Inside(RegionSchema.DirectConnectGateway).Find(DirectConnectGatewaySchema.Name)
        ?? NetworkPlan.NameOf(Name);

    public bool HasDirectConnect => Element.Transport != LinkTransport.HaVpn;

    public Written Inside(Setting<Written> setting) => Written.Inside(setting);

    /// <summary>The origin of an element that has a section of its own in the region.</summary>
    public Origin OriginOf(Setting<Written> setting)
    {
        var origin = Inside(setting).Origin;
        return Written.Has(setting) ? origin : origin.Derived();
    }
}
