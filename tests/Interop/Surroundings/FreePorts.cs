using System.Net;
using System.Net.Sockets;

namespace Farspan.Interop.Tests;

/// <summary>Ports of the loopback address that nobody has at this moment.</summary>
internal static class FreePorts
{
    public static int Udp()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        return Take(socket);
    }

    public static int Tcp()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        return Take(socket);
    }

    private static int Take(Socket socket)
    {
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
