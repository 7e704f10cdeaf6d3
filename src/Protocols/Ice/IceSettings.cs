using Farspan.Stun;

namespace Farspan.Ice;

/// <summary>What an owner may want otherwise (RFC 8445 §14, RFC 7675 §5.1).</summary>
public sealed record IceSettings
{
    public static IceSettings Default { get; } = new();

    /// <summary>
    /// Ta: the wait between new checks. RFC 8445 §14.2 says 50 ms by default; we pace at 20 ms.
    /// </summary>
    public TimeSpan Ta { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>
    /// Retransmission of checks; RTO grows with the number of checks under way (RFC 8445 §14.3).
    /// </summary>
    public StunTimings Stun { get; init; } = StunTimings.Default;

    /// <summary>How long a controlling agent waits for a better pair after the first that worked.</summary>
    public TimeSpan NominationPatience { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>From the start until a pair must have worked.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Between consent checks, each time multiplied by 0.8 to 1.2 (RFC 7675 §5.1).</summary>
    public TimeSpan ConsentInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Without a valid response for so long, the consent is gone (RFC 7675 §5.1).</summary>
    public TimeSpan ConsentTimeout { get; init; } = TimeSpan.FromSeconds(30);

    public IceRelayPolicy RelayPolicy { get; init; } = IceRelayPolicy.ByPriority;
}
