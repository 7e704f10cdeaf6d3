using Farspan.Kernel;
using Farspan.Media;

namespace Farspan.Runtime;

/// <summary>
/// A <see cref="RelaySession"/> on its media worker: hands it what arrives and passes on what it says.
/// </summary>
internal sealed class RelayHost(RelaySession session, MediaWorker worker, IMediaPlaneObserver observer)
    : IMediaHost
{
    private bool _isEnding;
    private volatile bool _mustClose;

    public long MediaId => session.MediaId;

    public MediaWorker Worker { get; } = worker;

    public required IReadOnlyList<MediaPortLease> Ports { get; init; }

    public MediaReport Report() => session.Report();

    public void Receive(MediaDatagram datagram, Instant now, MediaOutput output)
    {
        session.Receive(datagram.SocketTag, datagram.From, datagram.Bytes, now, output);
        Publish();
    }

    public void Tick(Instant due, Instant now, MediaOutput output)
    {
        if (_isEnding)
        {
            Worker.TryRemove(this);
        }
        else if (_mustClose)
        {
            Close(now, output);
        }
        else
        {
            session.Tick(now, output);
            Publish();
        }
    }

    public void Handle(object message, Instant now, MediaOutput output)
    {
        switch (message)
        {
            case MediaCommand.ConfigureCarrier configure:
                session.ConfigureCarrier(configure.Audio, now);
                break;
            case MediaCommand.ConfigureInner configure:
                session.ConfigureInner(configure.Audio, configure.IsNewPeer, now);
                break;
            case MediaCommand.Bridge bridge:
                session.Bridge(bridge.IsOpen, now);
                break;
            case MediaCommand.Hush hush:
                session.Hush(hush.IsHushed);
                break;
            case MediaCommand.Fence:
                session.Fence();
                break;
            case MediaCommand.Close:
                Close(now, output);
                break;
            default:
                throw Invariant.Unreachable(message);
        }

        Publish();
    }

    public void CloseSoon() => _mustClose = true;

    public void Free()
    {
        // It holds nothing but memory.
    }

    private void Close(Instant now, MediaOutput output)
    {
        session.Close(now, output);
        _isEnding = true;
        Worker.TryRemove(this);
    }

    private void Publish()
    {
        for (var i = 0; i < session.Events.Count; i++)
        {
            observer.Report(session.Events[i]);
        }

        session.Events.Clear();
    }
}
