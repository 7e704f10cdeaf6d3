using System.Net;
using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// A node's life signs, whole: sends ours to every peer each 50 ms, takes theirs, says who died and who is back, and
/// notices when we did not run ourselves (decision 0015). Edges and connectors share it.
/// </summary>
/// <remarks>Sans-IO: the owner performs the effects and calls <see cref="Expire"/> at <see cref="Deadline"/>.</remarks>
/// <param name="self">Who we are; its count goes on from there.</param>
/// <param name="codec">Seals and opens.</param>
/// <param name="timings">How often, and what silence means.</param>
/// <param name="clockOrigin">The wall-clock time of <see cref="Instant.Zero"/>.</param>
public sealed class LifeSigns(
    LifeSign self, LifeSignCodec codec, LivenessTimings timings, DateTimeOffset clockOrigin)
{
    private readonly SortedDictionary<string, IPEndPoint> _addresses = new(StringComparer.Ordinal);
    private readonly Outbox<LivenessEffect> _effects = new();
    private readonly LoopPulse _pulse = new(timings);
    private ulong _sequence = self.Sequence;

    public LivenessWatch Peers { get; } = new(timings);

    /// <summary>What the next signs say of us, beside name and count.</summary>
    public LifeSign Self { get; set; } = self;

    /// <summary>When to call <see cref="Expire"/>; null while there are no peers.</summary>
    public Instant? Deadline => _addresses.Count == 0
        ? null
        : Instant.Earlier(_pulse.Deadline ?? Instant.Zero, Peers.Deadline);

    /// <summary>Begins to send to a node and to watch it, or to send elsewhere.</summary>
    public void Watch(string node, IPEndPoint address)
    {
        _addresses[node] = address;
        Peers.Watch(node);
    }

    public void Forget(string node)
    {
        _addresses.Remove(node);
        Peers.Forget(node);
    }

    /// <summary>Takes a datagram; what is no sign of a peer's is told as an error and changes nothing.</summary>
    public TokenError Receive(ReadOnlySpan<byte> datagram, Instant now, Outbox<LifeSignsEffect> outbox)
    {
        Turn(now, outbox);
        if (codec.TryDecode(datagram, WallAt(now), out var sign, out var error))
        {
            Peers.Hear(sign, now, _effects);
            Tell(outbox);
        }

        return error;
    }

    public void Expire(Instant now, Outbox<LifeSignsEffect> outbox)
    {
        Turn(now, outbox);
        Peers.Expire(now, _effects);
        Tell(outbox);
    }

    /// <summary>The connection to a peer broke, and a new one is refused.</summary>
    public void FailTransport(string node, Instant now, Outbox<LifeSignsEffect> outbox)
    {
        Peers.FailTransport(node, now, _effects);
        Tell(outbox);
    }

    // First in each turn: what others did while we did not run must not be judged as their silence.
    private void Turn(Instant now, Outbox<LifeSignsEffect> outbox)
    {
        var isDue = _pulse.Turn(now, out var gap);
        if (gap > TimeSpan.Zero)
        {
            Peers.Excuse(gap);
        }

        if (gap > timings.GapMax)
        {
            outbox.Add(new LifeSignsEffect.DidNotRun(gap));
        }

        if (!isDue)
        {
            return;
        }

        foreach (var (node, address) in _addresses)
        {
            var sign = Self with { Sequence = ++_sequence };
            outbox.Add(new LifeSignsEffect.Send(node, address, codec.Encode(sign, WallAt(now))));
        }
    }

    private void Tell(Outbox<LifeSignsEffect> outbox)
    {
        foreach (var effect in _effects.Drain())
        {
            outbox.Add(new LifeSignsEffect.Noticed(effect));
        }
    }

    private DateTimeOffset WallAt(Instant now) => clockOrigin + (now - Instant.Zero);
}
