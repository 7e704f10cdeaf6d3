namespace Farspan.Topology;

/// <summary>
/// Something wrong with a configuration: what, where, why it matters, and what to do about it.
/// </summary>
/// <param name="Rule">Which rule was broken.</param>
/// <param name="Place">Where.</param>
/// <param name="Path">The key, such as <c>sip.trunks[0].sources</c>; empty for the file as a whole.</param>
/// <param name="What">What was found there.</param>
/// <param name="Fix">What to write instead.</param>
public sealed record Finding(FindingRule Rule, ConfigurationPlace Place, string Path, string What, string Fix)
{
    public string Id => Rule.Id;

    /// <summary>The rule's, or less where the case at hand is a milder one.</summary>
    public FindingSeverity Severity { get; init; } = Rule.Severity;

    public string Why => Rule.Why;

    /// <summary>The id of the element of the network, such as <c>tgw/us-east-1</c>; empty if there is none.</summary>
    public string Element { get; init; } = "";

    /// <summary>One line, as compilers print it.</summary>
    public override string ToString()
    {
        var subject = Path.Length == 0 ? "" : $"{Path}: ";
        return $"{Place}: {Severity.ToString().ToLowerInvariant()} {Id}: {subject}{What}. {Fix}";
    }
}
