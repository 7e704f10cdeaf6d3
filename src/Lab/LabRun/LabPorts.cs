using System.Net;
using System.Net.Sockets;

namespace Farspan.LabRun;

/// <summary>The ports of a lab: the usual ones, or the next that are free.</summary>
public sealed record LabPorts(int Sip, int SipTls, int Admin, int Metrics, int Connect, int Turn)
{
    /// <summary>What a lab uses where nothing stands in its way.</summary>
    public static LabPorts Usual { get; } =
        new(Sip: 5060, SipTls: 5061, Admin: 8443, Metrics: 9464, Connect: 8480, Turn: 3478);

    /// <summary>Which ports are not the usual ones, in words for people.</summary>
    public IEnumerable<string> Moves =>
        from port in new[]
        {
            ("SIP", Usual.Sip, Sip),
            ("SIP over TLS", Usual.SipTls, SipTls),
            ("administration", Usual.Admin, Admin),
            ("metrics", Usual.Metrics, Metrics),
            ("Connect emulator", Usual.Connect, Connect),
        }
        where port.Item2 != port.Item3
        select $"{port.Item1}: port {port.Item2} is taken; using {port.Item3}";

    /// <summary>Finds ports that nobody uses now.</summary>
    /// <exception cref="LabException">No port is free.</exception>
    public static LabPorts Find()
    {
        var taken = new HashSet<int>();
        return new LabPorts(
            Take(Usual.Sip, isDatagramToo: true, taken),
            Take(Usual.SipTls, isDatagramToo: false, taken),
            Take(Usual.Admin, isDatagramToo: false, taken),
            Take(Usual.Metrics, isDatagramToo: false, taken),
            Take(Usual.Connect, isDatagramToo: false, taken),
            Take(Usual.Turn, isDatagramToo: true, taken));
    }

    /// <summary>
    /// Whether nobody uses any of them: false once a part of the lab, or somebody else, does.
    /// </summary>
    internal bool AreFree =>
        IsFreeForBoth(Sip) && IsFree(SipTls, SocketType.Stream) && IsFree(Admin, SocketType.Stream)
        && IsFree(Metrics, SocketType.Stream) && IsFree(Connect, SocketType.Stream) && IsFreeForBoth(Turn);

    private static int Take(int usual, bool isDatagramToo, HashSet<int> taken)
    {
        for (var port = usual; port < usual + LabLimits.PortsTried; port++)
        {
            if ((isDatagramToo ? IsFreeForBoth(port) : IsFree(port, SocketType.Stream)) && taken.Add(port))
            {
                return port;
            }
        }

        throw new LabException(
            $"no port from {usual} to {usual + LabLimits.PortsTried - 1} is free on 127.0.0.1");
    }

    private static bool IsFreeForBoth(int port) =>
        IsFree(port, SocketType.Stream) && IsFree(port, SocketType.Dgram);

    private static bool IsFree(int port, SocketType type)
    {
        try
        {
            // Without SO_REUSEADDR of our own: .NET adds SO_REUSEPORT to it, and a port in use would seem free.
            var protocol = type == SocketType.Stream ? ProtocolType.Tcp : ProtocolType.Udp;
            using var socket = new Socket(AddressFamily.InterNetwork, type, protocol);
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            if (type == SocketType.Stream)
            {
                socket.Listen();
            }

            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
