using Farspan.Calls;
using Farspan.Kernel;
using Microsoft.Extensions.Logging;

namespace Farspan.Node;

/// <summary>
/// Where the signalling loop shows whether calls are taken, and other threads read it. A change of the
/// obstacle is logged.
/// </summary>
internal sealed class AvailabilityBoard(ILogger log)
{
    private volatile NodeAvailability _shown = NodeAvailability.Available;

    public NodeAvailability Shown => _shown;

    /// <summary>On the loop's thread.</summary>
    public void Show(NodeAvailability availability)
    {
        var before = _shown;
        _shown = availability;
        if (before.Obstacle == availability.Obstacle)
        {
            return;
        }

        if (availability.IsAvailable)
        {
            log.AvailableAgain();
        }
        else
        {
            log.Unavailable(availability.Detail);
        }
    }

    /// <summary>What <c>Retry-After</c> says, in whole seconds; null while calls are taken.</summary>
    public int? RetryAfterSeconds(Instant now) =>
        _shown is { IsAvailable: false } shown && shown.ToCause(now).RetryAfter is { } wait
            ? (int)Math.Ceiling(wait.TotalSeconds)
            : null;
}
