namespace Farspan.Srtp;

/// <summary>
/// What a context remembers of one SSRC (RFC 3711 §3.2.3): the highest index and what was seen below it,
/// for RTP and for RTCP.
/// </summary>
internal sealed class SrtpSource(uint ssrc)
{
    private ReplayWindow _packets;
    private ReplayWindow _controlPackets;

    public uint Ssrc { get; } = ssrc;

    public ref ReplayWindow Packets => ref _packets;

    public ref ReplayWindow ControlPackets => ref _controlPackets;

    /// <summary>The index of the next RTCP packet that we send (RFC 3711 §3.2.1: the first is 0).</summary>
    public long NextControlIndex { get; set; }

    /// <summary>False until an RTP packet has proved which rollover counter the source is at.</summary>
    public bool IsEstablished { get; set; }

    /// <summary>
    /// The index of the packet that fits best to what came before (RFC 3711 §3.3.1, Appendix A).
    /// </summary>
    /// <returns>A negative number for a packet from before the first wrap that came after it.</returns>
    public long EstimateIndex(ushort sequence)
    {
        var highest = _packets.Highest;
        return highest + (short)(sequence - (ushort)highest);
    }
}
