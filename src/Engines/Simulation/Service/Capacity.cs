namespace Farspan.Simulation;

/// <summary>What is left to carry calls, and what limits it.</summary>
/// <param name="Calls">At once.</param>
/// <param name="Limit">The scarcest layer.</param>
public readonly record struct Capacity(int Calls, CapacityLayer Limit)
{
    public Capacity Or(int calls, CapacityLayer layer) => calls < Calls ? new Capacity(calls, layer) : this;
}

/// <summary>What a call passes, each with a capacity of its own.</summary>
public enum CapacityLayer
{
    Edges,
    Links,
    Connectors,
    ConnectInstances,
}
