using System.Buffers.Binary;

namespace Farspan.Srtp;

/// <summary>Finds the parts of RTP and RTCP packets that SRTP has to know (RFC 3550 §5.1, §6.4.1).</summary>
internal static class SrtpPacket
{
    private const int RtpFixedBytes = 12;
    private const int RtcpFixedBytes = 8;

    public static ushort Sequence(ReadOnlySpan<byte> rtp) => BinaryPrimitives.ReadUInt16BigEndian(rtp[2..]);

    public static uint Ssrc(ReadOnlySpan<byte> rtp) => BinaryPrimitives.ReadUInt32BigEndian(rtp[8..]);

    public static uint ControlSsrc(ReadOnlySpan<byte> rtcp) =>
        BinaryPrimitives.ReadUInt32BigEndian(rtcp[4..]);

    /// <summary>
    /// Length of everything before the payload: fixed header, CSRC list and header extension.
    /// </summary>
    public static bool TryMeasureHeader(ReadOnlySpan<byte> rtp, out int headerBytes)
    {
        headerBytes = 0;
        if (rtp.Length < RtpFixedBytes || rtp[0] >> 6 != 2)
        {
            return false;
        }

        var length = RtpFixedBytes + (4 * (rtp[0] & 0x0F));
        if ((rtp[0] & 0x10) != 0)
        {
            if (rtp.Length < length + 4)
            {
                return false;
            }

            length += 4 + (4 * BinaryPrimitives.ReadUInt16BigEndian(rtp[(length + 2)..]));
        }

        headerBytes = length;
        return length <= rtp.Length;
    }

    public static bool IsControl(ReadOnlySpan<byte> rtcp) =>
        rtcp.Length >= RtcpFixedBytes && rtcp[0] >> 6 == 2;
}
