using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Farspan.Amazon.Tests;

/// <summary>A web server on loopback that keeps its requests and answers as the test says.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private FakeServer(WebApplication application) => _application = application;

    public ConcurrentQueue<ReceivedRequest> Requests { get; } = new();

    public Uri Url => new(_application.Urls.First());

    public HttpClient Http { get; } = AmazonHttpClient.Create();

    public static async Task<FakeServer> StartAsync(
        Func<HttpContext, ReceivedRequest, Task> answer, X509Certificate2? certificate = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen =>
        {
            if (certificate is not null)
            {
                listen.UseHttps(certificate);
            }
        }));
        var application = builder.Build();
        application.UseWebSockets();
        var server = new FakeServer(application);
        application.Run(async context =>
        {
            var request = await ReceivedRequest.ReadAsync(context.Request);
            server.Requests.Enqueue(request);
            await answer(context, request);
        });
        await application.StartAsync();
        return server;
    }

    /// <summary>Answers every request alike.</summary>
    public static Task<FakeServer> StartAsync(
        int status, string body, params (string Name, string Value)[] headers) =>
        StartAsync((context, _) =>
        {
            context.Response.StatusCode = status;
            foreach (var (name, value) in headers)
            {
                context.Response.Headers[name] = value;
            }

            return context.Response.WriteAsync(body);
        });

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _application.StopAsync(new CancellationToken(canceled: true)); // Open connections are cut.
        await _application.DisposeAsync();
    }
}

/// <summary>A request as the server saw it.</summary>
internal sealed record ReceivedRequest(SigV4Message Message)
{
    public string Line => $"{Message.Method} {Message.Path}";

    public string Text => System.Text.Encoding.UTF8.GetString(Message.Body.Span);

    public string? Header(string name) => Message.Header(name);

    public static async Task<ReceivedRequest> ReadAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        if (request.ContentLength > 0)
        {
            await request.Body.CopyToAsync(body);
        }

        return new ReceivedRequest(new SigV4Message
        {
            Method = request.Method,
            Path = request.Path.ToUriComponent(),
            Query = request.QueryString.Value!.TrimStart('?'),
            Headers = [.. request.Headers.Select(h => KeyValuePair.Create(h.Key, h.Value.ToString()))],
            Body = body.ToArray(),
        });
    }
}
