using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>An engine as the signalling loop of a node drives it: the connector's or the edge's.</summary>
/// <typeparam name="TInput">What can happen to it.</typeparam>
public interface INodeEngine<in TInput>
{
    /// <summary>When to call <see cref="Expire"/>; null while nothing waits.</summary>
    Instant? Deadline { get; }

    /// <summary>Takes one input.</summary>
    void Receive(TInput input, Instant now);

    /// <summary>Fires everything that is due.</summary>
    void Expire(Instant now);
}

/// <summary>An input that is a SIP message: what may be shed under overload.</summary>
public interface ISipInput
{
    ReadOnlyMemory<byte> Message { get; }
}
