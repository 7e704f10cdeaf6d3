namespace Farspan.Simulation.Tests;

/// <summary>Tests that measure time: one after the other, and without any others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class WholeMachine
{
    public const string Name = "the whole machine";
}
