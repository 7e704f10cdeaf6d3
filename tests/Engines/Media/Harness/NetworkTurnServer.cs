using Farspan.Kernel;
using Farspan.Stun;
using Farspan.Stun.Tests;

namespace Farspan.Media.Tests;

/// <summary>A TURN server on the virtual network, with one client.</summary>
internal sealed class NetworkTurnServer
{
    private readonly MediaNetwork _network;
    private TransportAddress _client;

    public NetworkTurnServer(MediaNetwork network, TransportAddress address, TransportAddress relayed)
    {
        _network = network;
        Address = address;
        Server = new FakeTurnServer(relayed);
        network.Listen(address, (from, datagram) => Serve(from, datagram, relayed));
        network.Listen(relayed, (from, datagram) => Deliver(from, datagram));
    }

    public TransportAddress Address { get; }

    public FakeTurnServer Server { get; }

    /// <summary>How many datagrams of peers came as ChannelData or left as such.</summary>
    public int ChannelFrames { get; private set; }

    public static TurnServers Servers(params string[] uris) =>
        new(uris, FakeTurnServer.Username, new Redacted<string>(FakeTurnServer.Password));

    private void Serve(TransportAddress from, byte[] datagram, TransportAddress relayed)
    {
        _client = from;
        ChannelFrames += TurnChannelData.IsChannelData(datagram) ? 1 : 0;
        if (Server.Receive(datagram, from) is { } answer)
        {
            _network.Send(Address, from, answer);
        }

        foreach (var (peer, payload) in Server.Relayed)
        {
            _network.Send(relayed, peer, payload);
        }

        Server.Relayed.Clear();
    }

    private void Deliver(TransportAddress peer, byte[] datagram)
    {
        if (Server.Deliver(peer, datagram) is { } framed)
        {
            ChannelFrames += TurnChannelData.IsChannelData(framed) ? 1 : 0;
            _network.Send(Address, _client, framed);
        }
    }
}
