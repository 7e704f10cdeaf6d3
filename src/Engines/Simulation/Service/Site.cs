using System.Collections.Immutable;

namespace Farspan.Simulation;

/// <summary>Machines of one sort in one region: edges, connectors, or a Connect instance.</summary>
public sealed record Site
{
    /// <summary>Such as <c>edge/us-east4</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Sites of the same region pair belong together: calls stay there while they can.</summary>
    public required string Region { get; init; }

    public required ImmutableArray<Unit> Units { get; init; }

    /// <summary>What all its units need besides: a load balancer, an address.</summary>
    public ImmutableArray<int> Shared { get; init; } = [];

    /// <summary>From a unit's death until what stands before the site sends it nothing more; null: its users notice
    /// by themselves.</summary>
    public Delay? UnitEjection { get; init; }

    /// <summary>
    /// Of connectors: the Connect instances that take their calls, by number, the preferred one first.
    /// </summary>
    public ImmutableArray<int> Successors { get; init; } = [];

    /// <summary>Calls at once while these elements are down.</summary>
    public int Calls(ElementSet failed)
    {
        if (failed.ContainsAny(Shared.AsSpan()))
        {
            return 0;
        }

        var calls = 0;
        foreach (var unit in Units)
        {
            calls += failed.ContainsAny(unit.Elements.AsSpan()) ? 0 : unit.Calls;
        }

        return calls;
    }

    /// <summary>Of Connect instances: contacts that may be started in a second, while all is well.</summary>
    public double StartsPerSecond { get; init; }

    /// <summary>Whether it is whole.</summary>
    public bool IsWhole(ElementSet failed)
    {
        if (failed.ContainsAny(Shared.AsSpan()))
        {
            return false;
        }

        foreach (var unit in Units)
        {
            if (failed.ContainsAny(unit.Elements.AsSpan()))
            {
                return false;
            }
        }

        return true;
    }
}
