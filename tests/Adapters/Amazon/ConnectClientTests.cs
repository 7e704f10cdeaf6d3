using System.Text.Json.Nodes;
using Farspan.Calls;
using Farspan.Kernel;
using Microsoft.AspNetCore.Http;

namespace Farspan.Amazon.Tests;

public sealed class ConnectClientTests
{
    private const string StartAnswer = """
        {"ContactId":"contact-1","ParticipantId":"participant-1","ParticipantToken":"p-token","Unknown":[1],
         "ConnectionData":{"Attendee":{"AttendeeId":"attendee-1","JoinToken":"j-token"},
          "Meeting":{"MeetingId":"meeting-1","MediaRegion":"us-west-2","MediaPlacement":{
            "AudioHostUrl":"audio:3478","AudioFallbackUrl":"wss://f",
            "SignalingUrl":"wss://s/control/meeting-1",
            "TurnControlUrl":"https://t","EventIngestionUrl":"https://e"},
           "MeetingFeatures":{"Audio":{"EchoReduction":"AVAILABLE"}}}}}
        """;

    private static readonly AwsCredentials Credentials =
        new("AKIDEXAMPLE", new Redacted<string>("secret"), new Redacted<string>("session"));

    [Fact]
    public async Task StartContact_SendsWhatTheApiModelSays_Signed()
    {
        await using var server = await FakeServer.StartAsync(200, StartAnswer);
        var attributes = new ContactAttributes();
        Assert.True(attributes.TryAdd("caller", "+4930"));

        var result = await Client(server).StartContactAsync(Request(attributes), CancellationToken.None);

        Assert.True(result.TryGet(out _, out var error), error?.ToString());
        var request = Assert.Single(server.Requests);
        Assert.Equal("PUT /contact/webrtc", request.Line);
        Assert.True(
            JsonNode.DeepEquals(
                JsonNode.Parse("""
                    {"InstanceId":"i","ContactFlowId":"f","ParticipantDetails":{"DisplayName":"Caller"},
                     "Attributes":{"caller":"+4930"},"ClientToken":"token-1"}
                    """),
                JsonNode.Parse(request.Text)),
            request.Text);
        var verifier = new SigV4Verifier(
            "us-west-2", "connect", id => id == "AKIDEXAMPLE" ? Credentials : null);
        Assert.Equal(SigV4Verdict.Valid, verifier.Verify(request.Message, DateTimeOffset.UtcNow));
    }

