using System.Net;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading.Channels;
using Farspan.Amazon.Tests;
using Microsoft.AspNetCore.Http;

namespace Farspan.Network.Tests;

public sealed class ChimeWebSocketTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Channel<WebSocketEvent> _events = Channel.CreateUnbounded<WebSocketEvent>();

    [Fact]
    public async Task Messages_GoBothWays_UnderTheFirstSubProtocol()
    {
        await using var server = await ServeAsync(async socket =>
        {
            var buffer = new byte[10];
            var received = await socket.ReceiveAsync(buffer, CancellationToken.None);
            Assert.Equal(WebSocketMessageType.Binary, received.MessageType);
            await socket.SendAsync(
                "text"u8.ToArray(), WebSocketMessageType.Text, true, CancellationToken.None);
            await SendAsync(socket, buffer.AsMemory(0, 2), endOfMessage: false);
            await SendAsync(socket, buffer.AsMemory(2, received.Count - 2), endOfMessage: true);
            await socket.CloseAsync((WebSocketCloseStatus)4410, "over", CancellationToken.None);
        });

        var socket = Open(server, new WebSocketSettings { AllowsPlainText = true });
        Assert.IsType<WebSocketEvent.Opened>(await NextAsync());
        Assert.True(socket.Send(new byte[] { 1, 2, 3 }));

        var message = Assert.IsType<WebSocketEvent.Received>(await NextAsync()).Message;
        Assert.Equal([1, 2, 3], message.ToArray());
        Assert.Equal(new WebSocketEvent.Closed(4410, "over"), await NextAsync());
        await socket.Completion.WaitAsync(Patience);
        Assert.False(socket.Send(new byte[] { 4 }));
        Assert.Equal("_aws_wt_session, token", server.Requests.Single().Header("Sec-WebSocket-Protocol"));
    }

    [Fact]
    public async Task AnAbort_IsReportedAs1006()
    {
        await using var server = await ServeAsync(async socket =>
        {
            await ReceiveOnceAsync(socket);
            socket.Abort();
        });

        var socket = Open(server, new WebSocketSettings { AllowsPlainText = true });

        Assert.IsType<WebSocketEvent.Opened>(await NextAsync());
        socket.Send(new byte[] { 1 });
        Assert.Equal(1006, Assert.IsType<WebSocketEvent.Closed>(await NextAsync()).Code);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(503)]
    public async Task ARefusedUpgrade_TellsTheStatus(int status)
    {
        await using var server = await FakeServer.StartAsync(status, "no");

        Open(server, new WebSocketSettings { AllowsPlainText = true });

        Assert.Equal(new WebSocketEvent.Refused(status), await NextAsync());
    }

    [Fact]
    public async Task AClosedPort_IsReportedAs1006()
    {
        var server = await FakeServer.StartAsync(200, "");
        var url = WebSocketUrl(server);
        await server.DisposeAsync();

        Open(url, new WebSocketSettings { AllowsPlainText = true });

        Assert.Equal(1006, Assert.IsType<WebSocketEvent.Closed>(await NextAsync()).Code);
    }

    [Fact]
    public async Task AServerThatDoesNotAnswer_IsGivenUp()
    {
        await using var server = await FakeServer.StartAsync((context, _) => new TaskCompletionSource().Task
            .WaitAsync(context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));

        Open(server, new WebSocketSettings
        {
            AllowsPlainText = true,
            ConnectTimeout = TimeSpan.FromMilliseconds(50),
        });

        Assert.Equal(1006, Assert.IsType<WebSocketEvent.Closed>(await NextAsync()).Code);
    }

    [Fact]
    public async Task AServer_MustSelectTheSubProtocol()
    {
        await using var server = await ServeAsync(ReceiveOnceAsync, subProtocol: "token");

        Open(server, new WebSocketSettings { AllowsPlainText = true });

        var closed = Assert.IsType<WebSocketEvent.Closed>(await NextAsync());
        Assert.Contains("sub-protocol", closed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PlainText_IsRefused_UnlessTheLabAllowsIt()
    {
        await using var server = await ServeAsync(ReceiveOnceAsync);

        Open(server, new WebSocketSettings());

        Assert.Equal(new WebSocketEvent.Refused(400), await NextAsync());
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task ATokenThatNoHeaderMayHave_IsRefusedWithoutAsking()
    {
        ChimeWebSocket.Open(
            new Uri("wss://localhost:1"), ["_aws_wt_session", "a b\r\n"], new WebSocketSettings(), Deliver);

        Assert.Equal(new WebSocketEvent.Refused(400), await NextAsync());
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task AMessage_HasALimit(int length, bool isDelivered)
    {
        await using var server = await ServeAsync(async socket =>
        {
            await SendAsync(socket, new byte[length], endOfMessage: true);
            await ReceiveOnceAsync(socket);
        });

        Open(server, new WebSocketSettings { AllowsPlainText = true, MaxMessageBytes = 100 });

        Assert.IsType<WebSocketEvent.Opened>(await NextAsync());
        var next = await NextAsync();
        Assert.Equal(isDelivered, next is WebSocketEvent.Received);
        Assert.Equal(!isDelivered, next is WebSocketEvent.Closed { Code: 1009 });
    }

    [Fact]
    public async Task APeerThatStopsReading_IsCut_AndNobodyWaits()
    {
        var release = new TaskCompletionSource();
        await using var server = await ServeAsync(_ => release.Task);
        var socket = Open(server, new WebSocketSettings { AllowsPlainText = true, MaxQueuedMessages = 4 });
        Assert.IsType<WebSocketEvent.Opened>(await NextAsync());

        var message = new byte[1024 * 1024];
        var sent = 0;
        while (socket.Send(message) && sent < 10_000)
        {
            sent++;
        }

        Assert.InRange(sent, 4, 9_999);
        Assert.Equal(1006, Assert.IsType<WebSocketEvent.Closed>(await NextAsync()).Code);
        release.SetResult();
    }

    [Fact]
    public async Task Closing_SendsWhatIsQueued_ThenTheCode_AndReportsNothing()
    {
        var seen = new TaskCompletionSource<(int Bytes, WebSocketCloseStatus? Code)>();
        await using var server = await ServeAsync(async socket =>
        {
            var buffer = new byte[10];
            var message = await socket.ReceiveAsync(buffer, CancellationToken.None);
            await socket.ReceiveAsync(buffer, CancellationToken.None);
            seen.SetResult((message.Count, socket.CloseStatus));
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        });
        var socket = Open(server, new WebSocketSettings { AllowsPlainText = true });
        Assert.IsType<WebSocketEvent.Opened>(await NextAsync());

        Assert.True(socket.Send(new byte[] { 1, 2 }));
        socket.Close(1000);

        Assert.Equal((2, WebSocketCloseStatus.NormalClosure), await seen.Task.WaitAsync(Patience));
        await socket.Completion.WaitAsync(Patience);
        Assert.False(_events.Reader.TryRead(out _));
        Assert.False(socket.Send(new byte[] { 3 }));
    }

    [Fact]
    public async Task Closing_DoesNotWaitForAPeerThatIsSilent()
    {
        var release = new TaskCompletionSource();
        await using var server = await ServeAsync(_ => release.Task);
        var socket = Open(server, new WebSocketSettings
        {
            AllowsPlainText = true,
            CloseTimeout = TimeSpan.FromMilliseconds(20),
        });
        Assert.IsType<WebSocketEvent.Opened>(await NextAsync());

        socket.Close(1000);

        await socket.Completion.WaitAsync(Patience);
        release.SetResult();
    }

    [Fact]
    public async Task OnlyATrustedServer_IsTalkedTo()
    {
        using var certificate = CreateCertificate();
        await using var server = await FakeServer.StartAsync(
            (context, _) => AcceptAsync(context, ReceiveOnceAsync, "_aws_wt_session"), certificate);

        Open(server, new WebSocketSettings());
        Assert.Equal(1006, Assert.IsType<WebSocketEvent.Closed>(await NextAsync()).Code);

        Open(server, new WebSocketSettings { TrustedRoots = [certificate] }).Close(1000);
        Open(server, new WebSocketSettings { TrustedRoots = [certificate] });
        Assert.IsType<WebSocketEvent.Opened>(await NextAsync());

        Open(server, new WebSocketSettings { AcceptsAnyCertificate = true });
        Assert.IsType<WebSocketEvent.Opened>(await NextAsync());
    }

    private static Uri WebSocketUrl(FakeServer server) =>
        new UriBuilder(server.Url) { Scheme = server.Url.Scheme == "https" ? "wss" : "ws" }.Uri;

    private static Task SendAsync(WebSocket socket, ReadOnlyMemory<byte> bytes, bool endOfMessage) =>
        socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage, CancellationToken.None).AsTask();

    private static async Task ReceiveOnceAsync(WebSocket socket)
    {
        try
        {
            await socket.ReceiveAsync(new byte[1], CancellationToken.None);
        }
        catch (WebSocketException)
        {
            // The client cut the connection, as the test wanted.
        }
    }

    private static Task<FakeServer> ServeAsync(
        Func<WebSocket, Task> serve, string subProtocol = "_aws_wt_session") =>
        FakeServer.StartAsync((context, _) => AcceptAsync(context, serve, subProtocol));

    private static async Task AcceptAsync(
        HttpContext context, Func<WebSocket, Task> serve, string subProtocol)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(subProtocol);
        await serve(socket);
    }

    private static X509Certificate2 CreateCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private ChimeWebSocket Open(FakeServer server, WebSocketSettings settings) =>
        Open(WebSocketUrl(server), settings);

    private ChimeWebSocket Open(Uri url, WebSocketSettings settings) =>
        ChimeWebSocket.Open(url, ["_aws_wt_session", "token"], settings, Deliver);

    private void Deliver(WebSocketEvent happened) => _events.Writer.TryWrite(happened);

    private async Task<WebSocketEvent> NextAsync() =>
        await _events.Reader.ReadAsync().AsTask().WaitAsync(Patience);
}
