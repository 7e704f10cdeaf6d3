namespace Farspan.Cli;

/// <summary>Waiting until somebody wants an end.</summary>
internal static class CancellationTokens
{
    /// <summary>Completes, without an exception, when the token is cancelled.</summary>
    public static Task WhenCancelledAsync(this CancellationToken token)
    {
        var source = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        token.Register(() => source.TrySetResult());
        return source.Task;
    }
}
