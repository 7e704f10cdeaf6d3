namespace Farspan.Rtp;

/// <summary>What a sender says of its own stream (RFC 3550 §6.4.1).</summary>
/// <param name="Ssrc">The sender.</param>
/// <param name="Ntp">When it was sent, in the sender's clock.</param>
/// <param name="RtpTimestamp">The same moment in the clock of the media.</param>
/// <param name="PacketCount">Packets since the start, modulo 2^32.</param>
/// <param name="OctetCount">Payload bytes since the start, modulo 2^32.</param>
public readonly record struct SenderReport(
    uint Ssrc, NtpTimestamp Ntp, uint RtpTimestamp, uint PacketCount, uint OctetCount);
