using Farspan.Topology;

namespace Farspan.Cli;

/// <summary>The result of <c>farspan check --json</c>.</summary>
/// <param name="File">As the operator named it.</param>
/// <param name="Valid">Whether the exit code is 0.</param>
/// <param name="Errors">How many.</param>
/// <param name="Warnings">How many, without those that are accepted.</param>
/// <param name="Notes">How many, without those that are accepted.</param>
/// <param name="Findings">Errors first.</param>
/// <param name="Accepted">Warnings and notes that the file accepts.</param>
internal sealed record CheckedConfiguration(
    string File,
    bool Valid,
    int Errors,
    int Warnings,
    int Notes,
    IReadOnlyList<CheckedFinding> Findings,
    IReadOnlyList<CheckedFinding> Accepted)
{
    public static CheckedConfiguration Of(string file, CheckOutcome outcome, bool isValid)
    {
        int Count(FindingSeverity severity) => outcome.Findings.Count(finding => finding.Severity == severity);
        return new CheckedConfiguration(
            file,
            isValid,
            Count(FindingSeverity.Error),
            Count(FindingSeverity.Warning),
            Count(FindingSeverity.Note),
            [.. outcome.Findings.Select(finding => CheckedFinding.Of(finding))],
            [.. outcome.Accepted.Select(each => CheckedFinding.Of(each.Finding, each.Acceptance))]);
    }
}

/// <summary>One finding.</summary>
/// <param name="Id">Of the rule.</param>
/// <param name="Severity"><c>error</c>, <c>warning</c> or <c>note</c>.</param>
/// <param name="File">Where.</param>
/// <param name="Line">The first is 1; 0: the file as a whole.</param>
/// <param name="Column">The first is 1.</param>
/// <param name="Key">Such as <c>regions[0].router.asn</c>.</param>
/// <param name="Element">Such as <c>tgw/us-east-1</c>; empty if it is about none.</param>
/// <param name="Title">The rule in a few words.</param>
/// <param name="What">What was found.</param>
/// <param name="Why">Why it matters.</param>
/// <param name="Fix">What to write instead.</param>
/// <param name="Source">Where it is written that it is so.</param>
/// <param name="Reason">Why it is accepted; null if it is not.</param>
/// <param name="Until">The last day of that; null if it is not accepted.</param>
internal sealed record CheckedFinding(
    string Id,
    string Severity,
    string File,
    int Line,
    int Column,
    string Key,
    string Element,
    string Title,
    string What,
    string Why,
    string Fix,
    string Source,
    string? Reason,
    DateOnly? Until)
{
    public static CheckedFinding Of(Finding finding, AcceptanceModel? acceptance = null) => new(
        finding.Id,
        finding.Severity.ToString().ToLowerInvariant(),
        finding.Place.File,
        finding.Place.Line,
        finding.Place.Column,
        finding.Path,
        finding.Element,
        finding.Rule.Title,
        finding.What,
        finding.Why,
        finding.Fix,
        finding.Rule.Source,
        acceptance?.Reason,
        acceptance?.Until);
}

/// <summary>The result of <c>farspan check --explain --json</c>.</summary>
internal sealed record ExplainedRule(
    string Id, string Severity, string Title, string Why, string Mend, string Source, string Evidence)
{
    public static ExplainedRule Of(FindingRule rule) => new(
        rule.Id,
        rule.Severity.ToString().ToLowerInvariant(),
        rule.Title,
        rule.Why,
        rule.Mend,
        rule.Source,
        rule.Evidence.ToString().ToLowerInvariant());
}
