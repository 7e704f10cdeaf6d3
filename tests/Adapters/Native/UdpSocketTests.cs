using System.Net;
using System.Net.Sockets;
using Farspan.Kernel;

namespace Farspan.Native.Tests;

public sealed class UdpSocketTests : IDisposable
{
    private static readonly TransportAddress Loopback = TransportAddress.From(IPAddress.Loopback, 0);
    private static readonly TransportAddress LoopbackV6 = TransportAddress.From(IPAddress.IPv6Loopback, 0);

    private readonly UdpReceiveBatch _receive = new(16);
    private readonly UdpSendBatch _send = new(32);

    public void Dispose()
    {
        _receive.Dispose();
        _send.Dispose();
    }

    [Fact]
    public void Datagrams_ArriveWithTheirBytesAndTheirSender()
    {
        using var left = Open(Loopback);
        using var right = Open(Loopback);

        _send.Add(left, right.LocalAddress, [1, 2, 3]);
        _send.Add(left, right.LocalAddress, []);
        _send.Add(left, right.LocalAddress, new byte[1_500]);
        _send.Flush();

        Assert.Equal(3, _receive.Receive(right));
        Assert.Equal([1, 2, 3], _receive.Datagram(0).ToArray());
        Assert.Equal(0, _receive.Datagram(1).Length);
        Assert.Equal(1_500, _receive.Datagram(2).Length);
        Assert.Equal(left.LocalAddress, _receive.Sender(0));
        Assert.Equal(3, _send.Sent);
        Assert.Equal(0, _receive.Receive(right));
    }

    [Fact]
    public void IPv6_Works()
    {
        using var left = Open(LoopbackV6);
        using var right = Open(LoopbackV6);

        _send.Add(left, right.LocalAddress, [7]);
        _send.Flush();

        Assert.Equal(1, _receive.Receive(right));
        Assert.Equal(left.LocalAddress, _receive.Sender(0));
    }

    [Fact]
    public void DualStackSocket_SpeaksIPv4AndNamesItsPeersAlike()
    {
        using var dual = Open(TransportAddress.From(IPAddress.IPv6Any, 0));
        using var four = Open(Loopback);

        _send.Add(dual, four.LocalAddress, [1]);
        _send.Flush();
        Assert.Equal(1, _receive.Receive(four));
        var reply = _receive.Sender(0);
        Assert.True(reply.IsIPv4);

        _send.Add(four, reply, [2]);
        _send.Flush();
        Assert.Equal(1, _receive.Receive(dual));
        Assert.Equal(four.LocalAddress, _receive.Sender(0));
    }

    [Fact]
    public void SeveralSocketsInOneBatch_SendInOrder()
    {
        using var target = Open(Loopback);
        var sockets = Enumerable.Range(0, 3).Select(_ => Open(Loopback)).ToArray();
        for (byte i = 0; i < 9; i++)
        {
            _send.Add(sockets[i / 2 % 3], target.LocalAddress, [i]);
        }

        _send.Flush();

        Assert.Equal(9, _receive.Receive(target));
        for (var i = 0; i < 9; i++)
        {
            Assert.Equal(i, _receive.Datagram(i)[0]);
            Assert.Equal(sockets[i / 2 % 3].LocalAddress, _receive.Sender(i));
        }

        Assert.All(sockets, s => s.Dispose());
    }

    [Fact]
    public void FullBatch_SendsItselfAndGoesOn()
    {
        using var left = Open(Loopback);
        using var right = Open(Loopback);
        for (var i = 0; i < 40; i++)
        {
            _send.Add(left, right.LocalAddress, [(byte)i]);
        }

        _send.Flush();

        Assert.Equal(40, _send.Sent);
        Assert.Equal(16, _receive.Receive(right));
        Assert.Equal(16, _receive.Receive(right));
        Assert.Equal(8, _receive.Receive(right));
        Assert.Equal(39, _receive.Datagram(7)[0]);
    }

    [Fact]
    public void WhatCannotBeSent_IsCountedAndHoldsNothingUp()
    {
        using var left = Open(Loopback);
        using var right = Open(Loopback);

        _send.Add(left, LoopbackV6.WithPort(9), [1]);
        _send.Add(left, default, [1]);
        _send.Add(left, right.LocalAddress, new byte[5_000]);
        _send.Add(left, right.LocalAddress.WithPort(0), [1]);
        _send.Add(left, right.LocalAddress, [42]);
        _send.Flush();

        Assert.Equal(4, _send.DroppedOther);
        Assert.Equal(1, _send.Sent);
        Assert.Equal(1, _receive.Receive(right));
        Assert.Equal(42, _receive.Datagram(0)[0]);
    }

    [Fact]
    public void DatagramLongerThanTheBuffer_IsEmptyNotCut()
    {
        using var socket = Open(Loopback);
        using var peer = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        peer.SendTo(new byte[3_000], socket.LocalAddress.ToIPEndPoint());
        peer.SendTo(new byte[100], socket.LocalAddress.ToIPEndPoint());

        Assert.Equal(2, _receive.Receive(socket));
        Assert.Equal(0, _receive.Datagram(0).Length);
        Assert.Equal(100, _receive.Datagram(1).Length);
    }

