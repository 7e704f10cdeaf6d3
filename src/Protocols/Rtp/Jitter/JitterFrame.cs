namespace Farspan.Rtp;

/// <summary>What is played next.</summary>
public readonly ref struct JitterFrame
{
    /// <summary>The packet's header; for a missing packet its timestamp alone is meant.</summary>
    public RtpHeader Header { get; init; }

    /// <summary>
    /// Of <see cref="JitterVerdict.Packet"/>: its payload. Of <see cref="JitterVerdict.Missing"/>: that of
    /// the packet right after it, for codecs that carry redundancy (RFC 7587 §3.3); empty if it is not there.
    /// Valid until the next <see cref="JitterBuffer.Insert"/>.
    /// </summary>
    public ReadOnlySpan<byte> Payload { get; init; }

    /// <summary>How much to conceal, or what a packet usually lasts here.</summary>
    public TimeSpan Duration { get; init; }
}
