namespace Farspan.Topology;

/// <summary>One end's wishes for BFD (RFC 5880 §6.8).</summary>
/// <param name="Role">Whether it starts the session.</param>
/// <param name="MinTransmit">Desired Min TX Interval.</param>
/// <param name="MinReceive">Required Min RX Interval.</param>
/// <param name="Multiplier">Packets that the other end may miss.</param>
public sealed record BfdEnd(BfdRole Role, TimeSpan MinTransmit, TimeSpan MinReceive, int Multiplier);

/// <summary>Who starts a BFD session (RFC 5880 §6.1).</summary>
public enum BfdRole
{
    Active,
    Passive,
}
