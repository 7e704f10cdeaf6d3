namespace Farspan.Chime;

/// <summary>Turns frames into bytes: the field numbers of <c>SdkSignalFrame</c> and of its bodies.</summary>
internal static class SignalFrameWriter
{
    public static byte[] Write(SignalFrame frame, SignalDirection direction)
    {
        var writer = new ProtobufWriter();
        writer.WriteRawByte((byte)direction);
        writer.WriteVarint(1, frame.TimestampMs);
        writer.WriteVarint(2, (ulong)frame.TypeNumber);
        WriteBody(writer, frame);
        return writer.Written.ToArray();
    }

    private static void WriteBody(ProtobufWriter writer, SignalFrame frame)
    {
        switch (frame)
        {
            case ErrorFrame error:
                writer.WriteMessage(3, error, WriteError);
                break;
            case JoinFrame join:
                writer.WriteMessage(4, join, WriteJoin);
                break;
            case JoinAckFrame joinAck:
                writer.WriteMessage(5, joinAck, WriteJoinAck);
                break;
            case SubscribeFrame subscribe:
                writer.WriteMessage(6, subscribe, WriteSubscribe);
                break;
            case SubscribeAckFrame subscribeAck:
                writer.WriteMessage(7, subscribeAck, WriteSubscribeAck);
                break;
            case IndexFrame index:
                writer.WriteMessage(8, index, WriteIndex);
                break;
            case LeaveFrame leave:
                writer.WriteMessage(11, leave, static (_, _) => { });
                break;
            case LeaveAckFrame leaveAck:
                writer.WriteMessage(12, leaveAck, static (_, _) => { });
                break;
            default:
                WriteSmallBody(writer, frame);
                break;
        }
    }

    private static void WriteSmallBody(ProtobufWriter writer, SignalFrame frame)
    {
        switch (frame)
        {
            case AudioControlFrame control:
                writer.WriteMessage(17, control, static (w, f) => w.WriteBool(1, f.IsMuted));
                break;
            case AudioMetadataFrame metadata:
                writer.WriteMessage(
                    18, metadata, static (w, f) => w.WriteMessages(1, f.AttendeeStates, WriteState));
                break;
            case AudioStreamIdInfoFrame info:
                writer.WriteMessage(
                    19, info, static (w, f) => w.WriteMessages(1, f.Streams, WriteStreamIdInfo));
                break;
            case PingPongFrame ping:
                writer.WriteMessage(20, ping, WritePingPong);
                break;
            case AudioStatusFrame status:
                writer.WriteMessage(21, status, static (w, f) => w.WriteVarint(1, f.Status));
                break;
            case DataMessageFrame data:
                writer.WriteMessage(
                    23, data, static (w, f) => w.WriteMessages(1, f.Messages, WriteDataMessage));
                break;
            case NotificationFrame notification:
                writer.WriteMessage(35, notification, WriteNotification);
                break;
            default:
                break; // UnknownFrame: a header alone.
        }
    }

    private static void WriteError(ProtobufWriter writer, ErrorFrame frame)
    {
        writer.WriteVarint(1, frame.Status);
        writer.WriteText(2, frame.Description);
    }

    private static void WriteJoin(ProtobufWriter writer, JoinFrame frame)
    {
        writer.WriteVarint(1, frame.ProtocolVersion);
        writer.WriteVarint(2, frame.MaxNumOfVideos);
        writer.WriteVarint(3, (uint?)frame.Flags);
        writer.WriteMessage(4, frame.ClientDetails, WriteClientDetails);
        writer.WriteVarint(6, frame.AudioSessionId);
        writer.WriteBool(7, frame.WantsCompressedSdp);
        writer.WriteVarint(10, frame.ServerSideNetworkAdaption);
    }

    private static void WriteClientDetails(ProtobufWriter writer, ClientDetails details)
    {
        writer.WriteText(1, details.AppName);
        writer.WriteText(2, details.AppVersion);
        writer.WriteText(5, details.PlatformName);
        writer.WriteText(6, details.PlatformVersion);
        writer.WriteText(7, details.ClientSource);
        writer.WriteText(8, details.SdkVersion);
    }

    private static void WriteJoinAck(ProtobufWriter writer, JoinAckFrame frame)
    {
        writer.WriteMessage(1, frame.TurnCredentials, WriteTurnCredentials);
        writer.WriteVarint(2, frame.VideoSubscriptionLimit);
        writer.WriteBool(3, frame.WantsCompressedSdp);
    }

