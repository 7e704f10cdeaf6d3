using Farspan.Kernel;
using static Farspan.Chime.ProtobufWireType;

namespace Farspan.Chime;

/// <summary>
/// Reads the bodies of frames. A field of an unexpected wire type counts as unknown and is skipped,
/// as in every protobuf decoder.
/// </summary>
internal static class SignalBodyReader
{
    private delegate bool TryReadItem<T>(ProtobufReader reader, out T item);

    public static SignalFrameError Read(SignalFrameType type, ProtobufReader reader, out SignalFrame? frame)
    {
        var isWellFormed = type switch
        {
            SignalFrameType.Join => TryReadJoin(reader, out frame),
            SignalFrameType.JoinAck => TryReadJoinAck(reader, out frame),
            SignalFrameType.Subscribe => TryReadSubscribe(reader, out frame),
            SignalFrameType.SubscribeAck => TryReadSubscribeAck(reader, out frame),
            SignalFrameType.Index => TryReadIndex(reader, out frame),
            SignalFrameType.Leave => TryReadEmpty(reader, new LeaveFrame(), out frame),
            SignalFrameType.LeaveAck => TryReadEmpty(reader, new LeaveAckFrame(), out frame),
            SignalFrameType.AudioControl => TryReadAudioControl(reader, out frame),
            SignalFrameType.AudioMetadata => TryReadAudioMetadata(reader, out frame),
            SignalFrameType.AudioStreamIdInfo => TryReadAudioStreamIdInfo(reader, out frame),
            SignalFrameType.PingPong => TryReadPingPong(reader, out frame),
            SignalFrameType.AudioStatus => TryReadAudioStatus(reader, out frame),
            SignalFrameType.DataMessage => TryReadDataMessages(reader, out frame),
            SignalFrameType.Notification => TryReadNotification(reader, out frame),
            _ => throw Invariant.Unreachable(type),
        };
        return (isWellFormed, frame) switch
        {
            (false, _) => SignalFrameError.Malformed,
            (true, null) => SignalFrameError.MissingField,
            _ => SignalFrameError.None,
        };
    }

    public static bool TryReadError(ProtobufReader reader, int type, out ErrorFrame frame)
    {
        uint status = 0;
        var description = "";
        while (reader.TryReadField(out var field))
        {
            switch (field)
            {
                case (1, Varint): status = field.UInt32; break;
                case (2, Bytes): description = field.Text; break;
            }
        }

        frame = new ErrorFrame(type, status, description);
        return !reader.HasFailed;
    }

    private static bool TryReadEmpty(ProtobufReader reader, SignalFrame empty, out SignalFrame? frame)
    {
        while (reader.TryReadField(out _))
        {
        }

        frame = reader.HasFailed ? null : empty;
        return !reader.HasFailed;
    }

    private static bool TryReadJoin(ProtobufReader reader, out SignalFrame? frame)
    {
        frame = null;
        uint? version = null, maxNumOfVideos = null, flags = null, adaption = null;
        ulong? audioSessionId = null;
        bool? wantsCompressedSdp = null;
        ClientDetails? details = null;
        while (reader.TryReadField(out var field))
        {
            switch (field)
            {
                case (1, Varint): version = field.UInt32; break;
                case (2, Varint): maxNumOfVideos = field.UInt32; break;
                case (3, Varint): flags = field.UInt32; break;
                case (4, Bytes) when !SignalPartReader.TryReadClientDetails(field.Message, out details):
                    return false;
                case (6, Varint): audioSessionId = field.UInt64; break;
                case (7, Varint): wantsCompressedSdp = field.Bool; break;
                case (10, Varint): adaption = field.UInt32; break;
            }
        }

        frame = new JoinFrame
        {
            ProtocolVersion = version,
            MaxNumOfVideos = maxNumOfVideos,
            Flags = (JoinFlags?)flags,
            ClientDetails = details,
            AudioSessionId = audioSessionId,
            WantsCompressedSdp = wantsCompressedSdp,
            ServerSideNetworkAdaption = adaption,
        };
        return !reader.HasFailed;
    }

