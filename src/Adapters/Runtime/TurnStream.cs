using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Threading.Channels;
using Farspan.Kernel;
using Farspan.Stun;

namespace Farspan.Runtime;

/// <summary>
/// A TCP or TLS connection to a TURN server (RFC 8656 §3.1): frames of the server's go to the session's
/// worker, what the session sends waits in a bounded queue. Frames are pooled: packets allocate nothing.
/// </summary>
internal sealed class TurnStream : IAsyncDisposable
{
    private const int FramesEachWay = 64;

    private readonly Stream _stream;
    private readonly Channel<TurnFrame> _arriving = CreatePool();
    private readonly Channel<TurnFrame> _leaving = CreatePool();
    private readonly Channel<TurnFrame> _queue = Channel.CreateBounded<TurnFrame>(FramesEachWay);

    private TurnStream(Stream stream, TransportAddress server, int socketTag)
    {
        _stream = stream;
        Server = server;
        SocketTag = socketTag;
    }

    public TransportAddress Server { get; }

    public int SocketTag { get; }

    /// <summary>Connects; throws what sockets and TLS throw.</summary>
    public static async Task<TurnStream> ConnectAsync(
        TurnUri uri,
        IPEndPoint server,
        int socketTag,
        SslClientAuthenticationOptions? tls,
        CancellationToken cancel)
    {
        var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        Stream? stream = null;
        try
        {
            await socket.ConnectAsync(server, cancel).ConfigureAwait(false);
            stream = new NetworkStream(socket, ownsSocket: true);
            if (uri.IsSecure)
            {
                var secure = new SslStream(stream);
                stream = secure;
                await secure.AuthenticateAsClientAsync(OptionsFor(uri, tls), cancel).ConfigureAwait(false);
            }

            return new TurnStream(stream, TransportAddress.From(server), socketTag);
        }
        catch
        {
            socket.Dispose();
            if (stream is not null)
            {
                await stream.DisposeAsync().ConfigureAwait(false);
            }

            throw;
        }
    }

    /// <summary>The worker's thread: queues a frame, or drops it if too many wait.</summary>
    public void Send(ReadOnlySpan<byte> frame)
    {
        if (_leaving.Reader.TryRead(out var copy)
            && !(copy.TrySet(frame, this) && _queue.Writer.TryWrite(copy)))
        {
            copy.Return();
        }
    }

    /// <summary>Nothing more is sent; what waits still goes out, then <see cref="RunAsync"/> ends.</summary>
    public void Finish() => _queue.Writer.TryComplete();

    /// <summary>Carries frames until either side ends the connection; throws what streams throw.</summary>
    public async Task RunAsync(Func<TurnFrame, bool> deliver, CancellationToken cancel)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var reading = ReadAsync(deliver, either.Token);
        var writing = WriteAsync(either.Token);
        var first = await Task.WhenAny(reading, writing).ConfigureAwait(false);
        await either.CancelAsync().ConfigureAwait(false);
        await first.ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private static SslClientAuthenticationOptions OptionsFor(
        TurnUri uri, SslClientAuthenticationOptions? tls) =>
        new()
        {
            TargetHost = uri.Host,
            CertificateChainPolicy = tls?.CertificateChainPolicy,
            RemoteCertificateValidationCallback = tls?.RemoteCertificateValidationCallback,
        };

    private static Channel<TurnFrame> CreatePool()
    {
        var pool = Channel.CreateBounded<TurnFrame>(FramesEachWay);
        for (var i = 0; i < FramesEachWay; i++)
        {
            pool.Writer.TryWrite(new TurnFrame(pool.Writer));
        }

        return pool;
    }

    private async Task ReadAsync(Func<TurnFrame, bool> deliver, CancellationToken cancel)
    {
        var framer = new TurnStreamFramer();
        while (!framer.IsCorrupt)
        {
            var count = await _stream.ReadAsync(framer.Room, cancel).ConfigureAwait(false);
            if (count == 0)
            {
                return;
            }

            framer.Advance(count);
            while (TryTake(framer, out var frame))
            {
                if (!deliver(frame))
                {
                    frame.Return();
                }
            }
        }
    }

    // Without a free frame the worker is behind: what comes meanwhile is dropped, as a network would.
    private bool TryTake(TurnStreamFramer framer, out TurnFrame frame)
    {
        frame = null!;
        while (framer.TryTake(out var bytes))
        {
            if (_arriving.Reader.TryRead(out frame!))
            {
                if (frame.TrySet(bytes, this))
                {
                    return true;
                }

                frame.Return();
            }
        }

        return false;
    }

    private async Task WriteAsync(CancellationToken cancel)
    {
        await foreach (var frame in _queue.Reader.ReadAllAsync(cancel).ConfigureAwait(false))
        {
            await _stream.WriteAsync(frame.Memory, cancel).ConfigureAwait(false);
            frame.Return();
        }
    }
}
