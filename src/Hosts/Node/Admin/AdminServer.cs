using System.Net;
using System.Net.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>
/// Serves the <see cref="AdminEndpoints"/> over HTTPS, and metrics over plain HTTP where wanted.
/// </summary>
public sealed class AdminServer : IAsyncDisposable
{
    /// <summary>No request of the API has a larger body.</summary>
    private const long RequestBytesMax = 64 * 1024;

    /// <summary>Connections at a time.</summary>
    private const long ConnectionsMax = 256;

    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;

    private AdminServer(WebApplication app) => _app = app;

    /// <summary>Where it listens, with the ports that were taken.</summary>
    public IReadOnlyList<string> Addresses =>
        [
            .. _app.Services.GetRequiredService<IServer>()
                .Features.GetRequiredFeature<IServerAddressesFeature>().Addresses,
        ];

    /// <summary>Starts to serve.</summary>
    /// <exception cref="IOException">An address cannot be listened on.</exception>
    public static async Task<AdminServer> StartAsync(
        AdminSettings settings, INodeControl node, ILoggerProvider log, CancellationToken stop)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Logging.AddProvider(log).AddFilter(level => level >= LogLevel.Warning);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => Listen(kestrel, settings));
        var app = builder.Build();
        Map(app, settings, node);
        try
        {
            await app.StartAsync(stop);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }

        return new AdminServer(app);
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(StopLimit);
        await _app.StopAsync(limit.Token);
        await _app.DisposeAsync();
    }

    private static void Listen(KestrelServerOptions kestrel, AdminSettings settings)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = RequestBytesMax;
        kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        kestrel.Listen(settings.Listen, listener => listener.UseHttps(Secure(settings)));
        if (settings.MetricsListen is { } metrics)
        {
            kestrel.Listen(metrics, listener => listener.Use(MarkAsPlain));
        }
    }

    // Asked for each handshake: a renewed certificate needs no restart.
    private static TlsHandshakeCallbackOptions Secure(AdminSettings settings) => new()
    {
        OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions
        {
            ServerCertificateContext = settings.Certificate(),
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
        }),
    };

    private static ConnectionDelegate MarkAsPlain(ConnectionDelegate next) => connection =>
    {
        connection.Features.Set(new PlainConnection());
        return next(connection);
    };

    private static void Map(WebApplication app, AdminSettings settings, INodeControl node)
    {
        var authentication = new AdminAuthentication(
            settings.User, settings.Password, new AttemptLimiter(TimeProvider.System));
        app.Use(next => http => RefusePlainAsync(http, next));
        app.UseRouting();

        // By what was found, not by its path; and closed unless it says that it is open.
        app.Use(next => http => http.GetEndpoint()?.Metadata.GetMetadata<OpenEndpoint>() is null
            ? authentication.InvokeAsync(http, next)
            : next(http));
        var endpoints = new AdminEndpoints(node);
        endpoints.MapOpen(app);
        endpoints.MapGuarded(app);
    }

    // Over plain HTTP there are metrics and nothing else.
    private static Task RefusePlainAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Features.Get<PlainConnection>() is null || http.Request.Path == "/metrics")
        {
            return next(http);
        }

        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private sealed class PlainConnection;
}
