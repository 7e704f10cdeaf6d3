using System.Net;
using System.Net.Sockets;
using System.Text;
using Farspan.Sip;

namespace Farspan.Network.Tests;

public sealed class SipStreamListenerTests : IDisposable
{
    private static readonly IPEndPoint _anyLoopback = new(IPAddress.Loopback, 0);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(10);

    /// <summary>Times so short that tests need not wait, with sweeps to match.</summary>
    private static readonly SipNetworkLimits _impatient = SipNetworkLimits.Default with
    {
        SweepInterval = TimeSpan.FromMilliseconds(20),
    };

    private readonly RecordingReceiver _receiver = new();
    private readonly List<IDisposable> _disposables = [];

    public void Dispose() => _disposables.ForEach(disposable => disposable.Dispose());

    [Fact]
    public async Task Messages_AreCutOutOfTheStream_HoweverItArrives()
    {
        var listener = Start();
        var peer = await Connect(listener);
        var text =
            SipMessages.Options(1) + SipMessages.Options(2, bodyLength: 5_000) + SipMessages.Options(3);

        foreach (var chunk in SipMessages.Bytes(text).Chunk(700))
        {
            await peer.SendAsync(chunk);
        }

        var (flow, first) = await _receiver.NextMessage();
        Assert.Equal(SipMessages.Options(1), first);
        Assert.Equal(SipMessages.Options(2, bodyLength: 5_000), (await _receiver.NextMessage()).Message);
        Assert.Equal(SipMessages.Options(3), (await _receiver.NextMessage()).Message);
        Assert.Equal(SipTransport.Tcp, flow.Transport);
        Assert.Equal(listener.Local, flow.Local);
        Assert.Equal(peer.LocalEndPoint, flow.Remote);
        Assert.Equal((await _receiver.NextOpened()).Flow, flow);
    }

    [Fact]
    public async Task AResponse_GoesBackOverTheConnection_AlsoWhenOnlyThePeerIsNamed()
    {
        var listener = Start();
        var peer = await Connect(listener);
        await peer.SendAsync(SipMessages.Bytes(SipMessages.Options(1)));
        var (flow, _) = await _receiver.NextMessage();

        listener.Send(flow, SipMessages.Bytes("one"));
        listener.Send(flow with { ConnectionId = 0 }, SipMessages.Bytes("two"));

        Assert.Equal("onetwo", await Read(peer, 6));
        Assert.Equal(1, listener.ConnectionCount);
    }

    [Fact] // RFC 5626 §4.4.1.
    public async Task ADoubleCrlf_GetsASingleOne()
    {
        var peer = await Connect(Start());

        await peer.SendAsync(SipMessages.Bytes("\r\n\r\n"));

        Assert.Equal("\r\n", await Read(peer, 2));
    }

    [Fact]
    public async Task SendingToANewPeer_OpensOneConnection_AndUsesItBothWays()
    {
        var listener = Start();
        var otherReceiver = new RecordingReceiver();
        var other = Start(otherReceiver);
        var target = SipFlow.Connect(SipTransport.Tcp, listener.Local, other.Local);

        listener.Send(target, SipMessages.Bytes(SipMessages.Options(1)));
        listener.Send(target, SipMessages.Bytes(SipMessages.Options(2)));

        var (flow, first) = await otherReceiver.NextMessage();
        Assert.Equal(SipMessages.Options(1), first);
        Assert.Equal(SipMessages.Options(2), (await otherReceiver.NextMessage()).Message);
        Assert.Equal(1, listener.ConnectionCount);

        other.Send(flow, SipMessages.Bytes(SipMessages.Options(3)));
        var (back, third) = await _receiver.NextMessage();
        Assert.Equal(SipMessages.Options(3), third);
        Assert.True(back.Carries(target));
    }

    [Fact]
    public async Task APeerThatRefuses_FailsTheFlow()
    {
        var listener = Start();
        using var closed = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        closed.Bind(_anyLoopback);
        var target = SipFlow.Connect(SipTransport.Tcp, listener.Local, (IPEndPoint)closed.LocalEndPoint!);

        listener.Send(target, SipMessages.Bytes(SipMessages.Options(1)));

        var (flow, failure) = await _receiver.NextFailure();
        Assert.Equal(SipFlowFailure.ConnectFailed, failure);
        Assert.True(flow.Carries(target));
        Assert.Equal(0, listener.ConnectionCount);
    }

    [Fact]
    public async Task APeerThatCloses_FailsTheFlow_AndSendingToItFailsToo()
    {
        var listener = Start();
        var peer = await Connect(listener);
        var (flow, _) = await _receiver.NextOpened();

        peer.Dispose();
        Assert.Equal((flow, SipFlowFailure.Closed), await _receiver.NextFailure());

        listener.Send(flow, SipMessages.Bytes("late"));
        Assert.Equal((flow, SipFlowFailure.Unavailable), await _receiver.NextFailure());
    }

