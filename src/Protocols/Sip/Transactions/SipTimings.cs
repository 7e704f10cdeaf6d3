namespace Farspan.Sip;

/// <summary>The three base durations from which every SIP timer is made (RFC 3261 §17.1.1.1, table 4 of
/// appendix A).</summary>
/// <param name="T1">An estimate of the round-trip time; the first retransmission interval.</param>
/// <param name="T2">The longest interval between retransmissions of anything but an INVITE request.</param>
/// <param name="T4">The longest time that a message stays in the network.</param>
public sealed record SipTimings(TimeSpan T1, TimeSpan T2, TimeSpan T4)
{
    /// <summary>500 ms, 4 s and 5 s: the values that RFC 3261 recommends on the open Internet.</summary>
    public static SipTimings Default { get; } =
        new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(5));

    /// <summary>How long a transaction waits for its peer: 64*T1 (Timers B, F, H, J, L and M).</summary>
    public TimeSpan Patience => 64 * T1;

    /// <summary>Timer D over an unreliable transport: at least 32 s (RFC 3261 §17.1.1.2).</summary>
    public TimeSpan FailureAbsorption =>
        Patience > TimeSpan.FromSeconds(32) ? Patience : TimeSpan.FromSeconds(32);

    /// <summary>The interval after <paramref name="interval"/>: twice as long, up to T2.</summary>
    public TimeSpan Back(TimeSpan interval) => 2 * interval < T2 ? 2 * interval : T2;
}
