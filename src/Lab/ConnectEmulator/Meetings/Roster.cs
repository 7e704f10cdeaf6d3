using Farspan.Chime;
using Farspan.Kernel;

namespace Farspan.ConnectEmulator;

/// <summary>
/// Tells the clients of a meeting who is in it: AUDIO_STREAM_ID_INFO (Chime SDK signalling).
/// </summary>
internal sealed class Roster(EmulatorState state)
{
    /// <summary>Lists the attendee, if not listed yet, and tells the others.</summary>
    public void Announce(Attendee attendee, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (attendee.IsAnnounced || attendee.Meeting.HasEnded)
        {
            return;
        }

        attendee.IsAnnounced = true;
        Log(ConnectEventKind.AttendeeJoined, attendee, attendee.ExternalUserId, now, outbox);
        Broadcast(attendee.Meeting, Entry(attendee), now, outbox);
    }

    /// <summary>Takes the attendee off the list, if on it, and tells the others.</summary>
    public void Withdraw(Attendee attendee, bool isDropped, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (!attendee.IsAnnounced)
        {
            return;
        }

        attendee.IsAnnounced = false;
        var kind = isDropped ? ConnectEventKind.AttendeeDropped : ConnectEventKind.AttendeeLeft;
        Log(kind, attendee, attendee.ExternalUserId, now, outbox);
        var departure =
            new AudioStreamIdInfo { StreamId = attendee.StreamId, IsDropped = isDropped ? true : null };
        Broadcast(attendee.Meeting, departure, now, outbox);
    }

    public void Mute(Attendee attendee, bool isMuted, Instant now, Outbox<ConnectEffect> outbox)
    {
        attendee.IsMuted = isMuted;
        Log(ConnectEventKind.AttendeeMuted, attendee, isMuted ? "muted" : "unmuted", now, outbox);
        if (attendee.IsAnnounced)
        {
            var change = new AudioStreamIdInfo { StreamId = attendee.StreamId, IsMuted = isMuted };
            Broadcast(attendee.Meeting, change, now, outbox);
        }
    }

    /// <summary>Tells one client everything.</summary>
    public void SendAll(SignalingConnection to, Instant now, Outbox<ConnectEffect> outbox)
    {
        AudioStreamIdInfo[] entries =
            [.. to.Attendee.Meeting.Attendees.Where(attendee => attendee.IsAnnounced).Select(Entry)];
        Send(to, new AudioStreamIdInfoFrame { Streams = entries }, now, outbox);
    }

    public void Send(SignalingConnection to, SignalFrame frame, Instant now, Outbox<ConnectEffect> outbox)
    {
        if (to.IsSocketOpen)
        {
            var timestampMs = (ulong)state.Log.WallClock(now).ToUnixTimeMilliseconds();
            outbox.Add(new ConnectEffect.SendFrame(to.Id, frame with { TimestampMs = timestampMs }));
        }
    }

    public void Log(
        ConnectEventKind kind, Attendee attendee, string value, Instant now, Outbox<ConnectEffect> outbox)
    {
        var happened = new ConnectEvent(kind)
        {
            ContactId = attendee.Meeting.Contact.Id,
            AttendeeId = attendee.Id,
            Value = value,
        };
        state.Log.Add(happened, now, outbox);
    }

    private void Broadcast(Meeting meeting, AudioStreamIdInfo info, Instant now, Outbox<ConnectEffect> outbox)
    {
        var listeners = meeting.Attendees.SelectMany(attendee => attendee.Connections);
        foreach (var connection in listeners.Where(each => each.IsSubscribed))
        {
            Send(connection, new AudioStreamIdInfoFrame { Streams = [info] }, now, outbox);
        }
    }

    private static AudioStreamIdInfo Entry(Attendee attendee) => new()
    {
        StreamId = attendee.StreamId,
        AttendeeId = attendee.Id,
        IsMuted = attendee.IsMuted,
        ExternalUserId = attendee.ExternalUserId,
    };
}
