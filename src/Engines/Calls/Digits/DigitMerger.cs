using Farspan.Kernel;

namespace Farspan.Calls;

/// <summary>
/// Makes one digit of a key that arrives several ways: many phones and gateways send RFC 4733 events and
/// leave the tone in the audio, some repeat it in SIP INFO.
/// </summary>
/// <remarks>
/// A digit counts when it is seen first; the same digit from <em>another</em> source inside
/// <see cref="EchoWindow"/> is the same key. Two presses of one key from the same source are two digits.
/// </remarks>
public sealed class DigitMerger
{
    /// <summary>
    /// How far apart two sightings of one key may be: a detector needs 40-60 ms of tone, the jitter
    /// buffer adds up to 200 ms, and INFO travels its own way.
    /// </summary>
    public static readonly TimeSpan EchoWindow = TimeSpan.FromMilliseconds(600);

    private const int RecentMax = 16;

    private readonly List<Sighting> _recent = [];

    /// <summary>
    /// Returns true if this sighting is a new key press, false if it echoes one already counted.
    /// </summary>
    public bool TryAccept(char digit, DigitSource source, Instant now)
    {
        _recent.RemoveAll(s => now - s.SeenAt > EchoWindow);
        var index = _recent.FindIndex(s => s.Digit == digit && !s.Sources.HasFlag(Flag(source)));
        if (index >= 0)
        {
            _recent[index] = _recent[index] with { Sources = _recent[index].Sources | Flag(source) };
            return false;
        }

        if (_recent.Count == RecentMax)
        {
            _recent.RemoveAt(0);
        }

        _recent.Add(new Sighting(digit, Flag(source), now));
        return true;
    }

    private static Sources Flag(DigitSource source) => (Sources)(1 << (int)source);

    [Flags]
    private enum Sources
    {
        None = 0,
        TelephoneEvent = 1,
        SipInfo = 2,
        InBand = 4,
    }

    private readonly record struct Sighting(char Digit, Sources Sources, Instant SeenAt);
}
