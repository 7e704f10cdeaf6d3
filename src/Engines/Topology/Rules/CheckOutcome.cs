using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>What <see cref="ConfigurationCheck"/> found.</summary>
/// <param name="Findings">Errors first, each severity in the order of the file.</param>
/// <param name="Accepted">Findings that somebody knows of and lives with.</param>
public sealed record CheckOutcome(ImmutableArray<Finding> Findings, ImmutableArray<AcceptedFinding> Accepted)
{
    public bool HasErrors => Findings.Any(finding => finding.Severity == FindingSeverity.Error);
}

/// <summary>A finding and why it is lived with.</summary>
public sealed record AcceptedFinding(Finding Finding, AcceptanceModel Acceptance);
