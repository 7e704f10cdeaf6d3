using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>What came of reading a configuration.</summary>
/// <param name="Model">Null if there are errors.</param>
/// <param name="Findings">In the order of the file where possible; warnings do not prevent a model.</param>
public sealed record ConfigurationOutcome(FarspanModel? Model, ImmutableArray<Finding> Findings);
