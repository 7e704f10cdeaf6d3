[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Farspan.Interop.Tests;

/// <summary>The tests that share a lab.</summary>
[CollectionDefinition(Name)]
public sealed class LabGroup : ICollectionFixture<LabFixture>
{
    public const string Name = "lab";
}
