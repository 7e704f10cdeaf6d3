namespace Farspan.Topology;

/// <summary>A rule that configurations are checked against; its id never changes its meaning.</summary>
/// <param name="Id">Such as <c>CFG-006</c>.</param>
/// <param name="Severity">What breaking it means.</param>
/// <param name="Title">The rule in a few words.</param>
/// <param name="Why">What would go wrong without it.</param>
public sealed record FindingRule(string Id, FindingSeverity Severity, string Title, string Why)
{
    /// <summary>How to mend it in general; a finding says it for the case at hand.</summary>
    public string Mend { get; init; } = "";

    /// <summary>Where it is written that it is so; empty for rules about the file itself.</summary>
    public string Source { get; init; } = "";

    /// <summary>What one must look at to decide it.</summary>
    public RuleEvidence Evidence { get; init; }

    /// <summary>The letters before the number: rules of one family are about one matter.</summary>
    public string Family => Id[..Id.IndexOf('-')];
}
