using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;

namespace Farspan.Node.Tests;

public sealed class AdminServerTests : IAsyncLifetime, IDisposable
{
    private const string Password = "p:ä ss";

    private readonly string _folder = Directory.CreateTempSubdirectory("farspan-admin").FullName;
    private readonly FakeNode _node = new();
    private readonly HttpClient _http = new(new HttpClientHandler
    {
        ServerCertificateCustomValidationCallback =
            HttpClientHandler.DangerousAcceptAnyServerCertificateValidator,
    });

    private AdminServer _server = null!;

    private string Https => _server.Addresses[0];

    private string Http => _server.Addresses[1];

    public async Task InitializeAsync()
    {
        var settings = new AdminSettings
        {
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            MetricsListen = new IPEndPoint(IPAddress.Loopback, 0),
            Certificate = AdminCertificate.Renewable(
                Path.Combine(_folder, "c.pem"), ["127.0.0.1"], TimeProvider.System, NullLogger.Instance)
                .Current,
            User = "admin",
            Password = AdminPassword.Create(Password),
        };
        _server = await AdminServer.StartAsync(
            settings, _node, NullLoggerProvider.Instance, CancellationToken.None);
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("/api/v1/status")]
    [InlineData("/api/v1/calls")]
    [InlineData("/API/v1/status")]
    [InlineData("/api/v1/none")]
    public async Task TheApi_AsksForAPassword(string path)
    {
        using var answer = await _http.GetAsync(Https + path);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Basic", answer.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task WithThePassword_TheStatusIsShown()
    {
        using var answer = await SendAsync(HttpMethod.Get, "/api/v1/status", "admin", Password);

        using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("fake", json.RootElement.GetProperty("node").GetString());
        Assert.Equal("Ready", json.RootElement.GetProperty("health").GetProperty("state").GetString());
        Assert.Equal(3, json.RootElement.GetProperty("calls").GetProperty("total").GetInt32());
    }

    [Theory]
    [InlineData("admin", "p:ä s")]
    [InlineData("admin", "")]
    [InlineData("Admin", Password)]
    [InlineData("", Password)]
    public async Task AWrongUserOrPassword_IsRefused(string user, string password)
    {
        using var answer = await SendAsync(HttpMethod.Get, "/api/v1/status", user, password);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("Basic")]
    [InlineData("Basic !!!")]
    [InlineData("Basic bm9jb2xvbg==")]
    [InlineData("Bearer x")]
    [InlineData("Basic AAAA AAAA")]
    public async Task AMalformedHeader_IsRefusedLikeAnyOther(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Https + "/api/v1/status");
        request.Headers.TryAddWithoutValidation("Authorization", header);
        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task TooManyWrongPasswords_BlockTheSourceEvenWithTheRightOne()
    {
        for (var i = 0; i < AttemptLimiter.FailuresPerSourceMax; i++)
        {
            using var wrong = await SendAsync(HttpMethod.Get, "/api/v1/status", "admin", $"wrong{i}");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }

        using var right = await SendAsync(HttpMethod.Get, "/api/v1/status", "admin", Password);
        Assert.Equal(HttpStatusCode.TooManyRequests, right.StatusCode);
        using var health = await _http.GetAsync(Https + "/healthz");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task AnotherSitesPage_CannotDrainTheNodeThroughABrowser()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Https + "/api/v1/drain");
        request.Headers.Authorization = Basic("admin", Password);
        request.Headers.Add("Sec-Fetch-Site", "cross-site");
        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Empty(_node.Drains);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("{\"draining\":true}", true)]
    [InlineData("{\"draining\":false}", false)]
    public async Task Drain_DoesWhatTheBodySays(string? body, bool isDraining)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/drain", "admin", Password, body);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal([isDraining], _node.Drains);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{\"draining\":7}")]
    public async Task ABodyThatIsNotOne_IsABadRequest(string body)
    {
        using var answer = await SendAsync(HttpMethod.Post, "/api/v1/drain", "admin", Password, body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Empty(_node.Drains);
    }

    [Fact]
    public async Task ANodeThatStops_CannotBeDrained()
    {
        _node.Health = new NodeHealth(NodeState.Stopping, ["the node is stopping"], []);
        using var drain = await SendAsync(HttpMethod.Post, "/api/v1/drain", "admin", Password);
        using var ready = await _http.GetAsync(Https + "/readyz");

        Assert.Equal(HttpStatusCode.Conflict, drain.StatusCode);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
    }

    [Fact]
    public async Task OverPlainHttp_ThereAreMetricsAndNothingElse()
    {
        using var metrics = await _http.GetAsync(Http + "/metrics");
        using var health = await _http.GetAsync(Http + "/healthz");
        using var api = await _http.GetAsync(Http + "/api/v1/status");

        Assert.Equal(
            "text/plain; version=0.0.4; charset=utf-8", metrics.Content.Headers.ContentType!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, health.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, api.StatusCode);
    }

    [Fact]
    public void TheCertificate_IsMadeOnceAndPrivate()
    {
        var path = Path.Combine(_folder, "twice.pem");
        using var first = AdminCertificate.LoadOrCreate(path, ["localhost", "::1"], TimeProvider.System);
        using var second = AdminCertificate.LoadOrCreate(path, ["localhost", "::1"], TimeProvider.System);

        Assert.Equal(first.Thumbprint, second.Thumbprint);
        Assert.True(second.HasPrivateKey);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        File.WriteAllText(path, "damaged");
        using var third = AdminCertificate.LoadOrCreate(path, ["localhost"], TimeProvider.System);
        Assert.NotEqual(first.Thumbprint, third.Thumbprint);
    }

    private static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, string user, string password, string? body = null)
    {
        using var request = new HttpRequestMessage(method, Https + path);
        request.Headers.Authorization = Basic(user, password);
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await _http.SendAsync(request);
    }
}
