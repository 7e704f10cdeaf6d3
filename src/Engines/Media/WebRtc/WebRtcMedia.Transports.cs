using Farspan.Kernel;
using Farspan.Rtp;
using Farspan.Sdp;

namespace Farspan.Media;

// The transports of a participant: the one that carries audio and the one that is to replace it.
public sealed partial class WebRtcMedia
{
    /// <summary>
    /// Makes a new transport on a socket of its own and gathers its candidates. The one that carries audio
    /// goes on until the new one is connected; one that was not connected yet is given up.
    /// </summary>
    public void Gather(
        TurnServers? servers, int socketTag, TransportAddress localAddress, Instant now, IDatagramSink sink)
    {
        Drop(ref _joining, now, sink);
        var endpoint = new WebRtcEndpoint
        {
            Role = _role,
            SocketTag = socketTag,
            LocalAddress = localAddress,
            Ssrc = _numbering.Ssrc,
            CanonicalName = _canonicalName,
            FirstPathId = _nextPathId,
        };
        _nextPathId += MediaLimits.MaxTurnUris;
        _joining = new WebRtcTransport(endpoint, _resources, _settings, _random, _paths);
        _joining.Gather(servers, now, sink);
        Follow(_joining, now, sink);
    }

    /// <summary>Connects the transport that was made last.</summary>
    public void Connect(RemoteTransport remote, Instant now, IDatagramSink sink)
    {
        _payloadType = (byte)remote.OpusPayloadType;
        _joining?.Connect(remote, now, sink);
        Follow(_joining, now, sink);
    }

    /// <summary>A TURN server can be reached; false if nobody wants it any more.</summary>
    public bool TryUseTurnPath(TurnPath path, Instant now, IDatagramSink sink)
    {
        var isWanted = _joining?.TryUseTurnPath(path, now, sink) == true;
        Follow(_joining, now, sink);
        return isWanted;
    }

    /// <summary>A TURN server cannot be reached, or no longer.</summary>
    public void FailTurnPath(int pathId, string reason, Instant now, IDatagramSink sink)
    {
        _active?.FailTurnPath(pathId, reason, now, sink);
        Follow(_active, now, sink);
        _joining?.FailTurnPath(pathId, reason, now, sink);
        Follow(_joining, now, sink);
    }

    /// <summary>Takes a datagram; it is changed in place.</summary>
    public void Receive(
        int socketTag, TransportAddress from, Span<byte> datagram, Instant now, IDatagramSink sink)
    {
        Receive(_active, socketTag, from, datagram, now, sink);
        Receive(_joining, socketTag, from, datagram, now, sink);
        var refused = (_active?.PacketsRefused ?? 0) + (_joining?.PacketsRefused ?? 0);
        _counters.FollowRefused(_refusedEarlier + refused);
    }

    private void Receive(
        WebRtcTransport? transport,
        int socketTag,
        TransportAddress from,
        Span<byte> datagram,
        Instant now,
        IDatagramSink sink)
    {
        if (transport is null || !transport.Owns(socketTag))
        {
            return;
        }

        var kind = transport.Receive(socketTag, from, datagram, now, sink, out var media);
        Follow(transport, now, sink);
        if (transport != _active)
        {
            return;
        }

        if (kind == DatagramKind.Rtp)
        {
            TakeRtp(media, now);
        }
        else if (kind == DatagramKind.Rtcp)
        {
            _rtcp.Receive(media, now);
        }
    }

    private void TakeRtp(ReadOnlySpan<byte> datagram, Instant now)
    {
        if (!RtpPacketView.TryDecode(datagram, out var packet, out _)
            || (packet.Header.PayloadType != OpusPayloadType && packet.Header.PayloadType != _payloadType))
        {
            return;
        }

        _counters.CountReceived();
        if (_rtcp.CountReceived(packet.Header, now))
        {
            _playout.Insert(packet.Header, packet.Payload, now);
        }
    }

    private void Expire(WebRtcTransport? transport, Instant now, IDatagramSink sink)
    {
        if (transport?.Deadline <= now)
        {
            transport.Expire(now, sink);
            Follow(transport, now, sink);
        }
    }

    private void Follow(WebRtcTransport? transport, Instant now, IDatagramSink sink)
    {
        if (transport is null || transport.Events.Count == 0)
        {
            return;
        }

        for (var i = 0; i < transport.Events.Count; i++)
        {
            switch (transport.Events[i])
            {
                case WebRtcEvent.Connected connected:
                    Promote(transport, now, sink);
                    Events.Add(connected);
                    break;
                case WebRtcEvent.Lost lost:
                    Lose(transport, lost);
                    break;
                case var gathered:
                    Events.Add(gathered);
                    break;
            }
        }

        transport.Events.Clear();
    }

    private void Promote(WebRtcTransport transport, Instant now, IDatagramSink sink)
    {
        Invariant.Require(transport == _joining);
        Drop(ref _active, now, sink);
        (_active, _joining) = (_joining, null);
    }

    // While another transport is being connected, the end of the old one is no news: the new one decides.
    private void Lose(WebRtcTransport transport, WebRtcEvent.Lost lost)
    {
        if (transport == _joining || _joining is null)
        {
            Events.Add(lost);
        }

        _refusedEarlier += transport.PacketsRefused;
        transport.Dispose();
        _active = transport == _active ? null : _active;
        _joining = transport == _joining ? null : _joining;
    }

    private void Drop(ref WebRtcTransport? transport, Instant now, IDatagramSink sink)
    {
        if (transport is not null)
        {
            _refusedEarlier += transport.PacketsRefused;
            transport.Close(now, sink);
            transport.Dispose();
            transport = null;
        }
    }
}
