using Farspan.Kernel;
using static Farspan.Chime.ProtobufWireType;

namespace Farspan.Chime;

/// <summary>Reads the messages nested in the bodies of frames.</summary>
internal static class SignalPartReader
{
    public static bool TryReadClientDetails(ProtobufReader reader, out ClientDetails details)
    {
        details = new ClientDetails();
        while (reader.TryReadField(out var field))
        {
            details = field switch
            {
                (1, Bytes) => details with { AppName = field.Text },
                (2, Bytes) => details with { AppVersion = field.Text },
                (5, Bytes) => details with { PlatformName = field.Text },
                (6, Bytes) => details with { PlatformVersion = field.Text },
                (7, Bytes) => details with { ClientSource = field.Text },
                (8, Bytes) => details with { SdkVersion = field.Text },
                _ => details,
            };
        }

        return !reader.HasFailed;
    }

    public static bool TryReadTurnCredentials(ProtobufReader reader, out ChimeTurnCredentials credentials)
    {
        var username = "";
        var password = "";
        uint lifetimeSeconds = 0;
        var uris = new List<string>();
        while (reader.TryReadField(out var field))
        {
            switch (field)
            {
                case (1, Bytes): username = field.Text; break;
                case (2, Bytes): password = field.Text; break;
                case (3, Varint): lifetimeSeconds = field.UInt32; break;
                case (4, Bytes) when uris.Count < ChimeLimits.MaxTurnUris: uris.Add(field.Text); break;
            }
        }

        credentials = new ChimeTurnCredentials(
            username, new Redacted<string>(password), TimeSpan.FromSeconds(lifetimeSeconds), uris);
        return !reader.HasFailed;
    }

    public static bool TryReadStream(ProtobufReader reader, out StreamDescriptor stream)
    {
        stream = new StreamDescriptor();
        while (reader.TryReadField(out var field))
        {
            stream = field switch
            {
                (1, Varint) => stream with { StreamId = field.UInt32 },
                (2, Varint) => stream with { Framerate = field.UInt32 },
                (3, Varint) => stream with { MaxBitrateKbps = field.UInt32 },
                (4, Bytes) => stream with { TrackLabel = field.Text },
                (6, Varint) => stream with { GroupId = field.UInt32 },
                (7, Varint) => stream with { AverageBitrateBps = field.UInt32 },
                (8, Bytes) => stream with { AttendeeId = field.Text },
                (9, Varint) => stream with { Media = (StreamMedia)field.UInt32 },
                (10, Bytes) => stream with { ExternalUserId = field.Text },
                _ => stream,
            };
        }

        return !reader.HasFailed;
    }

    public static bool TryReadAllocation(ProtobufReader reader, out StreamAllocation allocation)
    {
        allocation = new StreamAllocation(null, null, null);
        while (reader.TryReadField(out var field))
        {
            allocation = field switch
            {
                (1, Bytes) => allocation with { TrackLabel = field.Text },
                (2, Varint) => allocation with { StreamId = field.UInt32 },
                (3, Varint) => allocation with { GroupId = field.UInt32 },
                _ => allocation,
            };
        }

        return !reader.HasFailed;
    }

    public static bool TryReadTrack(ProtobufReader reader, out TrackMapping track)
    {
        track = new TrackMapping(null, null, null);
        while (reader.TryReadField(out var field))
        {
            track = field switch
            {
                (1, Varint) => track with { StreamId = field.UInt32 },
                (2, Varint) => track with { Ssrc = field.UInt32 },
                (3, Bytes) => track with { TrackLabel = field.Text },
                _ => track,
            };
        }

        return !reader.HasFailed;
    }

    public static bool TryReadState(ProtobufReader reader, out AudioAttendeeState state)
    {
        state = new AudioAttendeeState(0, null, null, null);
        while (reader.TryReadField(out var field))
        {
            state = field switch
            {
                (1, Varint) => state with { StreamId = field.UInt32 },
                (2, Varint) => state with { Volume = field.UInt32 },
                (3, Varint) => state with { IsMuted = field.Bool },
                (4, Varint) => state with { SignalStrength = field.UInt32 },
                _ => state,
            };
        }

        return !reader.HasFailed;
    }

    public static bool TryReadStreamIdInfo(ProtobufReader reader, out AudioStreamIdInfo info)
    {
        info = new AudioStreamIdInfo();
        while (reader.TryReadField(out var field))
        {
            info = field switch
            {
                (1, Varint) => info with { StreamId = field.UInt32 },
                (2, Bytes) => info with { AttendeeId = field.Text },
                (3, Varint) => info with { IsMuted = field.Bool },
                (4, Bytes) => info with { ExternalUserId = field.Text },
                (5, Varint) => info with { IsDropped = field.Bool },
                _ => info,
            };
        }

        return !reader.HasFailed;
    }

    public static bool TryReadDataMessage(ProtobufReader reader, out DataMessage message)
    {
        message = new DataMessage();
        while (reader.TryReadField(out var field))
        {
            message = field switch
            {
                (1, Bytes) => message with { Topic = field.Text },
                (2, Bytes) => message with { Data = field.Bytes.ToArray() },
                (3, Varint) => message with { LifetimeMs = field.UInt32 },
                (4, Bytes) => message with { SenderAttendeeId = field.Text },
                (5, Varint) => message with { IngestTimeNs = field.UInt64 },
                (6, Bytes) => message with { SenderExternalUserId = field.Text },
                _ => message,
            };
        }

        return !reader.HasFailed;
    }
}
