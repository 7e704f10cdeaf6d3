namespace Farspan.Cluster;

/// <summary>How often stores ask each other for news.</summary>
public sealed record PullTimings
{
    /// <summary>Between two questions to a peer that has nothing new and answers at once.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a peer that has nothing new holds its answer back, waiting for something.</summary>
    public TimeSpan HoldMax { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>After an answer with news, so that many small ones travel together.</summary>
    public TimeSpan Spacing { get; init; } = TimeSpan.FromMilliseconds(20);

    /// <summary>When an answer is not waited for any longer; counts from the question.</summary>
    public TimeSpan AnswerMax { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>After a first failure; doubles from there.</summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// The longest time between two attempts: after a partition heals, nobody waits longer.
    /// </summary>
    public TimeSpan RetryMax { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>After a peer has sent something that was refused: it will be sent again.</summary>
    public TimeSpan RefusedRetry { get; init; } = TimeSpan.FromSeconds(5);
}
