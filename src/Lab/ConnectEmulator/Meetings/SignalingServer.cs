using Farspan.Chime;
using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// The service's side of Chime signalling: admits sockets, answers frames, displaces, and keeps each
/// attendee's
/// presence. Inputs return the attendee whose presence they changed, or null.
/// </summary>
internal sealed class SignalingServer(EmulatorState state, SignalingConnections connections, Roster roster)
{
    private SignalingBehavior Behavior => state.Settings.Signaling;

    public SocketAdmission Open(
        string meetingId, string? joinToken, Instant now, Outbox<ConnectEffect> outbox)
    {
        var fault = state.Faults.Strike(SignalingStage.Upgrade);
        if (fault is { Effect: SignalingFaultEffect.Refuse })
        {
            return new SocketAdmission(null, fault.Code is >= 400 and <= 599 ? fault.Code : 503);
        }

        var attendee = state.FindAttendee(joinToken);
        var socket = connections.NextId();
        if (attendee is null || attendee.Meeting.Id != meetingId || !state.HasValidCredentials(attendee, now))
        {
            return RefuseToken(socket, attendee, outbox);
        }

        var connection = connections.Open(socket, attendee, now, outbox);
        if (fault is not null)
        {
            connections.Apply(fault, connection, now, outbox);
        }

        return new SocketAdmission(socket, 0);
    }

    public Attendee? Receive(
        SocketId socket, ReadOnlySpan<byte> message, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (connections.Find(socket) is not { IsSocketOpen: true } connection
            || !SignalFrame.TryDecode(message, out var frame, out _))
        {
            return null;
        }

        switch (frame)
        {
            case PingPongFrame { IsPong: false } ping
                when connections.IsUndisturbed(connection, SignalingStage.Ping, now, outbox):
                Send(connection, new PingPongFrame(true, ping.PingId), now, outbox);
                break;

            case JoinFrame when connections.IsUndisturbed(connection, SignalingStage.Join, now, outbox):
                return Join(connection, now, outbox);

            case SubscribeFrame subscribe
                when connections.IsUndisturbed(connection, SignalingStage.Subscribe, now, outbox):
                Subscribe(connection, subscribe, now, outbox);
                break;

            case AudioControlFrame { IsMuted: { } isMuted }:
                roster.Mute(connection.Attendee, isMuted, now, outbox);
                break;

            case LeaveFrame:
                return Leave(connection, now, outbox);

            default:
                // Metrics, timing, data messages and frames unknown to us change nothing.
                break;
        }

        return null;
    }

    public void SocketClosed(SocketId socket, string reason, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (connections.Find(socket) is { } connection)
        {
            connections.CloseSocket(connection, reason, now, outbox);
        }
    }

    public void Answered(SocketId socket, string sdpAnswer, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (connections.Find(socket) is not { HasOffered: true } connection)
        {
            return;
        }

        var answer = new SubscribeAckFrame { Duplex = StreamDuplex.Receive };
        answer = connection.UsesCompressedSdp
            ? answer with { CompressedSdpAnswer = CompressedSdp.Deflate(sdpAnswer) }
            : answer with { SdpAnswer = sdpAnswer };
        Send(connection, answer, now, outbox);
        SendUnknown(connection, now, outbox);
        connection.IsSubscribed = true;
        roster.Announce(connection.Attendee, now, outbox);
        roster.SendAll(connection, now, outbox);
    }

    public void OfferRefused(SocketId socket, string reason, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (connections.Find(socket) is { } connection)
        {
            connection.HasOffered = false;
            Log(ConnectEventKind.OfferRefused, connection, reason, now, outbox);
            Refuse(connection, reason, now, outbox);
        }
    }

    public Attendee? MediaConnected(SocketId socket, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (connections.Find(socket) is not { HasOffered: true, HasMedia: false } connection)
        {
            return null;
        }

        connection.HasMedia = true;
        Log(ConnectEventKind.MediaConnected, connection, socket.ToString(), now, outbox);
        roster.Announce(connection.Attendee, now, outbox);
        connection.Attendee.AbsentSince = null;
        connection.Attendee.Presence = AttendeePresence.Connected;
        return connection.Attendee;
    }

    public Attendee? MediaLost(SocketId socket, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (connections.Find(socket) is not { HasMedia: true } connection)
        {
            return null;
        }

        connection.HasMedia = false;
        Log(ConnectEventKind.MediaLost, connection, socket.ToString(), now, outbox);
        connections.ForgetIfDone(connection, outbox);
        return connection.Attendee.HasMedia
            ? null
            : Depart(connection.Attendee, AttendeePresence.Lost, now, outbox);
    }

