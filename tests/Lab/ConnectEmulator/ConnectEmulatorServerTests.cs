using System.Net;
using System.Net.Http.Json;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Farspan.Amazon;
using Farspan.Chime;
using Farspan.Kernel;

namespace Farspan.ConnectEmulator.Tests;

public sealed class ConnectEmulatorServerTests : IAsyncLifetime, IDisposable
{
    private static readonly AccessKey Key = new ConnectEmulatorSettings().AccessKeys[0];

    private static readonly JsonObject StartBody = new()
    {
        ["InstanceId"] = "i",
        ["ContactFlowId"] = "inbound",
        ["ParticipantDetails"] = new JsonObject { ["DisplayName"] = "+44 20 7946 0000" },
        ["Attributes"] = new JsonObject { ["caller"] = "+442079460000" },
    };

    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(30));
    private readonly HttpClient _http = new();
    private ConnectEmulatorServer _server = null!;

    private CancellationToken Patience => _patience.Token;

    public async Task InitializeAsync()
    {
        var settings = new ConnectEmulatorSettings { Url = "http://127.0.0.1:0" };
        _server = await ConnectEmulatorServer.StartAsync(settings, new SilentMedia(), Patience);
        _http.BaseAddress = _server.Url;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task A_signed_StartWebRTCContact_is_answered_in_the_shape_of_the_api_reference()
    {
        var started = await StartAsync();

        Assert.NotNull(started["ContactId"]);
        Assert.NotNull(started["ParticipantToken"]);
        var connection = started["ConnectionData"]!;
        Assert.NotNull(connection["Attendee"]!["JoinToken"]);
        var meetingId = (string)connection["Meeting"]!["MeetingId"]!;
        Assert.Equal(
            $"ws://{_server.Url.Authority}/control/{meetingId}",
            (string?)connection["Meeting"]!["MediaPlacement"]!["SignalingUrl"]);
    }

    [Theory]
    [InlineData("another secret", "us-west-2", "InvalidSignatureException")]
    [InlineData(null, "eu-west-2", "InvalidSignatureException")]
    public async Task A_wrong_signature_is_refused(string? secret, string region, string type)
    {
        using var answer = await SendAsync(HttpMethod.Put, "/contact/webrtc", StartBody, secret, region);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(type, answer.Headers.GetValues("x-amzn-ErrorType").Single());
    }

    [Fact]
    public async Task An_unsigned_request_is_refused_unless_the_settings_believe_everybody()
    {
        using var refused = await _http.PutAsJsonAsync("/contact/webrtc", StartBody, Patience);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);

        using var patch = await _http.PatchAsJsonAsync(
            "/settings", new { verifiesSignatures = false }, Patience);
        Assert.Equal(HttpStatusCode.OK, patch.StatusCode);
        using var accepted = await _http.PutAsJsonAsync("/contact/webrtc", StartBody, Patience);
        Assert.Equal(HttpStatusCode.OK, accepted.StatusCode);
    }

    [Fact]
    public async Task Attributes_can_be_updated_and_read_back()
    {
        var contactId = (string)(await StartAsync())["ContactId"]!;
        var update = new JsonObject
        {
            ["InstanceId"] = "i", ["InitialContactId"] = contactId,
            ["Attributes"] = new JsonObject { ["more"] = "1" },
        };
        using var updated = await SendAsync(HttpMethod.Post, "/contact/attributes", update);
        Assert.Equal(HttpStatusCode.OK, updated.StatusCode);

        using var read = await SendAsync(HttpMethod.Get, $"/contact/attributes/i/{contactId}", null);
        var attributes = (await read.Content.ReadFromJsonAsync<JsonObject>(Patience))!["Attributes"]!;
        Assert.Equal(("+442079460000", "1"), ((string?)attributes["caller"], (string?)attributes["more"]));
    }

    [Fact]
    public async Task Dtmf_goes_by_way_of_the_participant_service()
    {
        var started = await StartAsync();
        var connection = await PostBearerAsync(
            "/participant/connection", (string)started["ParticipantToken"]!,
            new JsonObject { ["Type"] = new JsonArray("CONNECTION_CREDENTIALS") });
        var token = (string)connection["ConnectionCredentials"]!["ConnectionToken"]!;
        var sent = await PostBearerAsync(
            "/participant/message", token,
            new JsonObject { ["ContentType"] = "audio/dtmf", ["Content"] = "12#" });

        Assert.NotNull(sent["Id"]);
        var contact = await _http.GetFromJsonAsync<JsonObject>($"/contacts/{started["ContactId"]}", Patience);
        Assert.Equal("12#", (string?)contact!["digits"]);
    }

    [Fact]
    public async Task A_client_joins_over_a_WebSocket_is_told_the_end_and_leaves()
    {
        var started = await StartAsync();
        using var socket = await OpenSocketAsync(started);
        Assert.Equal("_aws_wt_session", socket.SubProtocol);
        await SendAsync(socket, new JoinFrame { ProtocolVersion = 2 });
        await SendAsync(socket, new SubscribeFrame { SdpOffer = "v=0\r\n" });
        await ReceiveUntilAsync<JoinAckFrame>(socket);
        await ReceiveUntilAsync<IndexFrame>(socket);
        Assert.Equal(SilentMedia.SdpAnswer, (await ReceiveUntilAsync<SubscribeAckFrame>(socket)).SdpAnswer);

        var stop = new JsonObject { ["InstanceId"] = "i", ["ContactId"] = (string?)started["ContactId"] };
        using var stopped = await SendAsync(HttpMethod.Post, "/contact/stop", stop);
        Assert.Equal(410u, (await ReceiveUntilAsync<AudioStatusFrame>(socket)).Status);
        await SendAsync(socket, new LeaveFrame());
        await ReceiveUntilAsync<LeaveAckFrame>(socket);
    }

    [Fact]
    public async Task A_wrong_join_token_is_refused_at_the_upgrade()
    {
        var started = await StartAsync();
        started["ConnectionData"]!["Attendee"]!["JoinToken"] = "wrong";

        await Assert.ThrowsAsync<WebSocketException>(() => OpenSocketAsync(started));
    }

    [Fact]
    public async Task An_injected_close_reaches_the_client_with_its_code()
    {
        var fault =
            new { signaling = new[] { new { stage = "join", effect = "close", code = 4401, times = 1 } } };
        using var added = await _http.PostAsJsonAsync("/faults", fault, Patience);
        Assert.Equal(HttpStatusCode.NoContent, added.StatusCode);
        using var socket = await OpenSocketAsync(await StartAsync());
        await SendAsync(socket, new JoinFrame());
        var end = await socket.ReceiveAsync(new byte[1024], Patience);

        Assert.Equal((WebSocketMessageType.Close, 4401), (end.MessageType, (int?)end.CloseStatus));
        var faults = await _http.GetFromJsonAsync<JsonObject>("/faults", Patience);
        Assert.Empty(faults!["signaling"]!.AsArray());
    }

    [Fact]
    public async Task A_lost_answer_never_comes_although_the_contact_exists()
    {
        var fault = new { operation = "startWebRtcContact", effect = "loseAnswer", times = 1 };
        using var added = await _http.PostAsJsonAsync("/faults", new { api = new[] { fault } }, Patience);
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(Patience);
        var answer = SendAsync(HttpMethod.Put, "/contact/webrtc", StartBody, stop: giveUp.Token);
        await ReadEventAsync("stateChanged"); // the contact exists from here on

        Assert.False(answer.IsCompleted);
        Assert.Single(_server.Inspect(service => service.Contacts.ToArray()));
        await giveUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
    }

    [Fact]
    public async Task An_agent_logs_in_is_offered_a_contact_answers_and_gets_the_way_into_the_meeting()
    {
        using var login = await _http.PostAsJsonAsync("/agent/login", new { name = "Ada" }, Patience);
        var agent = (await login.Content.ReadFromJsonAsync<JsonObject>(Patience))!;
        using var events = new StreamReader(
            await _http.GetStreamAsync($"/agent/{agent["agentId"]}/events", Patience));
        using var customer = await OpenSocketAsync(await StartAsync());
        await SendAsync(customer, new JoinFrame());
        await SendAsync(customer, new SubscribeFrame { SdpOffer = "v=0\r\n" });
        await ReadUntilAsync(events, data => (string?)data["state"] == "ringing");

        using var answered = await _http.PostAsync($"/agent/{agent["agentId"]}/answer", null, Patience);
        var join = (await answered.Content.ReadFromJsonAsync<JsonObject>(Patience))!;
        using var socket = await OpenSocketAsync(new JsonObject { ["ConnectionData"] = join });
        await SendAsync(socket, new JoinFrame());
        await SendAsync(socket, new SubscribeFrame { SdpOffer = "v=0\r\n" });
        var talking = await ReadUntilAsync(events, data => (string?)data["state"] == "talking");

        Assert.Equal("+442079460000", (string?)talking["contact"]!["attributes"]!["caller"]);
    }

    [Theory]
    [InlineData("PATCH", "/settings", """{"noSuchSetting":1}""")]
    [InlineData("PATCH", "/settings", """{"flows":[]}""")]
    [InlineData("PATCH", "/settings", """{"flows":[{"id":"f","blocks":[{"duration":"00:00:01"}]}]}""")]
    [InlineData("PATCH", "/settings", """{"quotas":{"startWebRtcContact":{"perSecond":-1,"burst":1}}}""")]
    [InlineData("PATCH", "/settings", "[]")]
    [InlineData("PUT", "/settings", "null")]
    [InlineData("PUT", "/settings", "{")]
    [InlineData("POST", "/faults", """{"api":null}""")]
    [InlineData("POST", "/contacts/x/signaling", """{"action":"explode"}""")]
    [InlineData("POST", "/agent/login", """{"name":""}""")]
    [InlineData("POST", "/agent/login", "")]
    [InlineData("POST", "/participant/connection", "\u0000")]
    [InlineData("POST", "/participant/message", """{"Content":{}}""")]
    public async Task What_is_not_understood_is_a_bad_request(string method, string path, string body)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var answer = await _http.SendAsync(request, Patience);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused()
    {
        using var body = new ByteArrayContent(new byte[EmulatorLimits.RequestBodyBytes + 1]);
        using var answer = await _http.PostAsync("/participant/message", body, Patience);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Settings_survive_a_round_trip_and_a_patch_changes_only_what_it_names()
    {
        var before = await _http.GetStringAsync("/settings", Patience);
        using var content = new StringContent(before, Encoding.UTF8, "application/json");
        using var put = await _http.PutAsync("/settings", content, Patience);
        Assert.Equal(before, await put.Content.ReadAsStringAsync(Patience));

        var patch = new { signaling = new { displacement = "late", displacementDelay = "00:00:03" } };
        using var patched = await _http.PatchAsJsonAsync("/settings", patch, Patience);
        var after = _server.Inspect(service => service.Settings);
        Assert.Equal((Displacement.Late, 3.0), (
            after.Signaling.Displacement, after.Signaling.DisplacementDelay.TotalSeconds));
        Assert.Equal(2, after.Flows.Count);
    }

    [Fact]
    public async Task The_event_stream_begins_with_what_was_missed()
    {
        await StartAsync();
        var happened = await ReadEventAsync("operationCalled");

        Assert.Equal("StartWebRtcContact: ok", (string?)happened["value"]);
    }

    [Fact]
    public async Task It_speaks_https_with_a_certificate()
    {
        using var directory = new TemporaryDirectory();
        var files = directory.CreateCertificate();
        var settings = new ConnectEmulatorSettings { Url = "https://127.0.0.1:0", Certificate = files };
        await using var server = await ConnectEmulatorServer.StartAsync(
            settings, new SilentMedia(), Patience);
        using var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                RemoteCertificateValidationCallback = (_, certificate, _, _) =>
                    certificate?.Subject == "CN=connect-emulator",
            },
        };
        using var http = new HttpClient(handler) { BaseAddress = server.Url };

        Assert.Equal("[]", await http.GetStringAsync("/contacts", Patience));
    }

    private async Task<JsonObject> StartAsync()
    {
        using var answer = await SendAsync(HttpMethod.Put, "/contact/webrtc", StartBody);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Patience))!;
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, JsonObject? body, string? secret = null, string region = "us-west-2",
        CancellationToken? stop = null)
    {
        var bytes = body is null ? [] : Encoding.UTF8.GetBytes(body.ToJsonString());
        using var request = new HttpRequestMessage(method, new Uri(_server.Url, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(bytes);
        }

        var credentials = new AwsCredentials(
            Key.AccessKeyId, new Redacted<string>(secret ?? Key.SecretAccessKey), null, null);
        SigV4Signer.Sign(request, bytes, credentials, region, "connect", DateTimeOffset.UtcNow);
        return await _http.SendAsync(request, stop ?? Patience);
    }

    private async Task<JsonObject> PostBearerAsync(string path, string bearer, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(
            body) };
        request.Headers.Add("X-Amz-Bearer", bearer);
        using var answer = await _http.SendAsync(request, Patience);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>(Patience))!;
    }

    private async Task<ClientWebSocket> OpenSocketAsync(JsonObject started)
    {
        var data = started["ConnectionData"]!;
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("_aws_wt_session");
        socket.Options.AddSubProtocol((string)data["Attendee"]!["JoinToken"]!);
        var url = (string)data["Meeting"]!["MediaPlacement"]!["SignalingUrl"]!;
        await socket.ConnectAsync(new Uri(url + "?X-Chime-Control-Protocol-Version=3"), Patience);
        return socket;
    }

    private Task SendAsync(ClientWebSocket socket, SignalFrame frame) => socket.SendAsync(
        frame.Encode(SignalDirection.ClientToServer),
        WebSocketMessageType.Binary,
        endOfMessage: true,
        Patience);

    private async Task<TFrame> ReceiveUntilAsync<TFrame>(ClientWebSocket socket)
    {
        var buffer = new byte[65536];
        while (true)
        {
            var part = await socket.ReceiveAsync(buffer, Patience);
            Assert.True(part.EndOfMessage);
            Assert.True(SignalFrame.TryDecode(buffer.AsSpan(0, part.Count), out var frame, out _));
            if (frame is TFrame wanted)
            {
                return wanted;
            }
        }
    }

    private async Task<JsonObject> ReadEventAsync(string kind)
    {
        using var events = new StreamReader(await _http.GetStreamAsync("/events?after=0", Patience));
        return await ReadUntilAsync(events, data => (string?)data["kind"] == kind);
    }

    private async Task<JsonObject> ReadUntilAsync(StreamReader events, Predicate<JsonObject> isWanted)
    {
        while (await events.ReadLineAsync(Patience) is { } line)
        {
            if (line.StartsWith("data: ", StringComparison.Ordinal)
                && JsonNode.Parse(line[6..]) is JsonObject data
                && isWanted(data))
            {
                return data;
            }
        }

        throw new EndOfStreamException();
    }

    private sealed class TemporaryDirectory : IDisposable
    {
        private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("farspan-emulator-");

        public CertificateFiles CreateCertificate()
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var request = new CertificateRequest("CN=connect-emulator", key, HashAlgorithmName.SHA256);
            using var certificate = request.CreateSelfSigned(
                DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
            var files = new CertificateFiles(
                Path.Combine(_directory.FullName, "chain.pem"), Path.Combine(_directory.FullName, "key.pem"));
            File.WriteAllText(files.CertificatePath, certificate.ExportCertificatePem());
            File.WriteAllText(files.KeyPath, key.ExportPkcs8PrivateKeyPem());
            return files;
        }

        public void Dispose() => _directory.Delete(recursive: true);
    }
}
