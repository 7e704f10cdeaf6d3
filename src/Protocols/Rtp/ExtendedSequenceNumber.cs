namespace Farspan.Rtp;

/// <summary>
/// Counts 16-bit sequence numbers on beyond their wrap (RFC 3550 §6.4.1): each is placed nearest to the
/// highest one seen.
/// </summary>
public struct ExtendedSequenceNumber
{
    private const long FirstCycle = 1 << 16;
    private bool _hasAny;

    /// <summary>
    /// The highest number so far; begins in the second cycle so that earlier ones stay positive.
    /// </summary>
    public long Highest { get; private set; }

    /// <summary>Places a number, and moves <see cref="Highest"/> if it is ahead.</summary>
    public long Extend(ushort sequenceNumber)
    {
        if (!_hasAny)
        {
            _hasAny = true;
            return Highest = FirstCycle + sequenceNumber;
        }

        var extended = Highest + (short)(sequenceNumber - (ushort)Highest);
        Highest = Math.Max(Highest, extended);
        return extended;
    }
}
