namespace Farspan.Topology;

/// <summary>
/// One rule of the network: what it demands, why, and the function that finds where a network breaks it.
/// </summary>
/// <param name="id">Such as <c>BGP-003</c>.</param>
/// <param name="severity">What breaking it means.</param>
/// <param name="check">The faults of a network, in the order of its elements; null: the file cannot tell.</param>
internal sealed class NetworkRule(
    string id, FindingSeverity severity, Func<Network, DateOnly, IEnumerable<Fault>>? check)
{
    private FindingRule? _description;

    /// <summary>A rule that the file alone decides, whatever the day.</summary>
    public NetworkRule(string id, FindingSeverity severity, Func<Network, IEnumerable<Fault>> check)
        : this(id, severity, (network, _) => check(network))
    {
    }

    /// <summary>A rule that the file cannot decide.</summary>
    public NetworkRule(string id, FindingSeverity severity)
        : this(id, severity, (Func<Network, DateOnly, IEnumerable<Fault>>?)null)
    {
    }

    /// <summary>The rule as a sentence that holds when all is well.</summary>
    public required string Title { get; init; }

    public required string Why { get; init; }

    public required string Mend { get; init; }

    /// <summary>A vendor's page, a standard, or what was measured.</summary>
    public required string Source { get; init; }

    public RuleEvidence Evidence { get; init; } = RuleEvidence.File;

    /// <summary>The rule as findings and the catalogue show it.</summary>
    public FindingRule Description => _description ??= new FindingRule(id, severity, Title, Why)
    {
        Mend = Mend,
        Source = Source,
        Evidence = Evidence,
    };

    /// <summary>What of this network breaks the rule.</summary>
    public IEnumerable<Finding> FindIn(Network network, DateOnly today) =>
        (check?.Invoke(network, today) ?? []).Select(fault => new Finding(
            Description, fault.Place, fault.Path, fault.What, fault.Fix)
        {
            Element = fault.Element,
            Severity = fault.Severity ?? severity,
        });
}
