using System.Net;
using System.Net.Sockets;

namespace Farspan.Interop.Tests;

/// <summary>An even port for RTP and the odd one after it for RTCP (RFC 3550 §11).</summary>
internal static class RtpPorts
{
    private const int Attempts = 100;

    /// <summary>Binds both on the loopback address; nobody reads what comes to the second.</summary>
    public static (Socket Rtp, Socket Rtcp) Bind()
    {
        for (var i = 0; i < Attempts; i++)
        {
            var rtp = NewSocket();
            rtp.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            var rtcp = NewSocket();
            if (((IPEndPoint)rtp.LocalEndPoint!).Port is var port && port % 2 == 0 && TryBind(rtcp, port + 1))
            {
                return (rtp, rtcp);
            }

            rtp.Dispose();
            rtcp.Dispose();
        }

        throw new InvalidOperationException("No two adjacent ports are free.");
    }

    private static Socket NewSocket() =>
        new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);

    private static bool TryBind(Socket socket, int port)
    {
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
