using System.Net;
using System.Net.Sockets;

namespace Farspan.Replication.Tests;

/// <summary>
/// A path between two places that can be cut: then nothing passes, nobody is told, and connections that were there stay
/// dead afterwards.
/// </summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<int> _target;
    private readonly CancellationTokenSource _stop = new();
    private int _life;
    private volatile bool _isCut;

    /// <param name="target">The port on this machine at the other end.</param>
    public TcpRelay(Func<int> target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Cut()
    {
        _isCut = true;
        Interlocked.Increment(ref _life);
    }

    public void Heal() => _isCut = false;

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync(_stop.Token);
                _ = RelayAsync(near);
            }
        }
        catch (Exception failure) when (
            failure is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test has ended.
        }
    }

    private async Task RelayAsync(TcpClient near)
    {
        using (near)
        using (var far = new TcpClient())
        {
            try
            {
                var life = _isCut ? -1 : Volatile.Read(ref _life);
                await far.ConnectAsync(IPAddress.Loopback, _target(), _stop.Token);
                await Task.WhenAny(
                    CopyAsync(near.GetStream(), far.GetStream(), life),
                    CopyAsync(far.GetStream(), near.GetStream(), life));
            }
            catch (Exception failure) when (failure is OperationCanceledException or SocketException)
            {
                // One end is gone: the other one goes too.
            }
        }
    }

    private async Task CopyAsync(NetworkStream from, NetworkStream to, int life)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.ReadAsync(buffer, _stop.Token)) > 0)
            {
                if (life == Volatile.Read(ref _life))
                {
                    await to.WriteAsync(buffer.AsMemory(0, count), _stop.Token);
                }
            }
        }
        catch (Exception failure) when (
            failure is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // As above.
        }
    }
}
