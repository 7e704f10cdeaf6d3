using System.Net;
using System.Net.Sockets;

namespace Farspan.Node;

/// <summary>The address that this machine reaches the world from.</summary>
internal static class HostAddress
{
    /// <summary>Asks the routing table; nothing is sent. The loopback address if there is no route.</summary>
    public static IPAddress Find()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        try
        {
            socket.Connect(new IPEndPoint(IPAddress.Parse("192.0.2.1"), 9)); // TEST-NET-1 (RFC 5737 §3).
            return ((IPEndPoint)socket.LocalEndPoint!).Address;
        }
        catch (SocketException)
        {
            return IPAddress.Loopback;
        }
    }
}
