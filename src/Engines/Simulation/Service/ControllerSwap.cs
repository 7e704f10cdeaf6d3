using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>What a controller can bring about that routers cannot: static routes over the peerings.</summary>
/// <param name="Network">The routing once it has exchanged the routes.</param>
/// <param name="Flows">The same flows in that routing.</param>
/// <param name="Controllers">Where it runs; one is enough.</param>
/// <param name="Detection">From the failure until it is sure.</param>
/// <param name="Exchange">From then until the routes stand.</param>
public sealed record ControllerSwap(
    RoutingNetwork Network,
    ImmutableArray<Flow> Flows,
    ImmutableArray<int> Controllers,
    Delay Detection,
    Delay Exchange)
{
    public bool IsPossible(ElementSet failed)
    {
        foreach (var controller in Controllers)
        {
            if (!failed.Contains(controller))
            {
                return true;
            }
        }

        return false;
    }
}