    [Fact]
    public async Task StartedContact_HasAllThatAJoinNeeds_AndPrintsNoToken()
    {
        await using var server = await FakeServer.StartAsync(200, StartAnswer);

        var result = await Client(server).StartContactAsync(Request(), CancellationToken.None);

        var contact = result.Value!;
        Assert.Equal(("contact-1", "participant-1"), (contact.ContactId, contact.ParticipantId));
        Assert.Equal("p-token", contact.ParticipantToken.Reveal());
        Assert.Equal(
            new ContactMeeting
            {
                MeetingId = "meeting-1",
                MediaRegion = "us-west-2",
                AttendeeId = "attendee-1",
                JoinToken = new Redacted<string>("j-token"),
                SignalingUrl = "wss://s/control/meeting-1",
                AudioHostUrl = "audio:3478",
                AudioFallbackUrl = "wss://f",
                TurnControlUrl = "https://t",
            },
            contact.Meeting);
        Assert.DoesNotContain("-token", contact.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARepeatedStart_MayAnswerWithoutConnectionData()
    {
        await using var server = await FakeServer.StartAsync(200, """{"ContactId":"c"}""");

        var result = await Client(server).StartContactAsync(Request(), CancellationToken.None);

        Assert.Equal("c", result.Value!.ContactId);
        Assert.Null(result.Value.Meeting);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("<html>")]
    [InlineData("""{"ContactId":7}""")]
    [InlineData("""{"ContactId":""}""")]
    public async Task ASuccess_ThatIsNotWhatTheApiPromises_IsAnError_AndMayHaveStarted(string body)
    {
        await using var server = await FakeServer.StartAsync(200, body);

        var result = await Client(server).StartContactAsync(Request(), CancellationToken.None);

        Assert.Equal(ConnectErrorKind.InvalidResponse, result.Error!.Kind);
        Assert.True(result.Error.MayHaveActed);
    }

    [Fact]
    public async Task StopContact_And_UpdateAttributes_NameTheContact()
    {
        await using var server = await FakeServer.StartAsync(200, "");
        var client = Client(server);

        Assert.Null(await client.StopContactAsync("i", "c", CancellationToken.None));
        Assert.Null(
            await client.UpdateAttributesAsync("i", "c", new ContactAttributes(), CancellationToken.None));

        var requests = server.Requests.ToArray();
        Assert.Equal("POST /contact/stop", requests[0].Line);
        Assert.Equal("""{"ContactId":"c","InstanceId":"i"}""", requests[0].Text);
        Assert.Equal("POST /contact/attributes", requests[1].Line);
        Assert.Equal("""{"InitialContactId":"c","InstanceId":"i","Attributes":{}}""", requests[1].Text);
    }

    [Theory]
    [InlineData(429, "TooManyRequestsException", ConnectErrorKind.Throttled)]
    [InlineData(429, "", ConnectErrorKind.Throttled)]
    [InlineData(400, "ThrottlingException", ConnectErrorKind.Throttled)]
    [InlineData(429, "LimitExceededException", ConnectErrorKind.LimitExceeded)]
    [InlineData(403, "AccessDeniedException", ConnectErrorKind.AccessDenied)]
    [InlineData(404, "ResourceNotFoundException", ConnectErrorKind.ResourceNotFound)]
    [InlineData(410, "ContactNotFoundException", ConnectErrorKind.ContactNotFound)]
    [InlineData(400, "InvalidParameterException", ConnectErrorKind.InvalidParameter)]
    [InlineData(400, "InvalidRequestException", ConnectErrorKind.InvalidRequest)]
    [InlineData(400, "InvalidActiveRegionException", ConnectErrorKind.InvalidActiveRegion)]
    [InlineData(500, "InternalServiceException", ConnectErrorKind.ServerError)]
    [InlineData(503, "", ConnectErrorKind.ServerError)]
    [InlineData(302, "", ConnectErrorKind.InvalidResponse)]
    public async Task AnError_HasAKind(int status, string type, ConnectErrorKind kind)
    {
        await using var server = await FakeServer.StartAsync(
            status,
            """{"Message":"why"}""",
            ("x-amzn-ErrorType", type + ":http://internal.amazon.com/"),
            ("x-amzn-RequestId", "r-1"),
            ("Retry-After", "7"));

        var error = await Client(server).StopContactAsync("i", "c", CancellationToken.None);

        Assert.Equal(
            new ConnectError(kind)
            {
                HttpStatus = status,
                ErrorType = type,
                Message = "why",
                RequestId = "r-1",
                RetryAfter = TimeSpan.FromSeconds(7),
            },
            error);
    }

    [Theory]
    [InlineData("""{"__type":"com.amazon#LimitExceededException","message":"m"}""")]
    [InlineData("""{"code":"LimitExceededException","message":"m"}""")]
    public async Task TheErrorType_MayComeInTheBody(string body)
    {
        await using var server = await FakeServer.StartAsync(400, body);

        var error = await Client(server).StopContactAsync("i", "c", CancellationToken.None);

        Assert.Equal((ConnectErrorKind.LimitExceeded, "m"), (error!.Kind, error.Message));
    }

    [Fact]
    public async Task Silence_TimesOut_AndMayHaveStarted()
    {
        await using var server = await FakeServer.StartAsync(
            (context, _) => new TaskCompletionSource().Task.WaitAsync(context.RequestAborted)
                .ContinueWith(_ => { }, TaskScheduler.Default));

        var result = await Client(server, TimeSpan.FromMilliseconds(50))
            .StartContactAsync(Request(), CancellationToken.None);

        Assert.Equal(ConnectErrorKind.TimedOut, result.Error!.Kind);
        Assert.True(result.Error.MayHaveActed);
    }

    [Fact]
    public async Task ABrokenConnection_MayHaveStarted()
    {
        await using var server = await FakeServer.StartAsync((context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });

        var result = await Client(server).StartContactAsync(Request(), CancellationToken.None);

        Assert.Equal(ConnectErrorKind.ConnectionLost, result.Error!.Kind);
        Assert.True(result.Error.MayHaveActed);
    }

    [Fact]
    public async Task AClosedPort_IsUnreachable_AndNothingWasStarted()
    {
        var server = await FakeServer.StartAsync(200, "");
        var url = server.Url;
        await server.DisposeAsync();
        using var http = new HttpClient();

        var result = await Client(http, url, new StaticCredentialSource(Credentials), null)
            .StartContactAsync(Request(), CancellationToken.None);

        Assert.Equal(ConnectErrorKind.Unreachable, result.Error!.Kind);
        Assert.False(result.Error.MayHaveActed);
    }

    [Fact]
    public async Task AnEndlessAnswer_IsCutAtTheLimit()
    {
        await using var server = await FakeServer.StartAsync(200, new string(' ', AmazonHttpLimit + 1));

        var error = await Client(server).StopContactAsync("i", "c", CancellationToken.None);

        Assert.Equal(ConnectErrorKind.InvalidResponse, error!.Kind);
    }

    [Fact]
    public async Task TheCallersCancellation_IsTheOnlyThingThatThrows()
    {
        await using var server = await FakeServer.StartAsync(200, "");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Client(server).StopContactAsync("i", "c", new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task WithoutCredentials_NothingIsSent()
    {
        await using var server = await FakeServer.StartAsync(200, "");

        var result = await Client(server.Http, server.Url, new CredentialChain([]), null)
            .StartContactAsync(Request(), CancellationToken.None);

        Assert.Equal(ConnectErrorKind.NoCredentials, result.Error!.Kind);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task ExpiredCredentials_AreRenewedOnce_InTheMiddleOfACall()
    {
        await using var server = await FakeServer.StartAsync((context, request) =>
        {
            var isOld = request.Header("x-amz-security-token") == "old";
            context.Response.StatusCode = isOld ? 403 : 200;
            context.Response.Headers["x-amzn-ErrorType"] = isOld ? "ExpiredTokenException" : "";
            return context.Response.WriteAsync("{}");
        });
        var source = new ScriptedSource("old", "new");

        var error = await Client(server.Http, server.Url, source, null)
            .StopContactAsync("i", "c", CancellationToken.None);

        Assert.Null(error);
        Assert.Equal(
            ["old", "new"], server.Requests.Select(request => request.Header("x-amz-security-token")));
    }

    [Fact]
    public async Task CredentialsThatStayExpired_AreReportedAfterTheSecondAttempt()
    {
        await using var server = await FakeServer.StartAsync(
            403, "{}", ("x-amzn-ErrorType", "ExpiredTokenException"));

        var error = await Client(server).StopContactAsync("i", "c", CancellationToken.None);

        Assert.Equal(ConnectErrorKind.ExpiredCredentials, error!.Kind);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData("connect", "eu-central-1", "https://connect.eu-central-1.amazonaws.com/")]
    [InlineData(
        "participant.connect", "us-gov-west-1", "https://participant.connect.us-gov-west-1.amazonaws.com/")]
    [InlineData("connect", "cn-north-1", "https://connect.cn-north-1.amazonaws.com.cn/")]
    public void EveryPartition_HasItsSuffix(string service, string region, string expected) =>
        Assert.Equal(expected, AwsEndpoint.For(service, region).ToString());

    private const int AmazonHttpLimit = 1024 * 1024;

    private static StartContactRequest Request(ContactAttributes? attributes = null) => new()
    {
        InstanceId = "i",
        ContactFlowId = "f",
        DisplayName = "Caller",
        ClientToken = "token-1",
        Attributes = attributes ?? new ContactAttributes(),
    };

    private static ConnectClient Client(FakeServer server, TimeSpan? timeout = null) =>
        Client(server.Http, server.Url, new StaticCredentialSource(Credentials), timeout);

    private static ConnectClient Client(
        HttpClient http, Uri url, ICredentialSource source, TimeSpan? timeout) => new(
        http,
        new ConnectEndpoint
        {
            Region = "us-west-2",
            Override = url,
            Timeout = timeout ?? TimeSpan.FromSeconds(20),
        },
        new CredentialCache(source, TimeProvider.System),
        TimeProvider.System);
}
