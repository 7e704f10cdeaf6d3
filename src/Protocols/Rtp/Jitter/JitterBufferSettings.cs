namespace Farspan.Rtp;

/// <summary>The bounds of a jitter buffer.</summary>
public sealed record JitterBufferSettings
{
    /// <summary>The clock of the RTP timestamps (8000 for G722).</summary>
    public required int ClockRateHz { get; init; }

    /// <summary>Taken until two packets in a row have shown the sender's own.</summary>
    public TimeSpan PacketTime { get; init; } = TimeSpan.FromMilliseconds(20);

    public TimeSpan MinDelay { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>Until enough packets have come to know better.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromMilliseconds(40);

    /// <summary>Packets that would be played later than this are dropped.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How much is concealed before the stream counts as interrupted.</summary>
    public TimeSpan MaxConcealment { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The share of packets that should arrive before their turn.</summary>
    public double TargetPercentile { get; init; } = 0.97;

    /// <summary>Packets held at most; a power of two.</summary>
    public int CapacityPackets { get; init; } = 64;

    /// <summary>60 ms of G.711 are 480 bytes; an Opus frame has at most 1275.</summary>
    public int MaxPayloadBytes { get; init; } = 1280;

    /// <summary>The payload type of comfort noise, after which silence is expected; null: none.</summary>
    public byte? ComfortNoisePayloadType { get; init; }
}
