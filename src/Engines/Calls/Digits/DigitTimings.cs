namespace Farspan.Calls;

/// <summary>How digits are collected into messages and repeated.</summary>
public sealed record DigitTimings
{
    /// <summary>Digits that may wait for Connect; a person cannot type more while a call is set up.</summary>
    public const int CollectedMax = 128;

    /// <summary>A pause this long between two digits ends a message.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>No digit waits longer than this for others to join it.</summary>
    public TimeSpan Oldest { get; init; } = TimeSpan.FromMilliseconds(600);

    /// <summary>Wait before the first repeat; it doubles with each.</summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Attempts for one message, the first included.</summary>
    public int AttemptsMax { get; init; } = 5;
}