    [Fact]
    public void SocketThatGetsOneAtATime_LosesNothingOfABurst()
    {
        using var left = Open(Loopback);
        using var right = Open(Loopback);
        for (var i = 0; i < 100; i++)
        {
            _send.Add(left, right.LocalAddress, [1, (byte)i]);
            _send.Flush();
            Assert.Equal(1, _receive.Receive(right));
            Assert.Equal([1, (byte)i], _receive.Datagram(0).ToArray());
            Assert.Equal(left.LocalAddress, _receive.Sender(0));
        }

        for (var i = 0; i < 20; i++)
        {
            _send.Add(left, right.LocalAddress, [(byte)i]);
        }

        _send.Flush();
        List<byte> received = [];
        for (int count; (count = _receive.Receive(right)) > 0;)
        {
            received.AddRange(Enumerable.Range(0, count).Select(i => _receive.Datagram(i)[0]));
        }

        Assert.Equal(Enumerable.Range(0, 20).Select(i => (byte)i), received);
    }

    [Fact]
    public void SingleDatagramLongerThanTheBuffer_IsEmptyNotCut()
    {
        using var left = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        using var right = Open(Loopback);
        Assert.Equal(0, _receive.Receive(right));

        left.SendTo(new byte[4_000], new IPEndPoint(IPAddress.Loopback, right.LocalAddress.Port));
        Assert.Equal(1, _receive.Receive(right));
        Assert.Equal(0, _receive.Datagram(0).Length);

        left.SendTo([9], new IPEndPoint(IPAddress.Loopback, right.LocalAddress.Port));
        Assert.Equal(1, _receive.Receive(right));
        Assert.Equal([9], _receive.Datagram(0).ToArray());
    }

    [Fact]
    public void PortInUse_IsAnOutcome()
    {
        using var socket = Open(Loopback);
        Assert.False(UdpSocket.TryOpen(socket.LocalAddress, new UdpSocketSettings(), out _, out var error));
        Assert.Equal(LinuxError.AddressInUse, error);
        var elsewhere = TransportAddress.From(IPAddress.Parse("192.0.2.77"), 0);
        Assert.False(UdpSocket.TryOpen(elsewhere, new UdpSocketSettings(), out _, out error));
        Assert.Equal(LinuxError.AddressNotAvailable, error);
    }

    [Fact]
    public void Sockets_AreMarkedAndBuffered()
    {
        using var four = Open(Loopback);
        using var six = Open(LoopbackV6);
        Assert.Equal(46, four.CodePoint);
        Assert.Equal(46, six.CodePoint);
        Assert.True(four.ReceiveBufferBytes >= 256 * 1_024);
    }

    [Fact]
    public void SentAndReceivedDatagram_AllocatesNothing()
    {
        using var left = Open(Loopback);
        using var right = Open(Loopback);
        long before = 0;
        for (var i = 0; i < 100; i++)
        {
            before = i == 50 ? GC.GetAllocatedBytesForCurrentThread() : before;
            var room = _send.Reserve();
            room[0] = (byte)i;
            _send.Commit(left, right.LocalAddress, 172);
            _send.Flush();
            var isThere = _receive.Receive(right) == 1
                && _receive.Datagram(0)[0] == i && _receive.Sender(0) == left.LocalAddress;
            if (!isThere)
            {
                Assert.Fail("lost on loopback");
            }
        }

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Fact]
    public void Epoll_ReportsReadableSocketsByTheirTokens()
    {
        using var left = Open(Loopback);
        using var right = Open(Loopback);
        using var epoll = new Epoll(8);
        Assert.True(epoll.TryAdd(left.Descriptor, 0xAAAA_BBBB_CCCC_DDDD));
        Assert.True(epoll.TryAdd(right.Descriptor, 77));
        Assert.Equal(0, epoll.Wait(TimeSpan.Zero));

        _send.Add(left, right.LocalAddress, [1]);
        _send.Flush();
        Assert.Equal(1, epoll.Wait(TimeSpan.FromSeconds(5)));
        Assert.Equal(77ul, epoll.Token(0));

        _send.Add(right, left.LocalAddress, [1]);
        _send.Flush();
        Assert.Equal(2, epoll.Wait(TimeSpan.FromSeconds(5)));
        Assert.Equal(
            [77ul, 0xAAAA_BBBB_CCCC_DDDD], new[] { epoll.Token(0), epoll.Token(1) }.Order());

        epoll.Remove(right.Descriptor);
        Assert.Equal(1, epoll.Wait(TimeSpan.FromSeconds(5)));
    }

    [Fact]
    public void EventDescriptor_IsReadableFromSignalToReset()
    {
        var wake = new EventDescriptor();
        using var epoll = new Epoll(8);
        Assert.True(epoll.TryAdd(wake.Descriptor, 1));
        Assert.Equal(0, epoll.Wait(TimeSpan.Zero));
        wake.Signal();
        wake.Signal();
        Assert.Equal(1, epoll.Wait(TimeSpan.FromSeconds(5)));
        wake.Reset();
        Assert.Equal(0, epoll.Wait(TimeSpan.Zero));
        wake.Signal();
        Assert.Equal(1, epoll.Wait(TimeSpan.FromSeconds(5)));
        GC.KeepAlive(wake);
    }

    private static UdpSocket Open(TransportAddress local)
    {
        Assert.True(UdpSocket.TryOpen(local, new UdpSocketSettings(), out var socket, out _));
        return socket;
    }
}
