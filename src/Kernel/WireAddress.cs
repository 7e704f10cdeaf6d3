using System.Net;
using System.Net.Sockets;

namespace Farspan.Kernel;

/// <summary>
/// Addresses as messages carry them: without the zone of an IPv6 address, which names an interface of this
/// machine and means nothing to another one (RFC 4007 §11.2).
/// </summary>
public static class WireAddress
{
    public static IPAddress WithoutZone(this IPAddress address) =>
        address is { AddressFamily: AddressFamily.InterNetworkV6, ScopeId: not 0 }
            ? new IPAddress(address.GetAddressBytes())
            : address;

    public static string ToWireText(this IPAddress address) => address.WithoutZone().ToString();
}
