using Farspan.Kernel;

namespace Farspan.Stun;

/// <summary>What a <see cref="StunBindingClient"/> wants done.</summary>
public abstract record StunBindingEffect
{
    private StunBindingEffect()
    {
    }

    /// <summary>Send these bytes to the server; they do not change afterwards.</summary>
    public sealed record Transmit(ReadOnlyMemory<byte> Bytes) : StunBindingEffect;

    /// <summary>The server sees us at this address: a server-reflexive candidate.</summary>
    public sealed record Mapped(TransportAddress Address) : StunBindingEffect;

    public sealed record Failed(StunBindingFailure Failure) : StunBindingEffect;
}
