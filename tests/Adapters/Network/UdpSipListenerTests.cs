using System.Net;
using System.Net.Sockets;
using System.Text;
using Farspan.Sip;

namespace Farspan.Network.Tests;

public sealed class UdpSipListenerTests : IDisposable
{
    private static readonly IPEndPoint _anyLoopback = new(IPAddress.Loopback, 0);

    private readonly RecordingReceiver _receiver = new();
    private readonly UdpSipListener _listener;
    private readonly UdpClient _peer = new(_anyLoopback);

    public UdpSipListenerTests()
    {
        _listener = new UdpSipListener(_anyLoopback, null, _receiver, SipNetworkLimits.Default);
        _listener.Start();
    }

    public void Dispose()
    {
        _listener.Dispose();
        _peer.Dispose();
    }

    [Fact]
    public async Task ADatagram_IsDeliveredWithTheFlowItCameOver()
    {
        await _peer.SendAsync(SipMessages.Bytes("hello"), _listener.Local);

        var (flow, message) = await _receiver.NextMessage();

        Assert.Equal("hello", message);
        Assert.Equal(SipFlow.Udp(_listener.Local, (IPEndPoint)_peer.Client.LocalEndPoint!), flow);
    }

    [Fact]
    public async Task AResponse_GoesBackOverTheFlowOfItsRequest()
    {
        await _peer.SendAsync(SipMessages.Bytes("request"), _listener.Local);
        var (flow, _) = await _receiver.NextMessage();

        _listener.Send(flow, SipMessages.Bytes("response"));

        var received = await _peer.ReceiveAsync().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal("response", Encoding.UTF8.GetString(received.Buffer));
        Assert.Equal(_listener.Local, received.RemoteEndPoint);
    }

    [Fact]
    public async Task MorePeersThanAreRemembered_AreStillToldApart()
    {
        using var listener = new UdpSipListener(
            _anyLoopback, null, _receiver, SipNetworkLimits.Default with { KnownPeersMax = 2 });
        listener.Start();
        for (var i = 0; i < 6; i++)
        {
            using var peer = new UdpClient(_anyLoopback);
            await peer.SendAsync(SipMessages.Bytes($"{i}"), listener.Local);
            var (flow, message) = await _receiver.NextMessage();

            Assert.Equal($"{i}", message);
            Assert.Equal(peer.Client.LocalEndPoint, flow.Remote);
        }
    }

    [Fact]
    public void TheAdvertisedAddress_IsWhatFlowsShow()
    {
        var advertised = IPEndPoint.Parse("203.0.113.9:5060");
        using var listener =
            new UdpSipListener(_anyLoopback, advertised, _receiver, SipNetworkLimits.Default);

        Assert.Equal(advertised, listener.Local);
    }

    [Fact]
    public async Task ADatagramThatTheNetworkRefuses_FailsItsFlow()
    {
        var flow = SipFlow.Udp(_listener.Local, (IPEndPoint)_peer.Client.LocalEndPoint!);

        _listener.Send(flow, new byte[70_000]);

        Assert.Equal((flow, SipFlowFailure.Broken), await _receiver.NextFailure());
    }

    [Fact]
    public async Task AfterDispose_SendingFailsTheFlow_AndTheThreadHasEnded()
    {
        var flow = SipFlow.Udp(_listener.Local, (IPEndPoint)_peer.Client.LocalEndPoint!);
        _listener.Dispose();

        _listener.Send(flow, SipMessages.Bytes("late"));

        Assert.Equal((flow, SipFlowFailure.Closed), await _receiver.NextFailure());
    }
}
