using Farspan.Calls;
using Farspan.Kernel;

namespace Farspan.Amazon.Tests;

public sealed class ConnectParticipantClientTests
{
    [Fact]
    public async Task CreateConnection_AsksForCredentials_AsTheParticipant()
    {
        await using var server = await FakeServer.StartAsync(
            200,
            """
            {"ConnectionCredentials":{"ConnectionToken":"c-token","Expiry":"2026-01-02T03:04:05.678Z"}}
            """);

        var result = await Client(server)
            .CreateConnectionAsync(new Redacted<string>("p-token"), CancellationToken.None);

        Assert.Equal("c-token", result.Value!.ConnectionToken.Reveal());
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), result.Value.Expiry);
        var request = Assert.Single(server.Requests);
        Assert.Equal("POST /participant/connection", request.Line);
        Assert.Equal("""{"Type":["CONNECTION_CREDENTIALS"]}""", request.Text);
        Assert.Equal("p-token", request.Header("X-Amz-Bearer"));
        Assert.Null(request.Header("Authorization"));
    }

    [Fact]
    public async Task Digits_AreAMessageOfTypeAudioDtmf()
    {
        await using var server = await FakeServer.StartAsync(
            200, """{"Id":"m","AbsoluteTime":"2026-01-02T03:04:05Z"}""");

        Assert.Null(await Client(server)
            .SendDigitsAsync(new Redacted<string>("c-token"), "12#", "t-1", CancellationToken.None));

        var request = Assert.Single(server.Requests);
        Assert.Equal("POST /participant/message", request.Line);
        Assert.Equal("""{"ContentType":"audio/dtmf","Content":"12#","ClientToken":"t-1"}""", request.Text);
        Assert.Equal("c-token", request.Header("X-Amz-Bearer"));
    }

    [Fact]
    public async Task Disconnect_IsAskedFor()
    {
        await using var server = await FakeServer.StartAsync(200, "{}");

        Assert.Null(await Client(server)
            .DisconnectAsync(new Redacted<string>("c-token"), "t-1", CancellationToken.None));

        Assert.Equal("POST /participant/disconnect", Assert.Single(server.Requests).Line);
    }

    [Fact]
    public async Task AnAnswerWithoutToken_IsAnError()
    {
        await using var server = await FakeServer.StartAsync(200, """{"ConnectionCredentials":{}}""");

        var result = await Client(server)
            .CreateConnectionAsync(new Redacted<string>("p"), CancellationToken.None);

        Assert.Equal(ConnectErrorKind.InvalidResponse, result.Error!.Kind);
    }

    [Fact]
    public async Task Throttling_IsTold()
    {
        await using var server = await FakeServer.StartAsync(
            429, "", ("x-amzn-ErrorType", "ThrottlingException"));

        var error = await Client(server)
            .SendDigitsAsync(new Redacted<string>("c"), "1", "t", CancellationToken.None);

        Assert.Equal(ConnectErrorKind.Throttled, error!.Kind);
    }

    private static ConnectParticipantClient Client(FakeServer server) => new(
        server.Http,
        new ConnectEndpoint { Region = "us-west-2", Override = server.Url },
        TimeProvider.System);
}
