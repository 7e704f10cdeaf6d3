using Farspan.Kernel;

namespace Farspan.Ice;

/// <summary>What an <see cref="IceAgent"/> wants done, in order.</summary>
public abstract record IceEffect
{
    private IceEffect()
    {
    }

    /// <summary>Send these bytes from that base; they do not change afterwards and may be kept.</summary>
    public sealed record Transmit(int BaseId, TransportAddress Remote, ReadOnlyMemory<byte> Bytes)
        : IceEffect;

    /// <summary>
    /// Media goes this way from now on. Comes again when a better pair works, is nominated, or replaces a
    /// silent one.
    /// </summary>
    public sealed record Selected(IceSelection Selection) : IceEffect;

    /// <summary>Once, right after the first <see cref="Selected"/>: DTLS may begin.</summary>
    public sealed record Connected : IceEffect;

    /// <summary>
    /// Stop sending at once (RFC 7675 §5.1). The agent is done; only a new one can reach the peer again.
    /// </summary>
    public sealed record ConsentLost : IceEffect;

    /// <summary>No pair worked. The agent is done.</summary>
    public sealed record Failed(IceFailure Failure) : IceEffect;
}
