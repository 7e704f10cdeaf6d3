using Farspan.Kernel;

namespace Farspan.Media;

/// <summary>
/// Where a carrier's packets come from. What the description announces may be hidden behind NAT, so that the
/// real source is learned from a packet (symmetric RTP, RFC 4961, RFC 7362) - within a window after a
/// (re)configuration only, or anybody could take a call over at any time.
/// </summary>
internal sealed class SourceLatch
{
    private TransportAddress _learned;
    private Instant _windowEnd;
    private bool _isOpen;
    private uint _ssrc;

    /// <summary>What the description said.</summary>
    public TransportAddress Announced { get; private set; }

    /// <summary>Where to send: the learned source, before that the announced one.</summary>
    public TransportAddress Target => _learned.IsNone ? Announced : _learned;

    /// <summary>
    /// Another address makes what was learned invalid; the same one only opens the window again.
    /// </summary>
    public void Configure(TransportAddress announced, Instant windowEnd)
    {
        if (announced != Announced)
        {
            (Announced, _learned) = (announced, default);
        }

        Open(windowEnd);
    }

    /// <summary>Lets a source be learned anew until then.</summary>
    public void Open(Instant windowEnd) => (_windowEnd, _isOpen) = (windowEnd, true);

    /// <summary>Whether a packet from there may be looked at.</summary>
    /// <param name="from">The packet's source.</param>
    /// <param name="ssrc">What it says it is; believed only so far as to follow a stream whose port changes
    /// within the window.</param>
    /// <param name="now">The time.</param>
    public bool MayBe(TransportAddress from, uint ssrc, Instant now)
    {
        if (from == _learned)
        {
            return true;
        }

        if (now >= _windowEnd)
        {
            return _learned.IsNone && from == Announced;
        }

        return _isOpen || from == Announced || ssrc == _ssrc;
    }

    /// <summary>A packet from there proved to be the carrier's.</summary>
    public void Accept(TransportAddress from, uint ssrc) => (_learned, _ssrc, _isOpen) = (from, ssrc, false);
}
