using Farspan.Kernel;
using Farspan.Media;

namespace Farspan.Runtime;

/// <summary>
/// A <see cref="BridgeSession"/> on its media worker: hands it what arrives and passes on what it says.
/// </summary>
internal sealed class BridgeHost(
    BridgeSession session,
    MediaWorker worker,
    TurnPathFinder finder,
    IMediaPlaneObserver observer) : IMediaHost
{
    private readonly BridgeOutput _output = new();
    private BridgeMessage.GatherOn? _afterAttachment;
    private bool _isEnding;
    private volatile bool _mustClose;

    public BridgeSession Session { get; } = session;

    public MediaWorker Worker { get; } = worker;

    public long MediaId => Session.MediaId;

    public required IReadOnlyList<MediaPortLease> Ports { get; init; }

    public MediaReport Report() => Session.Report();

    public void Receive(MediaDatagram datagram, Instant now, MediaOutput output)
    {
        Session.Receive(datagram.SocketTag, datagram.From, datagram.Bytes, now, _output.Use(output));
        Publish();
    }

    public void Tick(Instant due, Instant now, MediaOutput output)
    {
        _output.Use(output);
        if (_isEnding)
        {
            Worker.TryRemove(this);
            return;
        }

        if (_mustClose)
        {
            Close(now);
        }
        else
        {
            PostGathering();
            Session.Tick(due, now, _output);
        }

        Publish();
    }

    /// <summary>Any thread: ends the session with its next tick, for want of room for the command.</summary>
    public void CloseSoon() => _mustClose = true;

    public void Handle(object message, Instant now, MediaOutput output)
    {
        _output.Use(output);
        switch (message)
        {
            case TurnFrame frame:
                Session.Receive(frame.Source!.SocketTag, frame.Source.Server, frame.Bytes, now, _output);
                frame.Return();
                break;
            case MediaCommand command:
                Perform(command, now);
                break;
            case BridgeMessage other:
                Take(other, now);
                break;
            default:
                throw Invariant.Unreachable(message);
        }

        Publish();
    }

    /// <summary>Frees what the session holds; its sockets are closed already.</summary>
    public void Free()
    {
        foreach (var stream in _output.Streams)
        {
            stream.Finish();
        }

        Session.Dispose();
    }

    private void Perform(MediaCommand command, Instant now)
    {
        switch (command)
        {
            case MediaCommand.ConfigureCarrier configure:
                Session.ConfigureCarrier(configure.Audio, now);
                break;
            case MediaCommand.ConnectContact connect:
                Session.ConnectContact(connect.Remote, now, _output);
                break;
            case MediaCommand.Bridge bridge:
                Session.Bridge(bridge.IsOpen, now);
                break;
            case MediaCommand.Hush hush:
                Session.Hush(hush.IsHushed);
                break;
            case MediaCommand.Close:
                Close(now);
                break;
            default:
                throw Invariant.Unreachable(command);
        }
    }

    private void Close(Instant now)
    {
        Session.Close(now, _output);
        _isEnding = true;
        Worker.TryRemove(this);
    }

    private void Take(BridgeMessage message, Instant now)
    {
        switch (message)
        {
            case BridgeMessage.SocketOpened opened:
                Attach(opened);
                break;
            case BridgeMessage.GatherOn gather:
                Session.Gather(gather.Servers, gather.Socket, now, _output);
                break;
            case BridgeMessage.PathFound found:
                Use(found, now);
                break;
            case BridgeMessage.PathFailed failed:
                Session.FailTurnPath(failed.PathId, failed.Reason, now, _output);
                break;
        }
    }

    private void Use(BridgeMessage.PathFound found, Instant now)
    {
        if (found.Stream is not null)
        {
            _output.Add(found.Stream);
        }

        if (!Session.TryUseTurnPath(found.Path, now, _output))
        {
            Release(found.Path.PathId);
        }
    }

    // A new transport gets the socket that the one which carries audio does not use.
    private void Attach(BridgeMessage.SocketOpened opened)
    {
        var socket = new ContactSocket(Session.FreeContactTag, opened.Socket.LocalAddress);
        if (!Worker.TryAttach(this, socket.SocketTag, opened.Socket))
        {
            opened.Dispose();
            Session.Events.Add(new MediaEvent.ContactLost(
                Session.MediaId, ContactLoss.IceFailed, "the media worker is too busy"));
        }
        else
        {
            _afterAttachment = new BridgeMessage.GatherOn(opened.Servers, socket);
            PostGathering();
        }
    }

    private void PostGathering()
    {
        if (_afterAttachment is not null && Worker.TryPost(this, _afterAttachment))
        {
            _afterAttachment = null;
        }
    }

    private void Publish()
    {
        for (var i = 0; i < Session.Events.Count; i++)
        {
            observer.Report(Session.Events[i]);
        }

        Session.Events.Clear();
        for (var i = 0; i < Session.TurnPaths.Count; i++)
        {
            Perform(Session.TurnPaths[i]);
        }

        Session.TurnPaths.Clear();
    }

    private void Perform(TurnPathNotice notice)
    {
        if (notice is TurnPathNotice.Wanted wanted)
        {
            finder.Find(this, wanted);
        }
        else
        {
            Release(notice.PathId);
        }
    }

    private void Release(int pathId)
    {
        if (_output.TryRemove(MediaSocketTags.FirstStream + pathId, out var stream))
        {
            stream.Finish();
        }
    }
}
