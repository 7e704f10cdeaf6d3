using Farspan.Media;

namespace Farspan.Runtime;

/// <summary>
/// Hears what a media plane has to say, on the threads of its workers and of its caller: do little, post the
/// rest elsewhere.
/// </summary>
public interface IMediaPlaneObserver
{
    /// <summary>Something happened to a media session.</summary>
    void Report(MediaEvent media);

    /// <summary>
    /// A worker did nothing for longer than it may, and goes on now: the process was frozen.
    /// </summary>
    void LoopStalled(TimeSpan gap);

    /// <summary>
    /// A worker has not come back for this long, and still does not. Once a stall, on a thread of its own.
    /// </summary>
    void LoopStuck(TimeSpan since);
}
