using static Farspan.Chime.ProtobufWireType;

namespace Farspan.Chime;

/// <summary>
/// Reads the envelope of a frame, <c>SdkSignalFrame</c>: which type it says it is, whether it carries an
/// error, and where its body lies.
/// </summary>
internal static class SignalFrameReader
{
    public static SignalFrameError Read(ReadOnlySpan<byte> message, out SignalFrame? frame)
    {
        frame = null;
        if (message.Length > ChimeLimits.MaxFrameBytes)
        {
            return SignalFrameError.TooLarge;
        }

        if (message.IsEmpty || message[0] is not ((byte)SignalDirection.ServerToClient
            or (byte)SignalDirection.ClientToServer))
        {
            return SignalFrameError.UnknownTypeByte;
        }

        return ReadEnvelope(message[1..], out frame);
    }

    private static SignalFrameError ReadEnvelope(ReadOnlySpan<byte> message, out SignalFrame? frame)
    {
        frame = null;
        var reader = new ProtobufReader(message);
        ulong? timestampMs = null;
        int? type = null;
        ReadOnlySpan<byte> error = default;
        while (reader.TryReadField(out var field))
        {
            switch (field)
            {
                case (1, Varint): timestampMs = field.UInt64; break;
                case (2, Varint): type = (int)field.UInt32; break;
                case (3, Bytes): error = field.Bytes; break;
            }
        }

        return (reader.HasFailed, timestampMs, type) switch
        {
            (true, _, _) => SignalFrameError.Malformed,
            (_, null, _) or (_, _, null) => SignalFrameError.MissingField,
            (_, { } time, { } number) => ReadContent(message, error, new Header(time, number), out frame),
        };
    }

    private static SignalFrameError ReadContent(
        ReadOnlySpan<byte> message, ReadOnlySpan<byte> error, Header header, out SignalFrame? frame)
    {
        frame = null;
        if (!SignalBodyReader.TryReadError(new ProtobufReader(error), header.Type, out var errorFrame))
        {
            return SignalFrameError.Malformed;
        }

        if (errorFrame.Status != 0)
        {
            frame = errorFrame with { TimestampMs = header.TimestampMs };
            return SignalFrameError.None;
        }

        var result = ReadBody(message, header.Type, out var body);
        frame = body is null ? null : body with { TimestampMs = header.TimestampMs };
        return result;
    }

    private static SignalFrameError ReadBody(ReadOnlySpan<byte> message, int type, out SignalFrame? frame)
    {
        var bodyField = BodyField(type);
        frame = null;
        if (bodyField == 0)
        {
            frame = new UnknownFrame(type);
            return SignalFrameError.None;
        }

        return TryFind(message, bodyField, out var body)
            ? SignalBodyReader.Read((SignalFrameType)type, new ProtobufReader(body), out frame)
            : SignalFrameError.MissingBody;
    }

    /// <summary>
    /// The last occurrence of a length-delimited field, as protobuf has it; false if it is absent.
    /// </summary>
    private static bool TryFind(ReadOnlySpan<byte> message, int number, out ReadOnlySpan<byte> bytes)
    {
        var reader = new ProtobufReader(message);
        var isThere = false;
        bytes = default;
        while (reader.TryReadField(out var field))
        {
            if (field.Number == number && field.WireType == Bytes)
            {
                bytes = field.Bytes;
                isThere = true;
            }
        }

        return isThere;
    }

    private static int BodyField(int typeNumber) => (SignalFrameType)typeNumber switch
    {
        SignalFrameType.Join => 4,
        SignalFrameType.JoinAck => 5,
        SignalFrameType.Subscribe => 6,
        SignalFrameType.SubscribeAck => 7,
        SignalFrameType.Index => 8,
        SignalFrameType.Leave => 11,
        SignalFrameType.LeaveAck => 12,
        SignalFrameType.AudioControl => 17,
        SignalFrameType.AudioMetadata => 18,
        SignalFrameType.AudioStreamIdInfo => 19,
        SignalFrameType.PingPong => 20,
        SignalFrameType.AudioStatus => 21,
        SignalFrameType.DataMessage => 23,
        SignalFrameType.Notification => 35,
        _ => 0,
    };

    private readonly record struct Header(ulong TimestampMs, int Type);
}
