namespace Farspan.Rtp;

/// <summary>How one source is received (RFC 3550 §6.4.1).</summary>
public readonly record struct ReportBlock
{
    /// <summary>Length on the wire.</summary>
    public const int Bytes = 24;

    /// <summary>The source that the block is about.</summary>
    public required uint Ssrc { get; init; }

    /// <summary>Since the previous report, in 1/256.</summary>
    public byte FractionLost { get; init; }

    /// <summary>Since the start; 24 bits with sign: duplicates can make it negative.</summary>
    public int CumulativeLost { get; init; }

    /// <summary>Cycles and highest sequence number.</summary>
    public uint ExtendedHighestSequenceNumber { get; init; }

    /// <summary>In units of the media clock.</summary>
    public uint Jitter { get; init; }

    /// <summary><see cref="NtpTimestamp.Middle"/> of the last sender report; 0: none came.</summary>
    public uint LastSenderReport { get; init; }

    /// <summary>Since that report came, in 1/65536 s.</summary>
    public uint DelaySinceLastSenderReport { get; init; }
}
