using System.Net;

namespace Farspan.Topology;

/// <summary>An address and the network it is in, as interfaces have them: 169.254.10.1/29.</summary>
public readonly record struct InterfaceAddress(IPAddress Address, int PrefixLength)
{
    /// <summary>The network around the address.</summary>
    public IPNetwork Network => Cidr.Around(Address, PrefixLength);

    public override string ToString() => $"{Address}/{PrefixLength}";
}
