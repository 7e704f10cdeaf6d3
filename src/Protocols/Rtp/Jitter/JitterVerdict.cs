namespace Farspan.Rtp;

/// <summary>What <see cref="JitterBuffer.Take"/> has for the listener.</summary>
public enum JitterVerdict
{
    /// <summary>
    /// Nothing is due: before the first packet, in the sender's silence, after an interruption.
    /// </summary>
    Empty,

    /// <summary>The packet whose turn it is.</summary>
    Packet,

    /// <summary>A packet's turn has come without it: conceal it.</summary>
    Missing,
}