    private static bool TryReadJoinAck(ProtobufReader reader, out SignalFrame? frame)
    {
        frame = null;
        ChimeTurnCredentials? credentials = null;
        uint? videoSubscriptionLimit = null;
        bool? wantsCompressedSdp = null;
        while (reader.TryReadField(out var field))
        {
            switch (field)
            {
                case (1, Bytes) when !SignalPartReader.TryReadTurnCredentials(field.Message, out credentials):
                    return false;
                case (2, Varint): videoSubscriptionLimit = field.UInt32; break;
                case (3, Varint): wantsCompressedSdp = field.Bool; break;
            }
        }

        frame = new JoinAckFrame
        {
            TurnCredentials = credentials,
            VideoSubscriptionLimit = videoSubscriptionLimit,
            WantsCompressedSdp = wantsCompressedSdp,
        };
        return !reader.HasFailed;
    }

    private static bool TryReadSubscribe(ProtobufReader reader, out SignalFrame? frame)
    {
        frame = null;
        var sendStreams = new List<StreamDescriptor>();
        var receiveStreamIds = new List<uint>();
        var subscribe = new SubscribeFrame { SendStreams = sendStreams, ReceiveStreamIds = receiveStreamIds };
        while (reader.TryReadField(out var field))
        {
            switch (field)
            {
                case (1, Varint): subscribe = subscribe with { Duplex = (StreamDuplex)field.UInt32 }; break;
                case (2, Bytes) when !TryAdd(field.Message, sendStreams, SignalPartReader.TryReadStream):
                    return false;
                case (3, Varint or Bytes) when !TryAddIds(field, receiveStreamIds): return false;
                case (4, Bytes): subscribe = subscribe with { SdpOffer = field.Text }; break;
                case (5, Bytes): subscribe = subscribe with { AudioHost = field.Text }; break;
                case (6, Varint): subscribe = subscribe with { AudioCheckin = field.Bool }; break;
                case (7, Varint): subscribe = subscribe with { AudioMuted = field.Bool }; break;
                case (8, Bytes):
                    subscribe = subscribe with { CompressedSdpOffer = field.Bytes.ToArray() };
                    break;
            }
        }

        frame = subscribe;
        return !reader.HasFailed;
    }

    private static bool TryReadSubscribeAck(ProtobufReader reader, out SignalFrame? frame)
    {
        frame = null;
        var allocations = new List<StreamAllocation>();
        var tracks = new List<TrackMapping>();
        var ack = new SubscribeAckFrame { Allocations = allocations, Tracks = tracks };
        while (reader.TryReadField(out var field))
        {
            switch (field)
            {
                case (1, Varint): ack = ack with { Duplex = (StreamDuplex)field.UInt32 }; break;
                case (2, Bytes) when !TryAdd(field.Message, allocations, SignalPartReader.TryReadAllocation):
                    return false;
                case (3, Bytes): ack = ack with { SdpAnswer = field.Text }; break;
                case (4, Bytes) when !TryAdd(field.Message, tracks, SignalPartReader.TryReadTrack):
                    return false;
                case (5, Bytes): ack = ack with { CompressedSdpAnswer = field.Bytes.ToArray() }; break;
            }
        }

        frame = ack;
        return !reader.HasFailed;
    }

    private static bool TryReadIndex(ProtobufReader reader, out SignalFrame? frame)
    {
        frame = null;
        bool? isAtCapacity = null;
        uint? numParticipants = null;
        var sources = new List<StreamDescriptor>();
        while (reader.TryReadField(out var field))
        {
            switch (field)
            {
                case (1, Varint): isAtCapacity = field.Bool; break;
                case (2, Bytes) when !TryAdd(field.Message, sources, SignalPartReader.TryReadStream):
                    return false;
                case (4, Varint): numParticipants = field.UInt32; break;
            }
        }

        frame = new IndexFrame
        {
            IsAtCapacity = isAtCapacity,
            Sources = sources,
            NumParticipants = numParticipants,
        };
        return !reader.HasFailed;
    }

