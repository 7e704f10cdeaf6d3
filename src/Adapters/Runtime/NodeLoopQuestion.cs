using System.Diagnostics.CodeAnalysis;
using Farspan.Kernel;

namespace Farspan.Runtime;

/// <summary>A question whose answer is awaited elsewhere.</summary>
internal sealed class NodeLoopQuestion<TEngine, T>(Func<TEngine, Instant, T> ask)
    : INodeLoopQuestion<TEngine>
{
    // The continuation of whoever asked must not run on the loop's thread.
    private readonly TaskCompletionSource<T> _answer = new(
        TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Answer => _answer.Task;

    [SuppressMessage("Design", "CA1031", Justification = "The failure goes to whoever asked.")]
    public void Ask(TEngine engine, Instant now)
    {
        try
        {
            _answer.SetResult(ask(engine, now));
        }
        catch (Exception failure)
        {
            _answer.SetException(failure);
        }
    }

    public void Cancel() => _answer.TrySetCanceled();
}
