using Farspan.Calls;

namespace Farspan.Runtime;

/// <summary>
/// Hears what happens to a <see cref="NodeLoop{TEngine, TInput, TEffect}"/>: counts it, logs it, and returns at once.
/// </summary>
public interface INodeLoopObserver
{
    /// <summary>An input was handled and its effects were performed, on the loop's thread.</summary>
    /// <param name="waited">From posting to handling: the loop's lag.</param>
    void InputHandled(TimeSpan waited);

    /// <summary>The engine's timers were served, this long after the first of them was due.</summary>
    void TimersServed(TimeSpan late);

    /// <summary>
    /// The loop has too much to do: a SIP message was thrown away. On the thread that posted it.
    /// </summary>
    void InputShed(ISipInput input);

    /// <summary>Handling an input, or performing an effect of it, threw; the loop goes on.</summary>
    void Failed(Exception failure, string activity);

    /// <summary>
    /// The loop did not run for this long although it had something to do: the process was frozen.
    /// </summary>
    void LoopStalled(TimeSpan gap);
}
