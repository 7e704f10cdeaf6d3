using Farspan.Kernel;

namespace Farspan.Cluster;

/// <summary>
/// Whether the holder of a half of a call may still speak for it (decision 0015).
/// </summary>
/// <remarks>
/// <code>
///            Suspend (a gap in our own time)
///  Holding ─────────────────────────────────► Doubtful
///     │    ◄───────────────────────────────── │
///     │            Confirm (our epoch)        │
///     └──── Hear(higher) ──► Fenced ◄─────────┘
/// </code>
/// Fenced is for good: whoever comes back takes the half anew, with a higher epoch, or not at all. A fenced holder
/// sends nothing more for the half, to nobody; a doubtful one only asks the other half.
/// </remarks>
public sealed class LegFence
{
    private readonly EpochWatch _watch;

    public LegFence(Epoch own)
    {
        Invariant.Require(own.IsHeld);
        Own = own;
        _watch = new EpochWatch(own);
    }

    public Epoch Own { get; }

    /// <summary>What a 412 answers with.</summary>
    public Epoch Highest => _watch.Highest;

    public LegFenceState State { get; private set; }

    public bool IsFenced => State == LegFenceState.Fenced;

    /// <summary>Whether anything may go out for the half.</summary>
    public bool MaySend => State == LegFenceState.Holding;

    /// <summary>Takes what a message says about this half.</summary>
    public EpochVerdict Hear(Epoch heard)
    {
        var verdict = _watch.Hear(heard);
        if (verdict == EpochVerdict.Newer)
        {
            State = LegFenceState.Fenced;
        }

        return verdict;
    }

    /// <summary>Somebody else has the half, though nobody said at which epoch (AUDIO_STATUS 301).</summary>
    public void Displace() => State = LegFenceState.Fenced;

    /// <summary>We did not run for a while: somebody may have taken over without our hearing of it.</summary>
    public void Suspend()
    {
        if (State == LegFenceState.Holding)
        {
            State = LegFenceState.Doubtful;
        }
    }

    /// <summary>The other half knows no higher epoch than ours.</summary>
    /// <returns>True if the holder may speak again.</returns>
    public bool Confirm()
    {
        if (State == LegFenceState.Doubtful)
        {
            State = LegFenceState.Holding;
            return true;
        }

        return false;
    }
}

/// <summary>The states of <see cref="LegFence"/>.</summary>
public enum LegFenceState
{
    Holding,

    /// <summary>Until the other half has confirmed our epoch.</summary>
    Doubtful,

    /// <summary>Somebody else holds the half.</summary>
    Fenced,
}
