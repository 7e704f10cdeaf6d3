using System.Buffers.Binary;
using Farspan.Kernel;

namespace Farspan.Rtp;

/// <summary>The payload of a named event (RFC 4733 §2.3).</summary>
/// <param name="Code">0 to 15 are the digits of <see cref="DtmfDigit"/>; 16 is flash.</param>
/// <param name="IsEnd">The event is over and its duration final.</param>
/// <param name="VolumeAttenuationDb">0 to 63: power below 0 dBm0.</param>
/// <param name="Duration">So far, in units of the clock.</param>
public readonly record struct TelephoneEvent(byte Code, bool IsEnd, byte VolumeAttenuationDb, ushort Duration)
{
    /// <summary>Length on the wire.</summary>
    public const int Bytes = 4;

    private const byte EndBit = 0x80;
    private const byte VolumeMask = 0x3F;

    /// <summary>Takes the first event of a payload.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> payload, out TelephoneEvent telephoneEvent)
    {
        telephoneEvent = payload.Length < Bytes ? default : new TelephoneEvent(
            payload[0],
            (payload[1] & EndBit) != 0,
            (byte)(payload[1] & VolumeMask),
            BinaryPrimitives.ReadUInt16BigEndian(payload[2..]));
        return payload.Length >= Bytes;
    }

    /// <summary>Writes <see cref="Bytes"/> bytes.</summary>
    public void Encode(Span<byte> payload)
    {
        Invariant.Require(payload.Length >= Bytes && VolumeAttenuationDb <= VolumeMask);
        payload[0] = Code;
        payload[1] = (byte)(VolumeAttenuationDb | (IsEnd ? EndBit : 0));
        BinaryPrimitives.WriteUInt16BigEndian(payload[2..], Duration);
    }
}
