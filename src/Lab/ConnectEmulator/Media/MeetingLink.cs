using Farspan.Kernel;
using Farspan.Media;
using Farspan.Rtp;
using Farspan.Sdp;

namespace Farspan.ConnectEmulator;

/// <summary>
/// One connection of one attendee as the media plane has it: the transport, its RTCP, and the seat it has
/// taken once it can carry media. Made by the plane, then its session's alone.
/// </summary>
internal sealed class MeetingLink : IMeetingLine, IDisposable
{
    private readonly WebRtcTransport _transport;
    private readonly RtpStream _stream;
    private readonly byte _payloadType;
    private readonly RtcpSession _rtcp;
    private Instant _heardAt;
    private bool _isReported;

    public MeetingLink(
        MediaOffer offer,
        WebRtcTransport transport,
        LocalTransport local,
        byte payloadType,
        RandomSource random,
        Instant now)
    {
        Connection = offer.Connection;
        AttendeeId = offer.AttendeeId;
        UserNameFragment = local.IceUfrag;
        _transport = transport;
        _payloadType = payloadType;
        _stream = new RtpStream(
            local.Ssrc, payloadType, (ushort)random.NextUInt64(), (uint)random.NextUInt64());
        _rtcp = new RtcpSession(
            new RtcpSettings { Ssrc = local.Ssrc, ClockRateHz = 48_000, CanonicalName = local.CanonicalName },
            random,
            now);
    }

    public SocketId Connection { get; }

    public string AttendeeId { get; }

    /// <summary>By which the peer's checks name this connection (RFC 8445 §7.2.2).</summary>
    public string UserNameFragment { get; }

    /// <summary>Null until media can be sent, and after the transport was lost.</summary>
    public Seat? Seat { get; private set; }

    /// <summary>Where to send; the session sets it whenever its turn comes.</summary>
    public IDatagramSink? Sink { get; set; }

    private IDatagramSink CurrentSink => Sink!;

    public void Begin(RemoteTransport remote, Instant now)
    {
        _heardAt = now;
        _transport.Connect(remote, now, CurrentSink);
    }

    /// <summary>The peer has shown that it is there.</summary>
    public void NoteAlive(Instant now) => _heardAt = now;

    /// <summary>Takes a datagram; true with an RTP packet of Opus.</summary>
    public bool TryReceive(
        in TransportAddress from, Span<byte> datagram, Instant now, out RtpPacketView packet)
    {
        packet = default;
        switch (_transport.Receive(socketTag: 0, from, datagram, now, CurrentSink, out var media))
        {
            case DatagramKind.Rtcp:
                NoteAlive(now);
                _rtcp.Receive(media, now);
                return false;

            case DatagramKind.Rtp when RtpPacketView.TryDecode(media, out packet, out _):
                NoteAlive(now);
                _rtcp.CountReceived(packet.Header, now);
                return packet.Header.PayloadType == _payloadType && !packet.Payload.IsEmpty;

            default:
                return false;
        }
    }

    /// <summary>Does what is due.</summary>
    public void Tick(Instant now)
    {
        _transport.Expire(now, CurrentSink);
        Span<byte> report = stackalloc byte[RtpLimits.MaxReportBytes];
        if (_transport.CanSend && _rtcp.TryWriteReport(now, report, out var bytes))
        {
            _transport.SendRtcp(report[..bytes], CurrentSink);
        }
    }

    /// <summary>
    /// Takes a seat as soon as media can be sent, leaves it when it no longer can, and says what changed.
    /// </summary>
    public MeetingReport? Follow(MeetingRoom room, TimeSpan lostAfter, Instant now)
    {
        _transport.Events.Clear();
        if (_transport.CanSend && Seat is null)
        {
            Seat = room.Add(AttendeeId, _stream, this);
        }
        else if (!_transport.CanSend && Seat is not null)
        {
            Leave(room);
        }

        var isThere = Seat is not null && now - _heardAt < lostAfter;
        if (isThere == _isReported)
        {
            return null;
        }

        _isReported = isThere;
        return isThere ? new MeetingReport.Connected(Connection) : new MeetingReport.Lost(Connection);
    }

    public void Leave(MeetingRoom room)
    {
        if (Seat is not null)
        {
            room.Remove(Seat);
            Seat = null;
        }
    }

    public void Send(in RtpHeader header, ReadOnlySpan<byte> packet, Instant now)
    {
        _rtcp.CountSent(header, packet.Length - RtpHeader.Bytes, now);
        _transport.SendRtp(packet, CurrentSink);
    }

    public void Dispose() => _transport.Dispose();
}
