namespace Farspan.Native.Tests;

/// <summary>Tests that measure the whole process, or drive another program: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
