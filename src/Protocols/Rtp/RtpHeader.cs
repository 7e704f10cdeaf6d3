using System.Buffers.Binary;
using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>
/// The fixed part of an RTP header (RFC 3550 §5.1), without contributing sources or extension.
/// </summary>
/// <param name="PayloadType">0 to 127.</param>
/// <param name="Marker">For audio: the first packet after silence (RFC 3551 §4.1).</param>
/// <param name="SequenceNumber">Grows by one a packet.</param>
/// <param name="Timestamp">The first sample's time, in the clock of the payload type.</param>
/// <param name="Ssrc">The source.</param>
public readonly record struct RtpHeader(
    byte PayloadType, bool Marker, ushort SequenceNumber, uint Timestamp, uint Ssrc)
{
    /// <summary>Length on the wire.</summary>
    public const int Bytes = 12;

    private const byte Version2 = 0x80;
    private const byte MarkerBit = 0x80;

    /// <summary>Writes <see cref="Bytes"/> bytes; the payload follows them.</summary>
    public void Encode(Span<byte> destination)
    {
        Invariant.Require(destination.Length >= Bytes && PayloadType <= 127);
        destination[0] = Version2;
        destination[1] = (byte)(PayloadType | (Marker ? MarkerBit : 0));
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], SequenceNumber);
        BinaryPrimitives.WriteUInt32BigEndian(destination[4..], Timestamp);
        BinaryPrimitives.WriteUInt32BigEndian(destination[8..], Ssrc);
    }
}
