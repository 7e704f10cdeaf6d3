namespace Farspan.Chime;

/// <summary>Numbers pings from 1 and counts those that nobody answered since the last good pong.</summary>
internal sealed class PingCounter
{
    private uint _last;

    public int Unanswered { get; private set; }

    public uint Next()
    {
        Unanswered++;
        return ++_last;
    }

    /// <summary>
    /// A pong for an outstanding ping answers that one and all before it; any other is ignored.
    /// </summary>
    public void Answer(uint pingId)
    {
        var age = _last - pingId;
        if (age < Unanswered)
        {
            Unanswered = (int)age;
        }
    }

    public void Reset()
    {
        _last = 0;
        Unanswered = 0;
    }
}
