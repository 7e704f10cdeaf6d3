using System.Text;
using Farspan.Kernel;
using Farspan.Media;
using Farspan.Rtp;
using Farspan.Runtime;
using Farspan.Stun;

namespace Farspan.ConnectEmulator;

/// <summary>
/// The media of one meeting on its worker: one socket for all connections, which are told apart by the user
/// name of their ICE checks, and then by where they come from.
/// </summary>
/// <param name="room">Who hears what.</param>
/// <param name="lostAfter">See <see cref="MeetingMediaSettings.LostAfter"/>.</param>
/// <param name="report">Called on the worker's thread: it must not wait.</param>
internal sealed class MeetingSession(
    MeetingRoom room, TimeSpan lostAfter, Action<MeetingSession, MeetingReport> report)
    : IMediaSession, IDisposable
{
    // Peers may try many addresses before one works.
    private const int MaxPeers = 256;

    private readonly List<MeetingLink> _links = [];
    private readonly Dictionary<TransportAddress, MeetingLink> _peers = [];

    public void Receive(MediaDatagram datagram, Instant now, MediaOutput output)
    {
        SetSink(output);
        if (RtcpMux.Classify(datagram.Bytes) == DatagramKind.Stun)
        {
            ReceiveStun(datagram, now);
        }
        else if (_peers.TryGetValue(datagram.From, out var link))
        {
            Receive(link, datagram, now);
        }
    }

    public void Tick(Instant due, Instant now, MediaOutput output)
    {
        SetSink(output);
        foreach (var link in _links)
        {
            link.Tick(now);
            Follow(link, now);
        }

        room.Tick(due, now);
    }

    public void Handle(object message, Instant now, MediaOutput output)
    {
        SetSink(output);
        switch (message)
        {
            case MeetingOrder.Begin(var link, var remote):
                link.Sink = output;
                _links.Add(link);
                link.Begin(remote, now);
                break;

            case MeetingOrder.End(var connection):
                End(connection);
                break;

            case MeetingOrder.Play(var loop):
                room.Play(loop);
                break;

            case MeetingOrder.StopPlaying:
                room.StopPlaying();
                break;

            case MeetingOrder.AttachVoice(var attendeeId, var greeting):
                room.AttachVoice(attendeeId, greeting);
                break;

            case MeetingOrder.AnswerCaller(var attendeeId, var sequence):
                room.AnswerCaller(attendeeId, sequence);
                break;

            case MeetingOrder.DetachVoice(var attendeeId):
                room.DetachVoice(attendeeId);
                break;

            default:
                throw Invariant.Unreachable(message);
        }
    }

    public void Dispose()
    {
        room.Dispose();
        _links.ForEach(link => link.Dispose());
        _links.Clear();
        _peers.Clear();
    }

    private void SetSink(MediaOutput output)
    {
        foreach (var link in _links)
        {
            link.Sink = output;
        }
    }

    private void ReceiveStun(MediaDatagram datagram, Instant now)
    {
        if (!StunMessageView.TryDecode(datagram.Bytes, out var stun, out _))
        {
            return;
        }

        if (stun.Class != StunClass.Request)
        {
            // An answer to a check of ours: whose, only the agents know.
            for (var i = _links.Count - 1; i >= 0; i--)
            {
                Receive(_links[i], datagram, now);
            }
        }
        else if (FindNamed(stun) is { } link)
        {
            if (_peers.Count < MaxPeers)
            {
                _peers[datagram.From] = link;
            }

            link.NoteAlive(now);
            Receive(link, datagram, now);
        }
    }

    /// <summary>A check names its receiver first: "theirs:ours" as they say it (RFC 8445 §7.2.2).</summary>
    private MeetingLink? FindNamed(in StunMessageView request)
    {
        if (!request.TryGet(StunAttribute.Username, out var name)
            || name.IndexOf((byte)':') is not (> 0 and var end))
        {
            return null;
        }

        foreach (var link in _links)
        {
            if (Ascii.Equals(name[..end], link.UserNameFragment))
            {
                return link;
            }
        }

        return null;
    }

    private void Receive(MeetingLink link, MediaDatagram datagram, Instant now)
    {
        var hasPacket = link.TryReceive(datagram.From, datagram.Bytes, now, out var packet);
        Follow(link, now);
        if (hasPacket && link.Seat is { } seat)
        {
            room.Receive(seat, packet, now);
            TellNotices();
        }
    }

    private void Follow(MeetingLink link, Instant now)
    {
        if (link.Follow(room, lostAfter, now) is { } change)
        {
            report(this, change);
        }
    }

    private void TellNotices()
    {
        foreach (var notice in room.Notices.Effects)
        {
            report(this, new MeetingReport.Noticed(notice));
        }

        room.Notices.Clear();
    }

    private void End(SocketId connection)
    {
        if (_links.Find(each => each.Connection == connection) is not { } link)
        {
            return;
        }

        _links.Remove(link);
        link.Leave(room);
        link.Dispose();
        foreach (var peer in _peers.Where(each => each.Value == link).Select(each => each.Key).ToArray())
        {
            _peers.Remove(peer);
        }
    }
}
