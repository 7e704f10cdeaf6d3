using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Farspan.Chime;
using Farspan.ConnectEmulator;
using Farspan.Sdp;
using Farspan.Tones;

namespace Farspan.ConnectEmulatorMedia.Tests;

/// <summary>A contact from its start to its end: HTTP, Chime signalling and real media.</summary>
public sealed class WholeEmulatorTests : IAsyncLifetime, IDisposable
{
    private readonly CancellationTokenSource _patience = new(TestClients.Patience);
    private readonly HttpClient _http = new();
    private readonly TestClients _clients = new();
    private readonly MeetingMedia _media = new(
        new MeetingMediaSettings { Addresses = ["127.0.0.1"] }, _ => { });

    private ConnectEmulatorServer _server = null!;

    private CancellationToken Patience => _patience.Token;

    public async Task InitializeAsync()
    {
        var settings = new ConnectEmulatorSettings { Url = "http://127.0.0.1:0", VerifiesSignatures = false };
        _server = await ConnectEmulatorServer.StartAsync(settings, _media, Patience);
        _http.BaseAddress = _server.Url;
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _media.DisposeAsync();
    }

    public void Dispose()
    {
        _clients.Dispose();
        _http.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task TheContact_ShowsWhomTheAgentHeard_AndTheCallerHearsTheAgent()
    {
        var started = await StartAsync();
        using var socket = await OpenSocketAsync(started);
        var caller = _clients.Add("customer");
        await SendAsync(socket, new JoinFrame { ProtocolVersion = 2 });
        await SendAsync(socket, new SubscribeFrame { Duplex = StreamDuplex.Both, SdpOffer = caller.Offer });
        Assert.True(SdpParser.TryParse(await ReceiveAnswerAsync(socket), out var answer, out _));
        Assert.True(RemoteTransport.TryRead(answer, out var remote, out _));
        _clients.Tell(caller, remote);
        await _clients.UntilAsync(caller, client => client.HearsTone(600));

        _clients.Tell(caller, new TestClient.SaySequence(2_024));
        await ReadEventAsync("callerHeard");
        var contactId = (string)started["ContactId"]!;
        var contact = await _http.GetFromJsonAsync<JsonObject>($"/contacts/{contactId}", Patience);
        await _clients.UntilAsync(caller, client => client.FindHeard(LabTones.AgentCode(2_024)) is not null);

        var heard = contact!["heard"]!;
        Assert.Equal((2_024, 1, 0), ((int)heard["code"]!, (int)heard["times"]!, (int)heard["strangers"]!));
        Assert.InRange((double)heard["delayMs"]!, 0, 200);
    }

    private async Task<JsonObject> StartAsync()
    {
        var body = new JsonObject
        {
            ["InstanceId"] = "i",
            ["ContactFlowId"] = "inbound",
            ["ParticipantDetails"] = new JsonObject { ["DisplayName"] = "+44 20 7946 0000" },
        };
        using var answer = await _http.PutAsJsonAsync("/contact/webrtc", body, Patience);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Patience))!;
    }

    private async Task<ClientWebSocket> OpenSocketAsync(JsonObject started)
    {
        var join = started["ConnectionData"]!;
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("_aws_wt_session");
        socket.Options.AddSubProtocol((string)join["Attendee"]!["JoinToken"]!);
        var url = (string)join["Meeting"]!["MediaPlacement"]!["SignalingUrl"]!;
        await socket.ConnectAsync(new Uri(url), Patience);
        return socket;
    }

    private Task SendAsync(ClientWebSocket socket, SignalFrame frame) => socket.SendAsync(
        frame.Encode(SignalDirection.ClientToServer), WebSocketMessageType.Binary, true, Patience);

    private async Task<string> ReceiveAnswerAsync(ClientWebSocket socket)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var message = await socket.ReceiveAsync(buffer, Patience);
            Assert.Equal(WebSocketMessageType.Binary, message.MessageType);
            var bytes = buffer.AsSpan(0, message.Count);
            if (SignalFrame.TryDecode(bytes, out var frame, out _)
                && frame is SubscribeAckFrame acknowledged)
            {
                return acknowledged.SdpAnswer!;
            }
        }
    }

    private async Task ReadEventAsync(string kind)
    {
        await using var stream = await _http.GetStreamAsync("/events?after=0", Patience);
        using var reader = new StreamReader(stream);
        while (await reader.ReadLineAsync(Patience) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal)
                && (string?)JsonNode.Parse(line["data: ".Length..])!["kind"] == kind)
            {
                return;
            }
        }

        Assert.Fail("the stream of events ended");
    }
}