    /// <summary>Tells everyone that the meeting is over, and closes after a while whoever stays.</summary>
    public void EndMeeting(Meeting meeting, Instant now, Outbox<ConnectEffect> outbox)
    {
        meeting.HasEnded = true;
        foreach (var attendee in meeting.Attendees)
        {
            SendAway(attendee, AudioStatus.MeetingEnded, now, outbox);
            attendee.IsAnnounced = false;
            attendee.Presence = attendee.Presence == AttendeePresence.Expected
                ? AttendeePresence.Expected
                : AttendeePresence.Left;
        }

        outbox.Add(new ConnectEffect.EndMeeting(meeting.Id));
    }

    /// <summary>Takes one attendee out of a meeting that goes on.</summary>
    public void Dismiss(Attendee attendee, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (!attendee.Meeting.HasEnded)
        {
            SendAway(attendee, AudioStatus.AttendeeRemoved, now, outbox);
            Depart(attendee, AttendeePresence.Left, now, outbox);
        }
    }

    public bool Disturb(
        Contact contact,
        SignalingDisturbance disturbance,
        int code,
        Instant now,
        Outbox<ConnectEffect> outbox)
    {
        SignalingConnection[] open =
            [.. contact.Customers.SelectMany(customer => customer.Connections).Where(
                each => each.IsSocketOpen)];
        foreach (var connection in open)
        {
            if (disturbance == SignalingDisturbance.AudioStatus)
            {
                Send(connection, new AudioStatusFrame((uint)code), now, outbox);
            }
            else
            {
                connections.CutSocket(
                    connection, disturbance == SignalingDisturbance.Abort, code, now, outbox);
            }
        }

        return open.Length > 0;
    }

    public Attendee? Expire(SignalingConnection connection, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (connection.Timers.TryExpire(SignalingTimer.Close, now))
        {
            connections.CutSocket(connection, isAbort: false, Behavior.MeetingEndedCloseCode, now, outbox);
        }
        else if (connection.Timers.TryExpire(SignalingTimer.Displace, now))
        {
            return Displace(connection, now, outbox);
        }

        return null;
    }

    private SocketAdmission RefuseToken(SocketId socket, Attendee? attendee, Outbox<ConnectEffect> outbox)
    {
        if (attendee is not { Meeting.HasEnded: true }
            && Behavior.BadTokenAnswer == BadTokenAnswer.RefuseUpgrade)
        {
            return new SocketAdmission(null, 403);
        }

        var code = attendee is { Meeting.HasEnded: true }
            ? Behavior.MeetingEndedCloseCode
            : Behavior.BadTokenCloseCode;
        outbox.Add(new ConnectEffect.CloseSocket(socket, code, "not admitted"));
        return new SocketAdmission(socket, 0);
    }

    private Attendee? Join(SignalingConnection connection, Instant now, Outbox<ConnectEffect> outbox)
    {
        SignalingConnection[] earlier =
            [.. connection.Attendee.Connections.Where(other => other != connection && other.HasJoined)];
        if (earlier.Length > 0 && Behavior.Displacement == Displacement.Refused)
        {
            connections.CutSocket(connection, isAbort: false, Behavior.BadTokenCloseCode, now, outbox);
            return null;
        }

        connection.HasJoined = true;
        connection.Attendee.Joins++;
        Attendee? changed = null;
        foreach (var other in earlier)
        {
            changed = DisplaceOrWait(other, now, outbox) ?? changed;
        }

        Send(connection, JoinAck(), now, outbox);
        SendUnknown(connection, now, outbox);
        if (connections.IsUndisturbed(connection, SignalingStage.Index, now, outbox))
        {
            Send(connection, new IndexFrame(), now, outbox);
        }

        return changed;
    }

    private JoinAckFrame JoinAck()
    {
        var turn = Behavior.Turn;
        return new JoinAckFrame
        {
            WantsCompressedSdp = Behavior.WantsCompressedSdp ? true : null,
            TurnCredentials = turn is null
                ? null
                : new ChimeTurnCredentials(
                    turn.Username, new Redacted<string>(turn.Password), turn.Ttl, turn.Uris),
        };
    }

    private Attendee? DisplaceOrWait(SignalingConnection earlier, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (Behavior.Displacement == Displacement.Late)
        {
            earlier.Timers.Start(SignalingTimer.Displace, now + Behavior.DisplacementDelay);
        }

        return Behavior.Displacement == Displacement.AtOnce ? Displace(earlier, now, outbox) : null;
    }

