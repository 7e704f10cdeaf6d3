using System.Net;
using System.Net.Sockets;
using Farspan.Kernel;

namespace Farspan.Sdp;

/// <summary>The address of a c= or o= line (RFC 8866 §5.7), as it was written.</summary>
/// <param name="Address">An address literal, or a host name, which nothing here resolves.</param>
/// <param name="IsIPv6">The address type: IP6, or else IP4.</param>
public sealed record ConnectionData(string Address, bool IsIPv6)
{
    public static ConnectionData From(IPAddress address) =>
        new(address.ToWireText(), address.AddressFamily == AddressFamily.InterNetworkV6);

    /// <summary>True for 0.0.0.0 and ::, by which RFC 2543 devices put a call on hold.</summary>
    public bool IsUnspecified => TryGetAddress(0, out var address)
        && (address.HasAddressOf(TransportAddress.From(IPAddress.Any, 0))
            || address.HasAddressOf(TransportAddress.From(IPAddress.IPv6Any, 0)));

    /// <summary>
    /// Returns false for a host name, a multicast suffix, or a literal of the other address type.
    /// </summary>
    public bool TryGetAddress(int port, out TransportAddress address)
    {
        address = default;
        return port is >= IPEndPoint.MinPort and <= IPEndPoint.MaxPort
            && Address.Contains(':') == IsIPv6
            && TransportAddress.TryParse(Address, (ushort)port, out address);
    }

    public override string ToString() => $"IN {(IsIPv6 ? "IP6" : "IP4")} {Address}";
}
