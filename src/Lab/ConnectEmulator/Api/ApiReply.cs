namespace Farspan.ConnectEmulator;

/// <summary>The outcome of one operation: a value or an error, after a delay, or nothing at all.</summary>
/// <param name="Value">The answer; null if there is an error or the answer is lost.</param>
/// <param name="Error">The refusal; null if there is none.</param>
public sealed record ApiReply<T>(T? Value, ApiError? Error)
    where T : class
{
    /// <summary>How long the answer is held back.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Whether no answer is to be sent: the caller must run into its own time-out.</summary>
    public bool IsLost { get; init; }

    public static implicit operator ApiReply<T>(T value) => new(value, null);

    public static implicit operator ApiReply<T>(ApiError error) => new(null, error);
}