    private Attendee? Displace(SignalingConnection connection, Instant now, Outbox<ConnectEffect> outbox)
    {
        Log(ConnectEventKind.AttendeeDisplaced, connection, connection.Id.ToString(), now, outbox);
        Send(connection, new AudioStatusFrame(AudioStatus.JoinedFromAnotherDevice), now, outbox);
        connection.HasMedia = false;
        SignalingConnections.DropMedia(connection, outbox);
        connection.Timers.Start(SignalingTimer.Close, now + Behavior.ClosesAfterMeetingEnd);
        var attendee = connection.Attendee;
        attendee.Connections.Remove(connection);
        connections.ForgetIfDone(connection, outbox);
        return attendee.Presence == AttendeePresence.Connected && !attendee.HasMedia
            ? Depart(attendee, AttendeePresence.Lost, now, outbox)
            : null;
    }

    private void Subscribe(
        SignalingConnection connection, SubscribeFrame subscribe, Instant now, Outbox<ConnectEffect> outbox)
    {
        string? sdp;
        if (subscribe.CompressedSdpOffer is { Length: > 0 } compressed)
        {
            connection.UsesCompressedSdp = CompressedSdp.TryInflate(compressed.Span, out sdp);
        }
        else
        {
            connection.UsesCompressedSdp = false;
            sdp = subscribe.SdpOffer;
        }

        var attendee = connection.Attendee;
        if (!connection.HasJoined || attendee.Meeting.HasEnded || !attendee.Connections.Contains(connection))
        {
            Refuse(connection, "not joined", now, outbox);
        }
        else if (string.IsNullOrEmpty(sdp))
        {
            Refuse(connection, "no offer", now, outbox);
        }
        else
        {
            connection.HasOffered = true;
            attendee.IsMuted = subscribe.AudioMuted ?? attendee.IsMuted;
            outbox.Add(new ConnectEffect.AnswerOffer(
                new MediaOffer(connection.Id, attendee.Meeting.Id, attendee.Id, sdp)));
        }
    }

    private void Refuse(SignalingConnection to, string reason, Instant now, Outbox<ConnectEffect> outbox) =>
        Send(to, new ErrorFrame((int)SignalFrameType.SubscribeAck, 400, reason), now, outbox);

    private Attendee? Leave(SignalingConnection connection, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (connections.IsUndisturbed(connection, SignalingStage.Leave, now, outbox))
        {
            Send(connection, new LeaveAckFrame(), now, outbox);
        }

        var attendee = connection.Attendee;
        connection.HasMedia = false;
        SignalingConnections.DropMedia(connection, outbox);
        if (!attendee.Connections.Remove(connection) || attendee.Meeting.HasEnded || attendee.HasMedia)
        {
            return null;
        }

        var presence = attendee.Connections.Count == 0 ? AttendeePresence.Left : AttendeePresence.Lost;
        return Depart(attendee, presence, now, outbox);
    }

    private void SendAway(Attendee attendee, uint status, Instant now, Outbox<ConnectEffect> outbox)
    {
        SignalingConnection[] leaving =
            [.. attendee.Connections.Where(each => !each.Timers.IsRunning(SignalingTimer.Close))];
        foreach (var connection in leaving)
        {
            Send(connection, new AudioStatusFrame(status), now, outbox);
            connection.Timers.Start(SignalingTimer.Close, now + Behavior.ClosesAfterMeetingEnd);
            connection.HasMedia = false;
            if (attendee.Meeting.HasEnded)
            {
                connection.HasOffered = false; // EndMeeting takes all its media down at once
            }

            SignalingConnections.DropMedia(connection, outbox);
            connections.ForgetIfDone(connection, outbox);
        }
    }

    private Attendee Depart(
        Attendee attendee, AttendeePresence presence, Instant now, Outbox<ConnectEffect> outbox)
    {
        attendee.Presence = presence;
        attendee.AbsentSince = now;
        roster.Withdraw(attendee, isDropped: presence == AttendeePresence.Lost, now, outbox);
        return attendee;
    }

    private void SendUnknown(SignalingConnection to, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (Behavior.SendsUnknownFrames)
        {
            Send(to, new UnknownFrame(13), now, outbox); // BITRATES, which only video needs
            Send(to, new UnknownFrame(250), now, outbox); // assigned to nothing
        }
    }

    private void Send(SignalingConnection to, SignalFrame frame, Instant now, Outbox<ConnectEffect> outbox) =>
        roster.Send(to, frame, now, outbox);

    private void Log(
        ConnectEventKind kind,
        SignalingConnection about,
        string value,
        Instant now,
        Outbox<ConnectEffect> outbox) =>
        roster.Log(kind, about.Attendee, value, now, outbox);
}
