namespace Farspan.Simulation;

/// <summary>What a BFD speaker asks for (RFC 5880 §4.1, §6.8.4).</summary>
/// <param name="Transmit">Desired Min TX Interval.</param>
/// <param name="Receive">Required Min RX Interval.</param>
/// <param name="Multiplier">Detect Mult: how many of its packets the other side may miss.</param>
public sealed record BfdTimers(TimeSpan Transmit, TimeSpan Receive, int Multiplier)
{
    /// <summary>The same interval in both directions.</summary>
    public static BfdTimers Every(TimeSpan interval, int multiplier) => new(interval, interval, multiplier);
}
