using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Farspan.Simulation.Tests;

/// <summary>
/// Calls of a sort: packets every 10 ms on several ports from an edge to a connector, each sent back from
/// there. The outage of a port is the longest time without an answer.
/// </summary>
internal sealed class OutageProbe : IAsyncDisposable
{
    private const int Flows = 12;
    private const int EchoPort = 7000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(10);

    private readonly Socket _echo;
    private readonly Socket[] _sockets;
    private readonly long[] _last = new long[Flows];
    private readonly TimeSpan[] _longest = new TimeSpan[Flows];
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _work = [];

    public OutageProbe(string edgeNamespace, IPAddress edge, string connectorNamespace, IPAddress connector)
    {
        _echo = NamespaceSocket.Udp(connectorNamespace, new IPEndPoint(connector, EchoPort));
        _sockets = [.. Enumerable.Range(0, Flows).Select(i =>
            NamespaceSocket.Udp(edgeNamespace, new IPEndPoint(edge, 9000 + i)))];
        _work.Add(EchoAsync());
        for (var i = 0; i < Flows; i++)
        {
            _work.Add(ReceiveAsync(i));
        }

        _work.Add(SendAsync(new IPEndPoint(connector, EchoPort)));
    }

    /// <summary>The worst of all ports since the last reset, what is still going on included.</summary>
    public TimeSpan Longest => Enumerable.Range(0, Flows).Max(i =>
    {
        var open = Stopwatch.GetElapsedTime(Volatile.Read(ref _last[i]));
        return open > _longest[i] ? open : _longest[i];
    });

    /// <summary>Whether every port got an answer just now.</summary>
    public bool IsWhole =>
        _last.All(last => last != 0 && Stopwatch.GetElapsedTime(last) < TimeSpan.FromSeconds(0.3));

    public void Reset()
    {
        Array.Fill(_last, Stopwatch.GetTimestamp());
        Array.Clear(_longest);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_work);
        foreach (var socket in _sockets.Append(_echo))
        {
            socket.Dispose();
        }

        _stop.Dispose();
    }

    private async Task SendAsync(IPEndPoint to)
    {
        using var timer = new PeriodicTimer(Interval);
        while (!_stop.IsCancellationRequested && await timer.WaitForNextTickAsync())
        {
            foreach (var socket in _sockets)
            {
                await IgnoreAsync(async () => await socket.SendToAsync(new byte[160], to, _stop.Token));
            }
        }
    }

    private async Task EchoAsync()
    {
        var buffer = new byte[2_000];
        while (!_stop.IsCancellationRequested)
        {
            await IgnoreAsync(async () =>
            {
                var got = await _echo.ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                await _echo.SendToAsync(buffer.AsMemory(0, got.ReceivedBytes), got.RemoteEndPoint, _stop.Token);
            });
        }
    }

    private async Task ReceiveAsync(int flow)
    {
        var buffer = new byte[2_000];
        while (!_stop.IsCancellationRequested)
        {
            await IgnoreAsync(async () =>
            {
                await _sockets[flow].ReceiveFromAsync(buffer, new IPEndPoint(IPAddress.Any, 0), _stop.Token);
                var gap = _last[flow] == 0 ? TimeSpan.Zero : Stopwatch.GetElapsedTime(_last[flow]);
                _longest[flow] = gap > _longest[flow] ? gap : _longest[flow];
                Volatile.Write(ref _last[flow], Stopwatch.GetTimestamp());
            });
        }
    }

    /// <summary>"No route" and the like are what is being measured.</summary>
    private static async Task IgnoreAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
        }
    }
}
