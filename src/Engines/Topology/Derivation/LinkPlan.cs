using System.Collections.Immutable;
using System.Net;

namespace Farspan.Topology;

/// <summary>A link: what is written of it, and what follows for both of its ends.</summary>
/// <param name="Network">Around it.</param>
/// <param name="In">Its region.</param>
/// <param name="Index">Its place in the region, from 0.</param>
/// <param name="Written">Its section, with those of all links behind it.</param>
/// <param name="IsDerived">Whether nobody has written it.</param>
internal sealed record LinkPlan(
    NetworkPlan Network, RegionPlan In, int Index, Written Written, bool IsDerived)
{
    /// <summary>Of a BGP session between the clouds: a router and its gateway, and room to grow.</summary>
    private const int SubnetLength = 29;

    private const int SlotsOfRegion = 32;
    private const int FirstVlan = 101;
    private const int Letters = 26;

    public string Name => Written.Find(LinkSchema.Name)
        ?? $"{(char)('a' + (Index % Letters))}{(Index < Letters ? "" : $"{Index / Letters}")}";

    public string Id => $"link/{In.Name}/{Name}";

    public string OnGoogle => $"{In.Google}/{Name}";

    public string OnAws => $"{In.Aws}/{Name}";

    public Origin Origin => IsDerived ? Written.Origin.Derived() : Written.Origin;

    public LinkTransport Transport => In.Element.Transport;

    public int Vlan => Written.FindNumber(LinkEndSchema.Vlan) ?? FirstVlan + Index;

    public int AwsVlan => Written.FindNumber(LinkEndSchema.AwsVlan) ?? Vlan;

    /// <summary>As a part of a name in a cloud.</summary>
    public string NameOf(string kind, string region) => $"{Network.Prefix}-{kind}-{region}-{Name}";

    /// <summary>
    /// The link-local subnet of the n-th session of the link; one that is used twice if there are too few.
    /// </summary>
    public IPNetwork Subnet(int session)
    {
        var addresses = Network.Written.Addresses;
        var pool = addresses.Get(AddressesSchema.LinkLocal);
        var slot = (In.Index * SlotsOfRegion) + Index + (session * (SlotsOfRegion / 2));
        if (pool.TryTake(SubnetLength, slot, out var subnet))
        {
            return subnet;
        }

        addresses.Report(
            AddressesSchema.LinkLocal, FindingRules.Contradiction,
            $"{pool} has no /{SubnetLength} left for {Id}",
            "Write a larger range, or the link's addresses.");
        return pool;
    }

    /// <summary>The addresses of one of the link's subnets, the nearer end's first.</summary>
    public (InterfaceAddress Near, InterfaceAddress Far) Pair(int session)
    {
        var subnet = Subnet(session);
        return (new(subnet.AddressAt(1), subnet.PrefixLength), new(subnet.AddressAt(2), subnet.PrefixLength));
    }

    /// <summary>A secret that nobody has written: an environment variable of this name.</summary>
    public SecretReference Secret(string what)
    {
        var name = $"FARSPAN_{what}_{In.Name}_{Name}".ToUpperInvariant();
        return new SecretReference.Variable(
            string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_')));
    }

    public Link Make(string googleSpeaker, string awsGateway, ImmutableArray<string> sessions) => new()
    {
        Id = Id,
        Name = Name,
        Region = In.Name,
        Origin = Origin,
        Transport = Transport,
        Encryption = Encryption,
        BandwidthMbps = Bandwidth,
        Mtu = Mtu,
        RoundTrip = Written.Get(LinkSchema.RoundTrip),
        GoogleSpeaker = googleSpeaker,
        AwsGateway = awsGateway,
        Sessions = sessions,
        Risk = Risk,
    };

    public LinkEncryption Encryption => Written.FindNumber(LinkSchema.Encryption) ?? Transport switch
    {
        LinkTransport.HaVpn => LinkEncryption.Ipsec,
        LinkTransport.PartnerCrossCloud => LinkEncryption.Macsec,
        _ => Network.Written.Policies.Get(PoliciesSchema.LinkEncryption)
            ? LinkEncryption.Macsec
            : LinkEncryption.None,
    };

    public int Bandwidth => Written.FindNumber(LinkSchema.Bandwidth)
        ?? (Transport == LinkTransport.HaVpn ? LinkRates.TunnelMbps : LinkRates.PortMbps);

    public int AttachmentMtu => Written.FindNumber(LinkSchema.AttachmentMtu)
        ?? (Transport == LinkTransport.HaVpn ? LinkRates.TunnelMtu : LinkRates.EthernetMtu);

    public int InterfaceMtu => Written.FindNumber(LinkSchema.InterfaceMtu) ?? LinkRates.EthernetMtu;

    private int Mtu => Math.Min(
        Math.Min(Network.Written.Google.Get(GoogleSchema.Mtu), AttachmentMtu),
        Math.Min(InterfaceMtu, LinkRates.TransitGatewayMtu));

    /// <summary>As written; a location such as iad-zone1-1 says the rest by itself.</summary>
    public SharedRisk Risk
    {
        get
        {
            var location = Written.Find(LinkEndSchema.GoogleLocation) ?? "";
            var parts = location.Split('-');
            return new SharedRisk(
                Written.Find(LinkEndSchema.Metro) ?? parts[0],
                Written.Find(LinkEndSchema.Zone) ?? (parts.Length > 1 ? parts[1] : ""),
                location,
                Written.Find(LinkEndSchema.AwsLocation) ?? "",
                Written.Get(LinkEndSchema.AwsDevice),
                Written.Get(LinkEndSchema.Provider));
        }
    }
}
