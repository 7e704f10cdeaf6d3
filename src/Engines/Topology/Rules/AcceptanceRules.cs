using System.Collections.Immutable;

namespace Farspan.Topology;

/// <summary>
/// ACC: findings that somebody knows of and lives with until a day. They silence warnings and notes, never
/// errors, and they are findings themselves once they silence nothing.
/// </summary>
public static class AcceptanceRules
{
    public static readonly FindingRule Expired = new(
        "ACC-001", FindingSeverity.Warning, "Acceptances have not expired",
        "Somebody wanted to look at it again by that day; until then it counts as not accepted.")
    {
        Mend = "Mend what was accepted, or write a new date with a reason that still holds.",
    };

    public static readonly FindingRule Unused = new(
        "ACC-002", FindingSeverity.Warning, "Every acceptance silences a finding",
        "What it was for is gone or elsewhere: left in the file, it would silence something new one day.")
    {
        Mend = "Remove it.",
    };

    public static readonly FindingRule NotAcceptable = new(
        "ACC-003", FindingSeverity.Error, "Errors are not accepted",
        "What is an error cannot work or would be refused: knowing of it does not help.")
    {
        Mend = "Correct the error, and remove the acceptance.",
    };

    public static readonly FindingRule UnknownRule = new(
        "ACC-004", FindingSeverity.Error, "An acceptance names a rule that exists",
        "A misspelt id silences nothing, and nobody notices.")
    {
        Mend = "Write the id as `farspan check` prints it.",
    };

    public static ImmutableArray<FindingRule> All { get; } = [Expired, Unused, NotAcceptable, UnknownRule];

    /// <summary>The findings without those that are accepted, and what is wrong with the acceptances.</summary>
    /// <param name="findings">Of the file and of its network.</param>
    /// <param name="acceptances">As the file has them.</param>
    /// <param name="today">Acceptances hold up to and with their last day.</param>
    public static CheckOutcome Apply(
        ImmutableArray<Finding> findings, ImmutableArray<AcceptanceModel> acceptances, DateOnly today)
    {
        var open = new List<Finding>();
        var accepted = new List<AcceptedFinding>();
        foreach (var finding in findings)
        {
            var acceptance = finding.Severity == FindingSeverity.Error
                ? null
                : acceptances.FirstOrDefault(each => each.Until >= today && Matches(each, finding));
            if (acceptance is null)
            {
                open.Add(finding);
            }
            else
            {
                accepted.Add(new AcceptedFinding(finding, acceptance));
            }
        }

        open.AddRange(acceptances.Select(each => Judge(each, findings, today)).OfType<Finding>());
        return new CheckOutcome([.. open], [.. accepted]);
    }

    private static bool Matches(AcceptanceModel acceptance, Finding finding) =>
        acceptance.Rule == finding.Id
        && (acceptance.Where is not { } where
            || finding.Element == where
            || finding.Path == where
            || (finding.Path.StartsWith(where, StringComparison.Ordinal)
                && finding.Path[where.Length] is '.' or '['));

    private static Finding? Judge(AcceptanceModel acceptance, ImmutableArray<Finding> findings, DateOnly today)
    {
        var where = acceptance.Where is { } element ? $" at {element}" : "";
        var subject = $"{acceptance.Rule}{where}";
        var met = findings.Where(finding => Matches(acceptance, finding)).ToList();
        if (RuleCatalogue.Find(acceptance.Rule) is null)
        {
            var near = RuleCatalogue.Nearest(acceptance.Rule);
            return Report(acceptance, UnknownRule, $"there is no rule {Reading.Quote(acceptance.Rule)}",
                near is null ? UnknownRule.Mend : $"Did you mean '{near}'?");
        }

        if (met.Count == 0)
        {
            return Report(acceptance, Unused, $"{subject} is accepted, and there is no such finding", Unused.Mend);
        }

        if (met.TrueForAll(finding => finding.Severity == FindingSeverity.Error))
        {
            return Report(acceptance, NotAcceptable, $"{subject} is an error", NotAcceptable.Mend);
        }

        return acceptance.Until >= today
            ? null
            : Report(
                acceptance, Expired,
                $"the acceptance of {subject} ended on {acceptance.Until:yyyy-MM-dd}", Expired.Mend);
    }

    private static Finding Report(AcceptanceModel acceptance, FindingRule rule, string what, string fix) =>
        new(rule, acceptance.Place, "accept", what, fix);
}
