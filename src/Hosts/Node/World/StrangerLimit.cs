namespace Farspan.Node;

/// <summary>
/// How many messages a second of sources that belong to no trunk are looked at, all strangers together: enough to
/// be told 403, too few to keep the signalling loop from the carriers.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class StrangerLimit(TimeProvider clock)
{
    /// <summary>Messages of strangers a second; the others get silence.</summary>
    public const int MessagesPerSecondMax = 50;

    private long _second;
    private int _count;
    private readonly Lock _lock = new();

    public bool TryTake()
    {
        var second = clock.GetTimestamp() / clock.TimestampFrequency;
        lock (_lock)
        {
            if (second != _second)
            {
                (_second, _count) = (second, 0);
            }

            return _count++ < MessagesPerSecondMax;
        }
    }
}