    private static void WriteTurnCredentials(ProtobufWriter writer, ChimeTurnCredentials credentials)
    {
        writer.WriteText(1, credentials.Username);
        writer.WriteText(2, credentials.Password.Reveal());
        writer.WriteVarint(3, (uint)credentials.Lifetime.TotalSeconds);
        foreach (var uri in credentials.Uris)
        {
            writer.WriteText(4, uri);
        }
    }

    private static void WriteSubscribe(ProtobufWriter writer, SubscribeFrame frame)
    {
        writer.WriteVarint(1, (uint?)frame.Duplex);
        writer.WriteMessages(2, frame.SendStreams, WriteStreamDescriptor);
        foreach (var id in frame.ReceiveStreamIds)
        {
            writer.WriteVarint(3, id);
        }

        writer.WriteText(4, frame.SdpOffer);
        writer.WriteText(5, frame.AudioHost);
        writer.WriteBool(6, frame.AudioCheckin);
        writer.WriteBool(7, frame.AudioMuted);
        writer.WriteBytes(8, frame.CompressedSdpOffer);
    }

    private static void WriteSubscribeAck(ProtobufWriter writer, SubscribeAckFrame frame)
    {
        writer.WriteVarint(1, (uint?)frame.Duplex);
        writer.WriteMessages(2, frame.Allocations, static (w, allocation) =>
        {
            w.WriteText(1, allocation.TrackLabel);
            w.WriteVarint(2, allocation.StreamId);
            w.WriteVarint(3, allocation.GroupId);
        });
        writer.WriteText(3, frame.SdpAnswer);
        writer.WriteMessages(4, frame.Tracks, static (w, track) =>
        {
            w.WriteVarint(1, track.StreamId);
            w.WriteVarint(2, track.Ssrc);
            w.WriteText(3, track.TrackLabel);
        });
        writer.WriteBytes(5, frame.CompressedSdpAnswer);
    }

    private static void WriteIndex(ProtobufWriter writer, IndexFrame frame)
    {
        writer.WriteBool(1, frame.IsAtCapacity);
        writer.WriteMessages(2, frame.Sources, WriteStreamDescriptor);
        writer.WriteVarint(4, frame.NumParticipants);
    }

    private static void WriteStreamDescriptor(ProtobufWriter writer, StreamDescriptor stream)
    {
        writer.WriteVarint(1, stream.StreamId);
        writer.WriteVarint(2, stream.Framerate);
        writer.WriteVarint(3, stream.MaxBitrateKbps);
        writer.WriteText(4, stream.TrackLabel);
        writer.WriteVarint(6, stream.GroupId);
        writer.WriteVarint(7, stream.AverageBitrateBps);
        writer.WriteText(8, stream.AttendeeId);
        writer.WriteVarint(9, (uint?)stream.Media);
        writer.WriteText(10, stream.ExternalUserId);
    }

    private static void WriteState(ProtobufWriter writer, AudioAttendeeState state)
    {
        writer.WriteVarint(1, state.StreamId);
        writer.WriteVarint(2, state.Volume);
        writer.WriteBool(3, state.IsMuted);
        writer.WriteVarint(4, state.SignalStrength);
    }

    private static void WriteStreamIdInfo(ProtobufWriter writer, AudioStreamIdInfo info)
    {
        writer.WriteVarint(1, info.StreamId);
        writer.WriteText(2, info.AttendeeId);
        writer.WriteBool(3, info.IsMuted);
        writer.WriteText(4, info.ExternalUserId);
        writer.WriteBool(5, info.IsDropped);
    }

    private static void WritePingPong(ProtobufWriter writer, PingPongFrame frame)
    {
        writer.WriteVarint(1, frame.IsPong ? 2UL : 1UL);
        writer.WriteVarint(2, frame.PingId);
    }

    private static void WriteDataMessage(ProtobufWriter writer, DataMessage message)
    {
        writer.WriteText(1, message.Topic);
        writer.WriteBytes(2, message.Data);
        writer.WriteVarint(3, message.LifetimeMs);
        writer.WriteText(4, message.SenderAttendeeId);
        writer.WriteVarint(5, message.IngestTimeNs);
        writer.WriteText(6, message.SenderExternalUserId);
    }

    private static void WriteNotification(ProtobufWriter writer, NotificationFrame frame)
    {
        writer.WriteVarint(1, (uint)frame.Level);
        writer.WriteText(2, frame.Message);
    }
}
