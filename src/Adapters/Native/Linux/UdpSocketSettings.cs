namespace Farspan.Native;

/// <summary>How a <see cref="UdpSocket"/> is set up.</summary>
public sealed record UdpSocketSettings
{
    /// <summary>Expedited forwarding, what voice is marked with (RFC 3246, RFC 4594 §4.1).</summary>
    public const int ExpeditedForwarding = 46;

    /// <summary>What is asked of the kernel, which doubles it and caps it by net.core.rmem_max.</summary>
    public int ReceiveBufferBytes { get; init; } = 256 * 1_024;

    /// <summary>What is asked of the kernel, which doubles it and caps it by net.core.wmem_max.</summary>
    public int SendBufferBytes { get; init; } = 256 * 1_024;

    /// <summary>The differentiated services code point of what is sent (RFC 2474), 0 to 63.</summary>
    public int CodePoint { get; init; } = ExpeditedForwarding;
}
