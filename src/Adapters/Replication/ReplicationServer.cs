using System.Net;
using Farspan.Identity;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Farspan.Replication;

/// <summary>
/// Answers other stores over HTTPS with client certificates, and where the authority's key is, those that
/// want to join.
/// </summary>
public sealed class ReplicationServer : IAsyncDisposable
{
    private static readonly TimeSpan StopLimit = TimeSpan.FromSeconds(1);

    private readonly WebApplication _app;
    private readonly CancellationTokenSource _stop;

    private ReplicationServer(WebApplication app, CancellationTokenSource stop)
    {
        _app = app;
        _stop = stop;
    }

    /// <summary>Where it listens, with the port that was taken.</summary>
    public string Address => _app.Services.GetRequiredService<IServer>()
        .Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();

    /// <summary>Starts to answer.</summary>
    /// <param name="settings">Where.</param>
    /// <param name="credentials">This node's, as they are at each handshake.</param>
    /// <param name="replica">Who knows the answers.</param>
    /// <param name="join">Null where the authority's key is not; stays its owner's.</param>
    /// <param name="log">For what Kestrel has to say.</param>
    /// <exception cref="IOException">The address cannot be listened on.</exception>
    public static async Task<ReplicationServer> StartAsync(
        ReplicationServerSettings settings,
        CredentialSource credentials,
        ClusterReplica replica,
        JoinService? join,
        ILoggerProvider? log)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddRoutingCore();
        if (log is not null)
        {
            builder.Logging.AddProvider(log).AddFilter(level => level >= LogLevel.Warning);
        }

        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration()
            .ConfigureKestrel(kestrel => Listen(kestrel, settings.Listen, credentials));
        var app = builder.Build();
        var stop = new CancellationTokenSource();
        app.UseRouting();
        new ReplicationEndpoints(credentials, replica, stop.Token).Map(app);
        if (join is not null)
        {
            new JoinEndpoints(join, credentials).Map(app);
        }

        try
        {
            await app.StartAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch
        {
            await app.DisposeAsync().ConfigureAwait(false);
            stop.Dispose();
            throw;
        }

        return new ReplicationServer(app, stop);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        using var limit = new CancellationTokenSource(StopLimit);
        await _app.StopAsync(limit.Token).ConfigureAwait(false);
        await _app.DisposeAsync().ConfigureAwait(false);
        _stop.Dispose();
    }

    private static void Listen(
        KestrelServerOptions kestrel, IPEndPoint endPoint, CredentialSource credentials)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = ReplicationLimits.RequestBytesMax;
        kestrel.Limits.MaxConcurrentConnections = ReplicationLimits.ConnectionsMax;
        kestrel.Listen(endPoint, listener =>
        {
            listener.Protocols = HttpProtocols.Http1;
            listener.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificateSelector = (_, _) => credentials.Current.Certificate,
                // Who wants to join has none yet; who shows one must be a member.
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                ClientCertificateValidation = (certificate, _, _) => credentials.IsMember(certificate),
            });
        });
    }
}
