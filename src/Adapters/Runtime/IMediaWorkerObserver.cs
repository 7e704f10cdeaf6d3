namespace Farspan.Runtime;

/// <summary>
/// Hears what happens to a media worker, on the worker's thread: do little, post the rest elsewhere.
/// </summary>
public interface IMediaWorkerObserver
{
    /// <summary>A session is no longer served and its sockets are closed.</summary>
    /// <param name="session">Which.</param>
    /// <param name="failure">The exception that it threw; null if it was removed or the worker ended.</param>
    void SessionEnded(IMediaSession session, Exception? failure);

    /// <summary>
    /// The loop did nothing for longer than <see cref="MediaWorkerOptions.StallThreshold"/>: the process was
    /// frozen.
    /// </summary>
    void LoopStalled(TimeSpan gap);
}
