namespace Farspan.Rtp;

/// <summary>Tells apart what shares a port (RFC 5761 §4, RFC 7983 §7) by the first two bytes.</summary>
public static class RtcpMux
{
    /// <summary>Whether a datagram of an RTP session is RTCP: packet types 192 to 223.</summary>
    public static bool IsRtcp(ReadOnlySpan<byte> datagram) =>
        datagram.Length >= 2 && datagram[1] is >= 192 and <= 223;

    public static DatagramKind Classify(ReadOnlySpan<byte> datagram)
    {
        if (datagram.IsEmpty)
        {
            return DatagramKind.Unknown;
        }

        return datagram[0] switch
        {
            <= 3 => DatagramKind.Stun,
            >= 20 and <= 63 => DatagramKind.Dtls,
            >= 64 and <= 79 => DatagramKind.TurnChannel,
            >= 128 and <= 191 => IsRtcp(datagram) ? DatagramKind.Rtcp : DatagramKind.Rtp,
            _ => DatagramKind.Unknown,
        };
    }
}
