namespace Farspan.Stun;

/// <summary>What a client asks of its server (RFC 8656 §7.1).</summary>
public sealed record TurnSettings
{
    public StunTimings Timings { get; init; } = StunTimings.Default;

    /// <summary>TCP or TLS towards the server: no retransmission, and ChannelData is padded.</summary>
    public bool IsStream { get; init; }

    /// <summary>Ask for an IPv6 relay address (REQUESTED-ADDRESS-FAMILY) instead of IPv4.</summary>
    public bool WantsIPv6 { get; init; }

    /// <summary>LIFETIME to ask for; the server may grant another.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(10);
}