    [Fact] // RFC 3261 §18.3: without a Content-Length the stream cannot be cut.
    public async Task AStreamThatCannotBeCut_IsClosed_AfterItsHeadWasDelivered()
    {
        var peer = await Connect(Start());

        await peer.SendAsync(SipMessages.Bytes("OPTIONS sip:a@b SIP/2.0\r\nVia: SIP/2.0/TCP c\r\n\r\n"));

        Assert.StartsWith("OPTIONS", (await _receiver.NextMessage()).Message, StringComparison.Ordinal);
        Assert.Equal(SipFlowFailure.Malformed, (await _receiver.NextFailure()).Failure);
    }

    [Fact]
    public async Task AMessageThatDoesNotEnd_ClosesTheConnection()
    {
        var peer =
            await Connect(Start(limits: _impatient with { MessageTimeout = TimeSpan.FromMilliseconds(50) }));

        await peer.SendAsync(SipMessages.Bytes("OPTIONS sip:a@b SIP/2.0\r\n"));

        Assert.Equal(SipFlowFailure.Malformed, (await _receiver.NextFailure()).Failure);
    }

    [Fact]
    public async Task AnIdleConnection_IsClosed()
    {
        await Connect(Start(limits: _impatient with { IdleTimeout = TimeSpan.FromMilliseconds(50) }));

        Assert.Equal(SipFlowFailure.Idle, (await _receiver.NextFailure()).Failure);
    }

    [Fact]
    public async Task APeerThatDoesNotRead_LosesItsConnection_AndNobodyBlocks()
    {
        var listener = Start(limits: _impatient with { SendQueueBytesMax = 100_000 });
        await Connect(listener);
        var (flow, _) = await _receiver.NextOpened();
        var message = SipMessages.Bytes(SipMessages.Options(1, bodyLength: 50_000));

        // The kernels' buffers take some megabytes before the queue fills.
        for (var i = 0; i < 2_000 && listener.ConnectionCount > 0; i++)
        {
            listener.Send(flow, message);
        }

        Assert.Equal(SipFlowFailure.SendQueueFull, (await _receiver.NextFailure()).Failure);
    }

    [Fact]
    public async Task ConnectionsBeyondTheLimitOfASource_AreRefused()
    {
        var listener = Start(limits: _impatient with { ConnectionsPerSourceMax = 2 });
        await Connect(listener);
        await Connect(listener);
        await _receiver.NextOpened();
        await _receiver.NextOpened();

        Assert.True(await IsRefused(listener));
        Assert.Equal(2, listener.ConnectionCount);
    }

    [Fact]
    public async Task ASourceThatIsNotAdmitted_IsRefused()
    {
        _receiver.IsAdmitting = false;
        var listener = Start();

        Assert.True(await IsRefused(listener));
        Assert.Equal(0, listener.ConnectionCount);
    }

    [Fact]
    public async Task Dispose_ClosesEveryConnection()
    {
        var listener = Start();
        var peer = await Connect(listener);
        await _receiver.NextOpened();

        listener.Dispose();

        Assert.Equal(SipFlowFailure.Closed, (await _receiver.NextFailure()).Failure);
        Assert.True(await IsClosedByPeer(peer));
    }

    private static async Task<string> Read(Socket socket, int count)
    {
        var buffer = new byte[count];
        using var stream = new NetworkStream(socket, ownsSocket: false);
        await stream.ReadExactlyAsync(buffer).AsTask().WaitAsync(_patience);
        return Encoding.UTF8.GetString(buffer);
    }

    private static async Task<bool> IsClosedByPeer(Socket socket)
    {
        try
        {
            return await socket.ReceiveAsync(new byte[1]).WaitAsync(_patience) == 0;
        }
        catch (SocketException)
        {
            return true;
        }
    }

    /// <summary>The reset may come as early as the end of the connecting.</summary>
    private async Task<bool> IsRefused(SipStreamListener listener)
    {
        try
        {
            return await IsClosedByPeer(await Connect(listener));
        }
        catch (SocketException)
        {
            return true;
        }
    }

    private SipStreamListener Start(RecordingReceiver? receiver = null, SipNetworkLimits? limits = null)
    {
        var listener = new SipStreamListener(
            _anyLoopback, null, null, receiver ?? _receiver, limits ?? SipNetworkLimits.Default);
        _disposables.Add(listener);
        listener.Start();
        return listener;
    }

    private async Task<Socket> Connect(SipStreamListener listener)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        _disposables.Add(socket);
        await socket.ConnectAsync(listener.Local).WaitAsync(_patience);
        return socket;
    }
}
