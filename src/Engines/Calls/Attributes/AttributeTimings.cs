namespace Farspan.Calls;

/// <summary>How changes of a contact's attributes are sent and repeated.</summary>
public sealed record AttributeTimings
{
    /// <summary>
    /// From one request to the next: UpdateContactAttributes allows 10 a second to a whole instance.
    /// </summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Wait before the first repeat; it doubles with each.</summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Attempts for one change, the first included.</summary>
    public int AttemptsMax { get; init; } = 5;
}