    private static bool TryReadAudioControl(ProtobufReader reader, out SignalFrame? frame)
    {
        bool? isMuted = null;
        while (reader.TryReadField(out var field))
        {
            if (field is (1, Varint))
            {
                isMuted = field.Bool;
            }
        }

        frame = new AudioControlFrame { IsMuted = isMuted };
        return !reader.HasFailed;
    }

    private static bool TryReadAudioMetadata(ProtobufReader reader, out SignalFrame? frame)
    {
        var isWellFormed = TryReadItems(
            reader, SignalPartReader.TryReadState, out List<AudioAttendeeState> states);
        frame = new AudioMetadataFrame { AttendeeStates = states };
        return isWellFormed;
    }

    private static bool TryReadAudioStreamIdInfo(ProtobufReader reader, out SignalFrame? frame)
    {
        var isWellFormed = TryReadItems(
            reader, SignalPartReader.TryReadStreamIdInfo, out List<AudioStreamIdInfo> streams);
        frame = new AudioStreamIdInfoFrame { Streams = streams };
        return isWellFormed;
    }

    private static bool TryReadDataMessages(ProtobufReader reader, out SignalFrame? frame)
    {
        var isWellFormed = TryReadItems(
            reader, SignalPartReader.TryReadDataMessage, out List<DataMessage> messages);
        frame = new DataMessageFrame { Messages = messages };
        return isWellFormed;
    }

    /// <summary>
    /// Well-formed but null when the type or the id, both required, is absent or undefined.
    /// </summary>
    private static bool TryReadPingPong(ProtobufReader reader, out SignalFrame? frame)
    {
        uint? type = null, id = null;
        while (reader.TryReadField(out var field))
        {
            switch (field)
            {
                case (1, Varint): type = field.UInt32; break;
                case (2, Varint): id = field.UInt32; break;
            }
        }

        frame = type is 1 or 2 && id is { } pingId ? new PingPongFrame(type == 2, pingId) : null;
        return !reader.HasFailed;
    }

    private static bool TryReadAudioStatus(ProtobufReader reader, out SignalFrame? frame)
    {
        uint? status = null;
        while (reader.TryReadField(out var field))
        {
            if (field is (1, Varint))
            {
                status = field.UInt32;
            }
        }

        frame = status is { } value ? new AudioStatusFrame(value) : null;
        return !reader.HasFailed;
    }

    private static bool TryReadNotification(ProtobufReader reader, out SignalFrame? frame)
    {
        var level = NotificationLevel.Error;
        var message = "";
        while (reader.TryReadField(out var field))
        {
            switch (field)
            {
                case (1, Varint) when field.UInt32 is >= 1 and <= 3:
                    level = (NotificationLevel)field.UInt32;
                    break;
                case (2, Bytes): message = field.Text; break;
            }
        }

        frame = new NotificationFrame(level, message);
        return !reader.HasFailed;
    }

    /// <summary>A body whose only content is field 1, repeated.</summary>
    private static bool TryReadItems<T>(ProtobufReader reader, TryReadItem<T> tryRead, out List<T> items)
    {
        items = [];
        while (reader.TryReadField(out var field))
        {
            if (field is (1, Bytes) && !TryAdd(field.Message, items, tryRead))
            {
                return false;
            }
        }

        return !reader.HasFailed;
    }

    private static bool TryAdd<T>(ProtobufReader reader, List<T> items, TryReadItem<T> tryRead)
    {
        if (items.Count == ChimeLimits.MaxRepeatedItems || !tryRead(reader, out var item))
        {
            return false;
        }

        items.Add(item);
        return true;
    }

    /// <summary>Repeated numbers come one by one (proto2's way) or packed.</summary>
    private static bool TryAddIds(ProtobufField field, List<uint> ids)
    {
        if (field.WireType == Varint)
        {
            ids.Add(field.UInt32);
            return ids.Count <= ChimeLimits.MaxRepeatedItems;
        }

        var packed = field.Message;
        while (packed.TryReadPackedVarint(out var id))
        {
            ids.Add((uint)id);
            if (ids.Count > ChimeLimits.MaxRepeatedItems)
            {
                return false;
            }
        }

        return !packed.HasFailed;
    }
}
