namespace Farspan.Rtp;

/// <summary>What a jitter buffer has done so far, in packets.</summary>
public record struct JitterCounters
{
    /// <summary>Handed over by <see cref="JitterBuffer.Insert"/>, whatever became of them.</summary>
    public long Inserted { get; set; }

    public long Played { get; set; }

    /// <summary>Verdicts <see cref="JitterVerdict.Missing"/> because of loss or lateness.</summary>
    public long Concealed { get; set; }

    /// <summary>Came after their turn.</summary>
    public long Late { get; set; }

    public long Duplicate { get; set; }

    /// <summary>Came after a later one; most of them are played all the same.</summary>
    public long Reordered { get; set; }

    /// <summary>Thrown away: to shorten the delay, because of a jump, or too large.</summary>
    public long Dropped { get; set; }

    /// <summary>
    /// Verdicts <see cref="JitterVerdict.Missing"/> that lengthened the delay during silence.
    /// </summary>
    public long Stretched { get; set; }

    /// <summary>Changes of source, and jumps of its clock or numbering.</summary>
    public long Restarts { get; set; }
}
