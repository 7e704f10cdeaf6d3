namespace Farspan.Calls;

/// <summary>What the digit sender wants done.</summary>
public abstract record DigitEffect
{
    private DigitEffect()
    {
    }

    /// <summary>
    /// Send the digits as one <c>audio/dtmf</c> message; a repeat carries the same client token.
    /// </summary>
    public sealed record SendMessage(string Digits, string ClientToken) : DigitEffect;

    /// <summary>The digits could not be delivered and are given up; for the log and the counters.</summary>
    public sealed record Drop(string Digits, string Reason) : DigitEffect;
}
