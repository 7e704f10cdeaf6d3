namespace Farspan.Cluster;

/// <summary>
/// The highest epoch that was heard of a half of a call: what a message says is judged by it (decision 0015).
/// </summary>
public sealed class EpochWatch(Epoch highest)
{
    /// <summary>What a 412 answers with.</summary>
    public Epoch Highest { get; private set; } = highest;

    /// <summary>Takes what a message says.</summary>
    public EpochVerdict Hear(Epoch heard)
    {
        if (heard < Highest)
        {
            return EpochVerdict.Stale;
        }

        var verdict = heard > Highest ? EpochVerdict.Newer : EpochVerdict.Current;
        Highest = heard;
        return verdict;
    }
}
