using Farspan.Kernel;

namespace Farspan.Edges;

/// <summary>
/// Lets the calls of a dead connector go to others in an orderly way: a burst at once, the rest at a rate that
/// the survivors can follow. In the order of their loss.
/// </summary>
public sealed class TakeoverPacer(int burst, double perSecond)
{
    private readonly Queue<string> _waiting = new();
    private double _tokens = burst;
    private Instant _filledAt;

    public int Waiting => _waiting.Count;

    /// <summary>When the next call may go; null while none waits.</summary>
    public Instant? Deadline =>
        _waiting.Count == 0 ? null
        : _tokens >= 1 ? _filledAt
        : _filledAt + TimeSpan.FromSeconds((1 - _tokens) / perSecond);

    public void Add(string callId, Instant now)
    {
        Fill(now);
        _waiting.Enqueue(callId);
    }

    public bool TryTake(Instant now, out string callId)
    {
        callId = "";
        if (_waiting.Count == 0)
        {
            return false;
        }

        Fill(now);
        // A deadline is a whole number of ticks: what is missing of a token may be less than one's worth.
        if (_tokens < 1 - 1e-6)
        {
            return false;
        }

        _tokens -= 1;
        callId = _waiting.Dequeue();
        return true;
    }

    private void Fill(Instant now)
    {
        _tokens = Math.Min(burst, _tokens + ((now - _filledAt).TotalSeconds * perSecond));
        _filledAt = now;
    }
}
