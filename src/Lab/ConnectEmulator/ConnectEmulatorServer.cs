using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Farspan.Kernel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Farspan.ConnectEmulator;

/// <summary>
/// The Connect emulator as a server: a <see cref="ConnectService"/> behind HTTP and WebSockets, with the
/// agent page.
/// What it serves is listed in the folder's README.
/// </summary>
public sealed class ConnectEmulatorServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ServiceLoop _loop;
    private readonly EffectPerformer _performer;

    private ConnectEmulatorServer(WebApplication app, ServiceLoop loop, EffectPerformer performer, Uri url)
    {
        _app = app;
        _loop = loop;
        _performer = performer;
        Url = url;
    }

    /// <summary>Where it can be reached, with the port that was taken.</summary>
    public Uri Url { get; }

    /// <summary>Starts the server; it serves until it is disposed.</summary>
    /// <param name="settings">Checked here.</param>
    /// <param name="media">The media plane; the caller disposes it, after the server.</param>
    /// <param name="stop">Gives up starting.</param>
    /// <exception cref="ArgumentException">The settings are not usable.</exception>
    /// <exception cref="IOException">The address cannot be listened at.</exception>
    public static async Task<ConnectEmulatorServer> StartAsync(
        ConnectEmulatorSettings settings, IMeetingMedia media, CancellationToken stop)
    {
        if (settings.FindFault() is { } fault)
        {
            throw new ArgumentException(fault, nameof(settings));
        }

        var time = TimeProvider.System;
        var random = new RandomSource(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))));
        var service = new ConnectService(settings, random, time.GetUtcNow());
        var performer = new EffectPerformer(media);
        var loop = new ServiceLoop(service, performer, time);
        media.Start(loop);
        var bodies = new AwsBodies(() => loop.Run((current, _, _) => current.Settings.Region));
        var app = Build(settings, loop, performer, bodies);
        await app.StartAsync(stop);
        var url = new Uri(settings.PublicUrl ?? ListeningUrl(app));
        bodies.PublicUrl = url;
        return new ConnectEmulatorServer(app, loop, performer, url);
    }

    /// <summary>Looks into the service, or acts on it, between two inputs.</summary>
    public T Inspect<T>(Func<ConnectService, T> look) => _loop.Run((service, _, _) => look(service));

    public async ValueTask DisposeAsync()
    {
        _performer.AbortAll();
        using var atOnce = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        _loop.Dispose();
    }

    private static WebApplication Build(
        ConnectEmulatorSettings settings, ServiceLoop loop, EffectPerformer performer, AwsBodies bodies)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.AddFilter(level => level >= LogLevel.Warning));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Listen(kestrel, settings));
        var app = builder.Build();
        app.Use(next => http => PlainPaths.InvokeAsync(http, next));
        AgentPageEndpoint.Map(app);
        app.UseWebSockets();
        app.UseRouting();
        new AwsEndpoints(loop, bodies, TimeProvider.System).Map(app);
        new AgentEndpoints(loop, performer, bodies, TimeProvider.System).Map(app);
        new AdminEndpoints(loop, performer).Map(app);
        new SignalingEndpoint(loop, performer).Map(app);
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, ConnectEmulatorSettings settings)
    {
        var url = new Uri(settings.Url);
        var address = url.Host is "localhost" ? IPAddress.Loopback : IPAddress.Parse(url.Host.Trim('[', ']'));
        kestrel.Listen(address, url.Port, listener =>
        {
            if (url.Scheme == Uri.UriSchemeHttps)
            {
                var files = settings.Certificate!;
                listener.UseHttps(X509Certificate2.CreateFromPemFile(files.CertificatePath, files.KeyPath));
            }
        });
    }

    private static string ListeningUrl(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>()
            .Addresses.First();
}
