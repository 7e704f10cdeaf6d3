namespace Farspan.Stun;

/// <summary>The numbers of retransmission (RFC 8489 §6.2.1).</summary>
public sealed record StunTimings
{
    public static StunTimings Default { get; } = new();

    /// <summary>RTO: the wait before the first retransmission, doubled each time.</summary>
    public TimeSpan Rto { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Rc: how often a request is sent in all.</summary>
    public int Rc { get; init; } = 7;

    /// <summary>Rm: how many RTO to wait after the last of them.</summary>
    public int Rm { get; init; } = 16;

    /// <summary>
    /// Ti: the whole wait over a reliable transport, where nothing is sent again (RFC 8489 §6.2.2).
    /// </summary>
    public TimeSpan Ti { get; init; } = TimeSpan.FromMilliseconds(39_500);
}
