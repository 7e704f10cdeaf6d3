namespace Farspan.CarrierSimulator;

/// <summary>What the caller's audio session counted and heard.</summary>
public sealed record AudioReport
{
    public required long PacketsSent { get; init; }

    public required long PacketsReceived { get; init; }

    /// <summary>Packets that should have come, by their sequence numbers (RFC 3550 §A.3).</summary>
    public required long PacketsExpected { get; init; }

    /// <summary>Packets that were refused: not RTP, forged, replayed or of another payload type.</summary>
    public required long PacketsRefused { get; init; }

    /// <summary>What the peer's last RTCP report said it lacked of ours; null if none came (RFC 3550 §6.4.1).</summary>
    public long? RemoteLost { get; init; }

    /// <summary>RFC 3550 §A.8.</summary>
    public required TimeSpan Jitter { get; init; }

    /// <summary>Whole tone sequences of this call's agent that were heard.</summary>
    public required int AgentHeardCount { get; init; }

    /// <summary>Codes of other tone sequences that were heard: of another call, an echo, or misread where packets were lost;
    /// the first <see cref="CarrierLimits.StrangersMax"/>.</summary>
    public required IReadOnlyList<int> StrangerCodes { get; init; }

    /// <summary>How late each of the agent's sequences was, the first <see cref="CarrierLimits.DelaysMax"/> of them.</summary>
    public required IReadOnlyList<TimeSpan> Delays { get; init; }

    /// <summary>From the answer until the agent's first sequence began; null if none was heard.</summary>
    public TimeSpan? AgentFirstHeardAfter { get; init; }

    public long PacketsLost => Math.Max(0, PacketsExpected - PacketsReceived);

    /// <summary>0 to 1, of what should have come to the caller.</summary>
    public double LossRatio => PacketsExpected == 0 ? 0 : (double)PacketsLost / PacketsExpected;
}
