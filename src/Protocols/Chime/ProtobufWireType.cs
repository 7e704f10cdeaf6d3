namespace Farspan.Chime;

/// <summary>
/// How the value of a protobuf field is laid out. Groups (3, 4) are refused: Chime has none.
/// </summary>
/// <remarks>Source: Protocol Buffers encoding, "Message Structure".</remarks>
public enum ProtobufWireType
{
    Varint = 0,
    Fixed64 = 1,
    Bytes = 2,
    Fixed32 = 5,
}
