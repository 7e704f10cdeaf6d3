using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Stun;

namespace Farspan.Runtime;

/// <summary>
/// Finds the ways to TURN servers: resolves names, opens connections, and carries their frames as long as
/// they live.
/// </summary>
internal sealed class TurnPathFinder(MediaPlaneOptions options) : IDisposable
{
    private readonly CancellationTokenSource _ending = new();

    /// <summary>Begins to look; the host hears how it ends. Any thread, does not wait.</summary>
    public void Find(BridgeHost host, TurnPathNotice.Wanted wanted)
    {
        if (wanted.Uri.Transport == TurnTransport.Udp && IPAddress.TryParse(wanted.Uri.Host, out var address))
        {
            Tell(host, PathTo(wanted, new IPEndPoint(address, wanted.Uri.Port), stream: null));
        }
        else
        {
            _ = FindAsync(host, wanted);
        }
    }

    public void Dispose()
    {
        _ending.Cancel();
        _ending.Dispose();
    }

    private static BridgeMessage.PathFound PathTo(
        TurnPathNotice.Wanted wanted, IPEndPoint server, TurnStream? stream) =>
        new(new TurnPath(wanted.PathId, TransportAddress.From(server), stream?.SocketTag), stream);

    private static bool Tell(BridgeHost host, BridgeMessage message) => host.Worker.TryPost(host, message);

    private static bool IsOfTheWorld(Exception exception) =>
        exception is SocketException or IOException or AuthenticationException or OperationCanceledException;

    private async Task FindAsync(BridgeHost host, TurnPathNotice.Wanted wanted)
    {
        var reason = "the TURN server closed the connection";
        try
        {
            var server = await ResolveAsync(wanted.Uri).ConfigureAwait(false);
            if (wanted.Uri.Transport == TurnTransport.Udp)
            {
                Tell(host, PathTo(wanted, server, stream: null));
                return;
            }

            await CarryAsync(host, wanted, server).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsOfTheWorld(exception))
        {
            reason = $"{wanted.Uri}: {exception.Message}";
        }

        Tell(host, new BridgeMessage.PathFailed(wanted.PathId, reason));
    }

    private async Task<IPEndPoint> ResolveAsync(TurnUri uri)
    {
        var family = options.ContactAddress.AddressFamily;
        var addresses = await Dns
            .GetHostAddressesAsync(uri.Host, family, _ending.Token)
            .ConfigureAwait(false);
        return addresses.Length > 0
            ? new IPEndPoint(addresses[0], uri.Port)
            : throw new SocketException((int)SocketError.HostNotFound);
    }

    private async Task CarryAsync(BridgeHost host, TurnPathNotice.Wanted wanted, IPEndPoint server)
    {
        var socketTag = MediaSocketTags.FirstStream + wanted.PathId;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        limit.CancelAfter(options.TurnConnectTimeout);
        var stream = await TurnStream
            .ConnectAsync(wanted.Uri, server, socketTag, options.TurnTls, limit.Token)
            .ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            if (Tell(host, PathTo(wanted, server, stream)))
            {
                await stream
                    .RunAsync(frame => host.Worker.TryPost(host, frame), _ending.Token)
                    .ConfigureAwait(false);
            }
        }
    }
}
